/**
 * Finds the member whose state differs from the others'. Every member tells the leader how its state hashed at an
 * index it has applied; the leader remembers how its own did, and compares.
 *
 * A difference says that one of two is wrong, not which. A majority that agrees decides: whoever differs from it is
 * wrong, the leader included. Until a majority has spoken nobody is blamed.
 */
import type { StateHashMessage } from './member-message.ts';

/** Indexes whose hash is remembered: a second's worth of writes at full speed, half a megabyte. */
const REMEMBERED = 65_536;

const TWO_TO_THE_32 = 2n ** 32n;

/** What the hashes of the members say. */
export type Verdict =
  { readonly kind: 'differs'; readonly member: bigint } | { readonly kind: 'none' };

export class StateAgreement {
  readonly #self: bigint;
  /** By index modulo their number: high half, low half. */
  readonly #hashes = new Uint32Array(REMEMBERED * 2);
  /** 0 before anything was applied since the start. */
  #firstIndex = 0;
  #lastIndex = 0;
  readonly #agreeing = new Set<bigint>();
  readonly #differing = new Set<bigint>();

  constructor(self: bigint) {
    this.#self = self;
  }

  /** The state of this member after an entry. */
  applied(index: number, high: number, low: number): void {
    // After a snapshot nothing is known of what it jumped over.
    if (this.#firstIndex === 0 || index !== this.#lastIndex + 1) this.#firstIndex = index;
    this.#lastIndex = index;
    const at = (index % REMEMBERED) * 2;
    this.#hashes[at] = high;
    this.#hashes[at + 1] = low;
  }

  /** What to tell the leader; undefined before anything was applied since the start. */
  report(leader: bigint): StateHashMessage | undefined {
    const hash = this.#hashAt(this.#lastIndex);
    if (hash === undefined) return undefined;
    const [from, to, index] = [this.#self, leader, this.#lastIndex];
    return { kind: 'state-hash', from, to, index, hash };
  }

  /** A new leadership knows nothing of the others. */
  reset(): void {
    this.#agreeing.clear();
    this.#differing.clear();
  }

  /** Takes in what a member reports to this one, which leads. */
  compare({ from, index, hash }: StateHashMessage, voters: readonly bigint[]): Verdict {
    const own = this.#hashAt(index);
    if (own === undefined) return { kind: 'none' };
    (own === hash ? this.#differing : this.#agreeing).delete(from);
    (own === hash ? this.#agreeing : this.#differing).add(from);
    return this.#judge(from, voters);
  }

  #judge(from: bigint, voters: readonly bigint[]): Verdict {
    const majority = Math.floor(voters.length / 2) + 1;
    const isMajority = (members: ReadonlySet<bigint>, more: number): boolean =>
      voters.filter((id) => members.has(id)).length + more >= majority;
    if (isMajority(this.#differing, 0)) return { kind: 'differs', member: this.#self };
    const selfCounts = voters.includes(this.#self) ? 1 : 0;
    const isJudged = this.#differing.has(from) && isMajority(this.#agreeing, selfCounts);
    return isJudged ? { kind: 'differs', member: from } : { kind: 'none' };
  }

  #hashAt(index: number): bigint | undefined {
    const first = Math.max(this.#firstIndex, this.#lastIndex - REMEMBERED + 1);
    if (this.#firstIndex === 0 || index < first || index > this.#lastIndex) return undefined;
    const at = (index % REMEMBERED) * 2;
    return BigInt(this.#hashes[at]!) * TWO_TO_THE_32 + BigInt(this.#hashes[at + 1]!);
  }
}
