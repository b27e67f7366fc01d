/**
 * Round robin over the streams that have something queued: each turn takes the stream that waited
 * longest, sends at most one frame of it and puts it back behind the others. So a 100 MB answer delays
 * a small one by one frame of each other stream, not by itself.
 *
 * Invariant: a stream is linked at most once; `inRing` says whether.
 */

/** The links live in the member, so that the ring allocates nothing. */
export interface RingMember {
  nextInRing: this | undefined;
  inRing: boolean;
}

/** See the file comment. */
export class ReadyRing<T extends RingMember> {
  #first: T | undefined;
  #last: T | undefined;

  get isEmpty(): boolean {
    return this.#first === undefined;
  }

  /** Puts a member at the end unless it is in the ring. */
  add(member: T): void {
    if (member.inRing) return;
    member.inRing = true;
    if (this.#last === undefined) this.#first = member;
    else this.#last.nextInRing = member;
    this.#last = member;
  }

  /** Takes the member that waited longest. */
  take(): T | undefined {
    const member = this.#first;
    if (member === undefined) return undefined;
    this.#first = member.nextInRing;
    if (this.#first === undefined) this.#last = undefined;
    member.nextInRing = undefined;
    member.inRing = false;
    return member;
  }
}
