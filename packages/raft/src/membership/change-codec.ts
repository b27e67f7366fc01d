/**
 * The bytes of a membership entry. Raft has its own, small format, because it imports nothing and
 * because the leader itself proposes to leave a joint configuration.
 *
 * ```
 * byte 0      format, 1
 * byte 1      transition: 0 auto, 1 joint-implicit, 2 joint-explicit
 * bytes 2-3   number of member changes, big-endian
 * 9 bytes each: kind (0 add-voter, 1 add-learner, 2 remove), member id, big-endian
 * the rest    context
 * ```
 *
 * No bytes at all mean: leave the joint configuration.
 */
import { assert } from '../assert.ts';
import { LEAVE_JOINT } from './change.ts';
import type { MemberChange, MembershipChange, MembershipTransition } from './change.ts';

const FORMAT = 1;
const HEADER_BYTES = 4;
const MEMBER_BYTES = 9;

/** How many members one change may touch: what the two-byte count can say. */
export const MEMBER_CHANGES_MAX = 0xffff;

const TRANSITIONS: readonly MembershipTransition[] = ['auto', 'joint-implicit', 'joint-explicit'];
const KINDS: readonly MemberChange['kind'][] = ['add-voter', 'add-learner', 'remove'];

export function encodeMembershipChange(change: MembershipChange): Uint8Array {
  const { members, transition, context } = change;
  assert(members.length <= MEMBER_CHANGES_MAX, 'a change touches at most 65,535 members');
  if (members.length === 0 && context.length === 0) return new Uint8Array(0);
  const contextOffset = HEADER_BYTES + members.length * MEMBER_BYTES;
  const bytes = new Uint8Array(contextOffset + context.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, FORMAT);
  view.setUint8(1, TRANSITIONS.indexOf(transition));
  view.setUint16(2, members.length);
  members.forEach(({ kind, member }, i) => {
    view.setUint8(HEADER_BYTES + i * MEMBER_BYTES, KINDS.indexOf(kind));
    view.setBigUint64(HEADER_BYTES + i * MEMBER_BYTES + 1, member);
  });
  bytes.set(context, contextOffset);
  return bytes;
}

/** The change that the bytes say, with a view of the context; `undefined` if they are malformed. */
export function decodeMembershipChange(bytes: Uint8Array): MembershipChange | undefined {
  if (bytes.length === 0) return LEAVE_JOINT;
  if (bytes.length < HEADER_BYTES) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const transition = TRANSITIONS[view.getUint8(1)];
  const count = view.getUint16(2);
  const contextOffset = HEADER_BYTES + count * MEMBER_BYTES;
  if (view.getUint8(0) !== FORMAT || transition === undefined) return undefined;
  if (bytes.length < contextOffset) return undefined;
  const members: MemberChange[] = [];
  for (let offset = HEADER_BYTES; offset < contextOffset; offset += MEMBER_BYTES) {
    const kind = KINDS[view.getUint8(offset)];
    if (kind === undefined) return undefined;
    members.push({ kind, member: view.getBigUint64(offset + 1) });
  }
  return { members, transition, context: bytes.subarray(contextOffset) };
}
