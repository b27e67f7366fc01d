/**
 * What a log entry asks the state machine to do. The payload is one byte for the kind, then the request as it
 * came from the client: a write is encoded once, by the client, and copied once, into the entry. What a member
 * forwarded to its leader has the origin before it (`proposal-origin.ts`), and what a known user asks for, or a member by
 * itself, has that before the kind (`auth/asker.ts`).
 *
 * The bytes of kinds are on disk in every log: they are never given another meaning.
 */
import {
  AlarmRequest,
  AuthDisableRequest,
  AuthEnableRequest,
  AuthRoleAddRequest,
  AuthRoleDeleteRequest,
  AuthRoleGrantPermissionRequest,
  AuthRoleRevokePermissionRequest,
  AuthUserDeleteRequest,
  AuthUserGrantRoleRequest,
  AuthUserRevokeRoleRequest,
  CompactionRequest,
  DeleteRangeRequest,
  DowngradeInfo,
  LeaseCheckpointRequest,
  LeaseExpiry,
  LeaseGrantRequest,
  LeaseRevokeRequest,
  Member,
  MembershipRequest,
  PasswordChange,
  PutRequest,
  TokenIssue,
  TxnRequest,
  UserCreation,
  encode,
  type MessageType,
} from '@concord/protocol';
import { assert } from '@concord/raft';
import { askerBytes, readAsker, type AskedBy } from './auth/asker.ts';
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
  'auth-enable': AuthEnableRequest,
  'auth-disable': AuthDisableRequest,
  'user-add': UserCreation,
  'user-delete': AuthUserDeleteRequest,
  'user-change-password': PasswordChange,
  'user-grant-role': AuthUserGrantRoleRequest,
  'user-revoke-role': AuthUserRevokeRoleRequest,
  'role-add': AuthRoleAddRequest,
  'role-delete': AuthRoleDeleteRequest,
  'role-grant-permission': AuthRoleGrantPermissionRequest,
  'role-revoke-permission': AuthRoleRevokePermissionRequest,
  'token-issue': TokenIssue,
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
  'auth-enable',
  'auth-disable',
  'user-add',
  'user-delete',
  'user-change-password',
  'user-grant-role',
  'user-revoke-role',
  'role-add',
  'role-delete',
  'role-grant-permission',
  'role-revoke-permission',
  'token-issue',
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
  const origin = originBytes(payload);
  const start = origin + askerBytes(payload, origin);
  const kind = kinds[payload[start] ?? kinds.length];
  assert(kind !== undefined, 'a command of the log is of a kind that this version knows');
  return { kind, request: messages[kind].decode(payload, start + 1) } as Command;
}

const originBytes = (payload: Uint8Array): number => (isForwarded(payload) ? ORIGIN_BYTES : 0);

/** Who asks for the command of a payload. */
export const askedByOf = (payload: Uint8Array): AskedBy => readAsker(payload, originBytes(payload));

/** The same for a known kind: what a request's handler does with the payload that it just made. */
export function decodeRequest<Kind extends CommandKind>(
  kind: Kind,
  payload: Uint8Array,
): RequestOf<Kind> {
  return messages[kind].decode(payload, 1) as RequestOf<Kind>;
}
