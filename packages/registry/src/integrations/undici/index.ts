/** `@concord/registry/undici`: discovered services as hosts of `fetch` and undici. */
import { Agent, type Dispatcher } from 'undici';
import { durationMs, type Duration, checkNames } from '@concord/client';
import { checkInteger, invalidOption } from '../../options.ts';
import { RetryBudget } from '../../resilience/retry-budget.ts';
import type { Discovery, ViewChoice } from '../discovery.ts';
import { SharedViews } from '../shared-views.ts';
import { HASH_KEY_HEADER } from '../hash-key.ts';
import { ServiceDispatcher } from './dispatcher.ts';
import { checkHashKey, type RequestHashKey } from './request-hash.ts';

export { ServiceDispatcher } from './dispatcher.ts';
export type { RequestHashKey, RequestToHash } from './request-hash.ts';
export type { DiscoveredService, Discovery, ViewChoice } from '../discovery.ts';

export interface DispatcherOptions {
  /** Hosts that end like this are services; `.concord` by default. Others are requested as usual. */
  readonly suffix?: string;
  /** How often another instance is tried, within a budget of a fifth of the requests; 2 by default, up to 10. */
  readonly retries?: number;
  /** How long a connection may take; `'3s'` by default. Not with an `agent` of your own. */
  readonly connectTimeout?: Duration;
  /** Sends to addresses, with your TLS and pools; an undici `Agent` by default. It is yours to close. */
  readonly agent?: Dispatcher;
  /**
   * What a request is hashed by where the policy is `maglev` or `ring-hash`: the name of a header, `concord-hash-key` by
   * default (it is sent on), or a function. A request without a key goes to any instance.
   *
   * @example
   * createDispatcher(registry, {
   *   discover: { policy: 'maglev' },
   *   hashKey: ({ path }) => /^\/customers\/([^/?]+)/.exec(path)?.[1],
   * });
   */
  readonly hashKey?: RequestHashKey;
  /** How services are looked at, as for `registry.discover`: policy, zone, outlier and so on; alike for all, or by name. */
  readonly discover?: ViewChoice;
}

const OPTION_NAMES = ['suffix', 'retries', 'connectTimeout', 'agent', 'hashKey', 'discover'];

/** A dot, and labels as hosts have them. */
const SUFFIX = /^(\.[a-z0-9_-]+)+$/;

/**
 * A dispatcher for `fetch` and undici to whom `http://payments.concord/…` is any instance of service `payments`.
 *
 * ```ts
 * await using dispatcher = createDispatcher(registry);
 * await fetch('http://payments.concord/charge', { method: 'POST', body, dispatcher });
 * ```
 *
 * Each request picks. One that gets no connection goes to another instance, even a POST, for nothing was sent; one
 * whose connection breaks before the answer does so if its method is idempotent (GET, PUT and so on) and its body no
 * stream. Answers are the caller's, whatever their status; 500 and above are reported as errors of the instance. URLs have
 * small letters only, so a service whose name has capitals can't be requested.
 *
 * Requests fail with ConcordError (the `cause` of what `fetch` throws): `NO_INSTANCES`, `INVALID_ARGUMENT` for a host
 * that names no service or has a port, `CLOSED`, and whatever `registry.discover` throws.
 *
 * @throws ConcordError `INVALID_ARGUMENT` naming the option, what was given and what is allowed
 */
export function createDispatcher(
  registry: Discovery,
  options: DispatcherOptions = {},
): ServiceDispatcher {
  const operation = 'registry.createDispatcher';
  checkNames(options, OPTION_NAMES, operation);
  const { suffix = '.concord', retries = 2, connectTimeout = '3s', agent } = options;
  const hashKey = checkHashKey(operation, options.hashKey ?? HASH_KEY_HEADER);
  if (typeof suffix !== 'string' || !SUFFIX.test(suffix)) {
    throw invalidOption(
      operation,
      'suffix',
      suffix,
      'give a dot and small letters, such as ".concord"',
    );
  }
  const timeout = durationMs(connectTimeout, `${operation}: option "connectTimeout"`, 1);
  return new ServiceDispatcher({
    suffix,
    retries: checkInteger(operation, 'retries', retries, 0, 10),
    budget: new RetryBudget(),
    views: new SharedViews(registry, operation, options.discover),
    agent: agent ?? new Agent({ connect: { timeout } }),
    ownsAgent: agent === undefined,
    hashKey,
  });
}
