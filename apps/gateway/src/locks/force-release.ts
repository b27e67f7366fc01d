/** What takes more than the right to write a line. */
import type { Actor } from '../access/actor.ts';
import { Problem } from '../http/problem.ts';

/** Ending a lease takes away keys that may be anything. @throws Problem `forbidden` */
export function assertMayRevoke({ isAdministrator, name }: Actor): void {
  if (isAdministrator) return;
  throw new Problem('forbidden', {
    detail: `ending a whole session takes the role "root", which ${name} does not have; leave out revoke`,
  });
}
