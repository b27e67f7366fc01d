/**
 * Who asks for a command. While authentication is on, a payload begins with it; without, it costs nothing.
 *
 *     byte 0         0xfe for a user, 0xfd for the member itself: no kinds of command
 *     bytes 1 and 2  of a user: the length of what follows, big-endian
 *     the rest       of a user: the message `Asker`
 *
 * A payload without either is asked for by nobody who is known, and then authentication refuses it.
 */
import { Asker as AskerMessage, encode } from '@concord/protocol';
import { assert } from '@concord/raft';

const USER = 0xfe;
const MEMBER = 0xfd;
const USER_HEAD_BYTES = 3;
const LENGTH_MAX = 0xffff;

/** A user, as recognised in the state of an auth revision. */
export class Asker {
  readonly user: string;
  readonly authRevision: number;
  #prefix: Uint8Array | undefined;

  constructor(user: string, authRevision: number) {
    this.user = user;
    this.authRevision = authRevision;
  }

  /** What stands before a command that this user asks for. Made once. */
  get prefix(): Uint8Array {
    this.#prefix ??= prefixOf(this);
    return this.#prefix;
  }
}

/** The member asks itself: a compaction by the clock, an alarm. Nothing is refused. */
export const BY_MEMBER = 'member';

/** Undefined is nobody who is known. */
export type AskedBy = Asker | typeof BY_MEMBER | undefined;

/** Names are longer than that in no cluster: who has one cannot be recognised, and is told so. */
export const isNameTooLong = (user: string): boolean => user.length * 3 + 16 > LENGTH_MAX;

function prefixOf({ user, authRevision }: Asker): Uint8Array {
  const message = encode(AskerMessage, { user, authRevision });
  assert(message.length <= LENGTH_MAX, 'a user whose name is too long is not recognised');
  const prefix = new Uint8Array(USER_HEAD_BYTES + message.length);
  prefix[0] = USER;
  prefix[1] = message.length >> 8;
  prefix[2] = message.length & 0xff;
  prefix.set(message, USER_HEAD_BYTES);
  return prefix;
}

const memberPrefix = Uint8Array.of(MEMBER);

/** Puts who asks before a command; nobody leaves it as it is. */
export function withAsker(askedBy: AskedBy, payload: Uint8Array): Uint8Array {
  if (askedBy === undefined) return payload;
  const prefix = askedBy === BY_MEMBER ? memberPrefix : askedBy.prefix;
  const asked = new Uint8Array(prefix.length + payload.length);
  asked.set(prefix);
  asked.set(payload, prefix.length);
  return asked;
}

/** Bytes of `payload` from `start` on that say who asks; 0 where nothing does. */
export function askerBytes(payload: Uint8Array, start: number): number {
  if (payload[start] === MEMBER) return 1;
  if (payload[start] !== USER) return 0;
  return USER_HEAD_BYTES + ((payload[start + 1] ?? 0) << 8) + (payload[start + 2] ?? 0);
}

/** Who asked last: entries of one user come in a row, and comparing bytes is cheaper than reading them. */
let last: Asker | undefined;

/** Who asks, as it stands in `payload` from `start` on. */
export function readAsker(payload: Uint8Array, start: number): AskedBy {
  if (payload[start] === MEMBER) return BY_MEMBER;
  if (payload[start] !== USER) return undefined;
  if (last !== undefined && startsWith(payload, start, last.prefix)) return last;
  const end = start + askerBytes(payload, start);
  const { user, authRevision } = AskerMessage.decode(payload, start + USER_HEAD_BYTES, end);
  last = new Asker(user, authRevision);
  return last;
}

function startsWith(payload: Uint8Array, start: number, prefix: Uint8Array): boolean {
  for (let at = 0; at < prefix.length; at++) {
    if (payload[start + at] !== prefix[at]) return false;
  }
  return true;
}
