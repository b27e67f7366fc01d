/** What a user's roles allow, decided as the cluster itself would decide. */
import type { GrantedPermission, KeyRange } from '@concord/client';
import type { Verb } from './actor.ts';
import { intervalOf, intervalOfPermission, KeyIntervals } from './key-intervals.ts';

/** The role that may do everything, in etcd and here. */
export const ROOT = 'root';

export interface Role {
  readonly name: string;
  readonly permissions: readonly GrantedPermission[];
}

export class Rights {
  readonly isAdministrator: boolean;
  readonly roles: readonly string[];
  readonly #readable: KeyIntervals;
  readonly #writable: KeyIntervals;

  constructor(roles: readonly Role[]) {
    this.roles = roles.map(({ name }) => name);
    this.isAdministrator = this.roles.includes(ROOT);
    const permissions = roles.flatMap((role) => role.permissions);
    const covered = (without: 'read' | 'write'): KeyIntervals =>
      new KeyIntervals(
        permissions
          .filter(({ access }) => access !== without)
          .map(({ from, to }) => intervalOfPermission(from, to)),
      );
    this.#readable = covered('write');
    this.#writable = covered('read');
  }

  may(verb: Verb, range: KeyRange): boolean {
    return this.isAdministrator || this.#keys(verb).covers(intervalOf(range));
  }

  mayWithin(verb: Verb, range: KeyRange): boolean {
    return this.isAdministrator || this.#keys(verb).within(intervalOf(range)).length > 0;
  }

  #keys(verb: Verb): KeyIntervals {
    return verb === 'read' ? this.#readable : this.#writable;
  }
}
