/**
 * What handlers say of their own work to the audit: a request's scope, so that nouns deep below a controller can say it
 * without being handed anything.
 *
 *     tellAudit({ subject: `config default/db/url`, before, after });
 */
import { AsyncLocalStorage } from 'node:async_hooks';

/** What only the work itself knows. Who, from where, which operation and how it ended is known without it. */
export interface AuditFacts {
  /** What it was about, such as `service orders`, `config default/db/url`, `user alice`. */
  readonly subject?: string;
  /** How it was before: any JSON. Fields that are secret by name are masked, long ones are cut. */
  readonly before?: unknown;
  /** How it is now. */
  readonly after?: unknown;
  /** A read that showed a secret: recorded although it is a read. */
  readonly isSensitive?: boolean;
  /** Who asked, where the request itself does not say: a login names its user. */
  readonly actor?: string;
}

const scopes = new AsyncLocalStorage<{ facts: AuditFacts }>();

/** Adds to what the record of the present request will say; later words win. Outside of a request it does nothing. */
export function tellAudit(facts: AuditFacts): void {
  const scope = scopes.getStore();
  if (scope !== undefined) scope.facts = { ...scope.facts, ...facts };
}

/** Runs `work` as a request of its own; `facts` is what was told meanwhile. */
export function inAuditScope<T>(work: (told: () => AuditFacts) => T): T {
  const scope: { facts: AuditFacts } = { facts: {} };
  return scopes.run(scope, () => work(() => scope.facts));
}
