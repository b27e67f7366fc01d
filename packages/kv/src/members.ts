/**
 * The members of the cluster and what they have published of themselves: one source of truth, kept in the
 * replicated state. Who votes is Raft's configuration; this is what people and clients are told.
 */
import { Member, encode } from '@concord/protocol';
import type { Rows } from './rows.ts';

const keyOf = (id: bigint): string => id.toString(16).padStart(16, '0');

export class Members {
  readonly #rows: Rows;
  readonly #members = new Map<bigint, Member>();

  constructor(rows: Rows) {
    this.#rows = rows;
    rows.scan('members', { from: '' }, (_key, value) => {
      const member = Member.decode(value.slice());
      this.#members.set(member.ID, member);
    });
  }

  /** Ascending by id. */
  list(): readonly Member[] {
    return [...this.#members.values()].sort((a, b) => (a.ID < b.ID ? -1 : a.ID > b.ID ? 1 : 0));
  }

  get(id: bigint): Member | undefined {
    return this.#members.get(id);
  }

  put(member: Member): void {
    this.#members.set(member.ID, member);
    this.#rows.set('members', keyOf(member.ID), encode(Member, member));
  }
}
