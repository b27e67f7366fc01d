/**
 * The message that announced a snapshot, as it is kept beside what was fetched of it: a process that is started again goes
 * on by itself, for the sender waits for the end of the transfer, and does not repeat the message.
 *
 *     0  u64 sender, big-endian   8  a batch of the one message, as on a channel
 */
import { Writer } from '@concord/protocol';
import type { SnapshotRequest } from '@concord/raft';
import { decodeBatch } from './message-decoder.ts';
import { encodeBatch } from './message-encoder.ts';

const SENDER_BYTES = 8;

export function encodeOrigin(message: SnapshotRequest): Uint8Array {
  const writer = new Writer().reset();
  encodeBatch([message], writer);
  const batch = writer.finish();
  const bytes = new Uint8Array(SENDER_BYTES + batch.length);
  new DataView(bytes.buffer).setBigUint64(0, message.from);
  bytes.set(batch, SENDER_BYTES);
  return bytes;
}

/** `undefined` for what another release has written otherwise. */
export function decodeOrigin(bytes: Uint8Array, to: bigint): SnapshotRequest | undefined {
  if (bytes.length <= SENDER_BYTES) return undefined;
  const from = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0);
  try {
    const [message] = decodeBatch(bytes.subarray(SENDER_BYTES), from, to);
    return message?.kind === 'snapshot' ? message : undefined;
  } catch {
    return undefined;
  }
}
