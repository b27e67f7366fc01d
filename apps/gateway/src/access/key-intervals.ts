/**
 * A set of keys as intervals that neither overlap nor touch: what all permissions of a user cover together. The rules are
 * those of etcd, whose users may read a range that several of their permissions cover only together.
 */
import { Buffer } from 'node:buffer';
import { keyBytes, type Key, type KeyRange } from '@concord/client';

/** From a key on, up to another that is not included; `undefined`: no end. */
export interface KeyInterval {
  readonly from: Buffer;
  readonly to: Buffer | undefined;
}

const bytes = (key: Key): Buffer => Buffer.from(typeof key === 'string' ? keyBytes(key) : key);
const ZERO = Buffer.of(0);
const isZero = (key: Buffer): boolean => key.equals(ZERO);

/** A key alone is the interval up to the next key there can be, which is it and a zero byte. */
const point = (key: Buffer): KeyInterval => ({ from: key, to: Buffer.concat([key, ZERO]) });

/** A range as the client's calls take it. */
export function intervalOf(range: KeyRange): KeyInterval {
  if (typeof range === 'string' || range instanceof Uint8Array) return point(bytes(range));
  if ('prefix' in range) {
    const prefix = bytes(range.prefix);
    return { from: prefix.length === 0 ? ZERO : prefix, to: endOfPrefix(prefix) };
  }
  const from = bytes(range.from);
  return {
    from: from.length === 0 ? ZERO : from,
    to: range.to === undefined ? undefined : openEnd(bytes(range.to)),
  };
}

/** A permission as the cluster tells it: no end for a key alone, one zero byte for an open one. */
export function intervalOfPermission(from: Key, to: Key | undefined): KeyInterval {
  const start = bytes(from);
  return to === undefined ? point(start) : { from: start, to: openEnd(bytes(to)) };
}

const openEnd = (to: Buffer): Buffer | undefined => (isZero(to) ? undefined : to);

/** The first key behind all that begin with `prefix`. */
function endOfPrefix(prefix: Buffer): Buffer | undefined {
  for (let last = prefix.length - 1; last >= 0; last -= 1) {
    if (prefix[last] === 0xff) continue;
    const end = Buffer.from(prefix.subarray(0, last + 1));
    end[last]! += 1;
    return end;
  }
  return undefined;
}

const isEmpty = ({ from, to }: KeyInterval): boolean =>
  to !== undefined && Buffer.compare(from, to) >= 0;

export class KeyIntervals {
  /** Invariant: ascending, none empty, and each begins behind the end of the one before. */
  readonly #intervals: readonly KeyInterval[];

  constructor(intervals: readonly KeyInterval[]) {
    const merged: { from: Buffer; to: Buffer | undefined }[] = [];
    const ascending = intervals
      .filter((interval) => !isEmpty(interval))
      .sort((a, b) => Buffer.compare(a.from, b.from));
    for (const { from, to } of ascending) {
      const last = merged.at(-1);
      if (last === undefined || (last.to !== undefined && Buffer.compare(last.to, from) < 0)) {
        merged.push({ from, to });
      } else if (last.to !== undefined && (to === undefined || Buffer.compare(to, last.to) > 0)) {
        last.to = to;
      }
    }
    this.#intervals = merged;
  }

  /** Whether every key of `interval` is in the set. A range without keys is taken for its first key, as by etcd. */
  covers(interval: KeyInterval): boolean {
    const { from, to } = isEmpty(interval) ? point(interval.from) : interval;
    const around = this.#intervals.find(
      (one) =>
        Buffer.compare(one.from, from) <= 0 &&
        (one.to === undefined || Buffer.compare(from, one.to) < 0),
    );
    if (around === undefined) return false;
    if (around.to === undefined) return true;
    return to !== undefined && Buffer.compare(to, around.to) <= 0;
  }

  /** What of the set is within `interval`. */
  within({ from, to }: KeyInterval): readonly KeyInterval[] {
    return this.#intervals
      .map((one) => ({
        from: Buffer.compare(one.from, from) < 0 ? from : one.from,
        to: earlierEnd(one.to, to),
      }))
      .filter((piece) => !isEmpty(piece));
  }
}

function earlierEnd(one: Buffer | undefined, other: Buffer | undefined): Buffer | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return Buffer.compare(one, other) < 0 ? one : other;
}
