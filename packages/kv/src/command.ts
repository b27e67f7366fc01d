/**
 * What a log entry asks the state machine to do. The payload is one byte for the kind, then the request as it
 * came from the client: a write is encoded once, by the client, and copied once, into the entry. What a member
 * forwarded to its leader has the origin before it (`proposal-origin.ts`).
 *
 * The bytes of kinds are on disk in every log: they are never given another meaning.
 */
import {
  AlarmRequest,
  CompactionRequest,
  DeleteRangeRequest,
  DowngradeInfo,
  LeaseCheckpointRequest,
  LeaseExpiry,
  LeaseGrantRequest,
  LeaseRevokeRequest,
  Member,
  MembershipRequest,
  PutRequest,
  TxnRequest,
  encode,
  type MessageType,
} from '@concord/protocol';
import { assert } from '@concord/raft';
import { ORIGIN_BYTES, isForwarded } from './proposal-origin.ts';

const messages = {
  put: PutRequest,
  'delete-range': DeleteRangeRequest,
  txn: TxnRequest,
  compact: CompactionRequest,
  'lease-grant': LeaseGrantRequest,
  'lease-revoke': LeaseRevokeRequest,
  'lease-expiry': LeaseExpiry,
  'lease-checkpoint': LeaseCheckpointRequest,
  alarm: AlarmRequest,
  'publish-member': Member,
  'change-member': MembershipRequest,
  downgrade: DowngradeInfo,
} as const;

export type CommandKind = keyof typeof messages;
type RequestOf<Kind extends CommandKind> =
  (typeof messages)[Kind] extends MessageType<infer Request> ? Request : never;

export type Command = {
  [Kind in CommandKind]: { readonly kind: Kind; readonly request: RequestOf<Kind> };
}[CommandKind];

/** Kind by first byte. Append only. */
const kinds: readonly CommandKind[] = [
  'put',
  'delete-range',
  'txn',
  'compact',
  'lease-grant',
  'lease-revoke',
  'lease-expiry',
  'lease-checkpoint',
  'alarm',
  'publish-member',
  'change-member',
  'downgrade',
];

const kindByte = Object.fromEntries(kinds.map((kind, byte) => [kind, byte])) as Readonly<
  Record<CommandKind, number>
>;

/** Payloads below this size share slabs: an `ArrayBuffer` each costs more than the bytes of a small write. */
const SLAB_BYTES = 65_536;
const SLAB_SHARE_MAX = SLAB_BYTES / 8;
let slab = new Uint8Array(SLAB_BYTES);
let slabUsed = 0;

function allocate(size: number): Uint8Array {
  if (size > SLAB_SHARE_MAX) return new Uint8Array(size);
  if (slabUsed + size > SLAB_BYTES) {
    slab = new Uint8Array(SLAB_BYTES);
    slabUsed = 0;
  }
  slabUsed += size;
  return slab.subarray(slabUsed - size, slabUsed);
}

/** Copies a request as it came off the wire into a payload; the request's buffer may be reused afterwards. */
export function payloadOf(kind: CommandKind, requestBytes: Uint8Array): Uint8Array {
  const payload = allocate(1 + requestBytes.length);
  payload[0] = kindByte[kind];
  payload.set(requestBytes, 1);
  return payload;
}

/** The payload of a command that this member makes itself. */
export function encodeCommand(command: Command): Uint8Array {
  // The table above pairs each kind with its own message; the union cannot carry that through an index.
  const message = messages[command.kind] as MessageType<Command['request']>;
  return payloadOf(command.kind, encode(message, command.request));
}

/** Reads a payload. Its byte fields are views into it. Throws `ProtocolDecodeError` on a malformed request. */
export function decodeCommand(payload: Uint8Array): Command {
  const start = isForwarded(payload) ? ORIGIN_BYTES : 0;
  const kind = kinds[payload[start] ?? kinds.length];
  assert(kind !== undefined, 'a command of the log is of a kind that this version knows');
  return { kind, request: messages[kind].decode(payload, start + 1) } as Command;
}

/** The same for a known kind: what a request's handler does with the payload that it just made. */
export function decodeRequest<Kind extends CommandKind>(
  kind: Kind,
  payload: Uint8Array,
): RequestOf<Kind> {
  return messages[kind].decode(payload, 1) as RequestOf<Kind>;
}
