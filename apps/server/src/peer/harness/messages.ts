/** Messages for tests. */
import type { MemberMessage } from '@concord/kv';
import { createConfiguration } from '@concord/raft';

export const heartbeat = (from: bigint, to: bigint, round: number): MemberMessage => ({
  kind: 'heartbeat',
  from,
  to,
  term: 3,
  commit: 5,
  round,
});

/** One entry of `size` bytes at `index`. */
export const append = (from: bigint, to: bigint, index: number, size: number): MemberMessage => ({
  kind: 'append',
  from,
  to,
  term: 3,
  previous: { term: 3, index: index - 1 },
  entries: [{ term: 3, index, kind: 'normal', data: new Uint8Array(size).fill(index) }],
  commit: index - 1,
});

export const snapshot = (from: bigint, to: bigint, name: string, term = 3): MemberMessage => ({
  kind: 'snapshot',
  from,
  to,
  term,
  snapshot: {
    term,
    index: 100,
    configuration: createConfiguration([from, to]),
    data: Uint8Array.from(Buffer.from(name)),
  },
});
