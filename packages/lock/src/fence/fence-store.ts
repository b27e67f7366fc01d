/**
 * Makes a fencing token useful: before something outside of the cluster is written, the writer's token is compared with the
 * highest that was seen for that thing. Whoever comes with a lower one held the lock before somebody else did.
 */
import { ConcordError, invalid, show } from '@concord/client';

/** Where the highest token of each resource is kept: best in the very store that is written, in the same transaction. */
export interface FenceStore {
  /**
   * Whether `token` is at least the highest seen for `resource`; remembers it then. One atomic step.
   */
  compareAndRaise(resource: string, token: number): Promise<boolean>;
}

/**
 * Makes sure that nobody with a newer hold was here.
 *
 * @throws ConcordError `FENCED` when somebody was: the lock was lost since, and nothing may be written
 */
export async function assertFresh(
  store: FenceStore,
  resource: string,
  token: number,
): Promise<void> {
  checkToken(token);
  if (await store.compareAndRaise(resource, token)) return;
  throw new ConcordError('FENCED', {
    operation: 'assertFresh',
    subject: resource,
    problem: `token ${token} for ${JSON.stringify(resource)} is older than one that was seen`,
    remedy: 'the lock was lost and another holds it: drop the work',
  });
}

/** @throws ConcordError `INVALID_ARGUMENT` */
export function checkToken(token: unknown): void {
  if (Number.isSafeInteger(token) && (token as number) > 0) return;
  throw invalid('assertFresh', `the token is ${show(token)}`, 'give the token of a held lock');
}
