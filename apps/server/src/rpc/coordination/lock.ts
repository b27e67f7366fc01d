/** `v3lockpb.Lock`: mutual exclusion between sessions, by a line of keys under a name. */
import {
  EMPTY_BYTES,
  Lock,
  LockRequest,
  LockResponse,
  UnlockRequest,
  UnlockResponse,
  etcdErrors,
  type ResponseHeader,
} from '@concord/protocol';
import type { LocalCalls } from '../local-call.ts';
import type { MethodRegistry, UnaryHandler } from '../method.ts';
import { answerWith } from './answered-call.ts';
import { deleteCreatedAt, type Line } from './line.ts';
import { OwnClient } from './own-client.ts';

export class LockService {
  readonly #calls: LocalCalls;
  readonly #line: Line;

  constructor(calls: LocalCalls, line: Line) {
    this.#calls = calls;
    this.#line = line;
  }

  register(registry: MethodRegistry): void {
    registry.unary(Lock, Lock.methods.lock, this.#lock);
    registry.unary(Lock, Lock.methods.unlock, this.#unlock);
  }

  readonly #lock: UnaryHandler = (bytes, reply, call) => {
    const { name, lease } = LockRequest.decode(bytes.slice());
    const client = new OwnClient(this.#calls, call);
    answerWith(reply, call, async (gone) => {
      const expired = etcdErrors.ErrSessionExpired;
      const entry = { name, lease, value: EMPTY_BYTES, expired, gone };
      const { place, header } = await this.#line.first(client, entry);
      return (writer) => LockResponse.encode({ header, key: place.key }, writer);
    });
  };

  /**
   * Deletes the key that was there when the call came, and not one that the same session has made since: an unlock
   * that is late must not free the next lock.
   */
  readonly #unlock: UnaryHandler = (bytes, reply, call) => {
    const { key } = UnlockRequest.decode(bytes.slice());
    const client = new OwnClient(this.#calls, call);
    answerWith(reply, call, async (gone) => {
      const header = await unlock(client, key, gone);
      return (writer) => UnlockResponse.encode({ header }, writer);
    });
  };
}

async function unlock(
  client: OwnClient,
  key: Uint8Array,
  gone: AbortSignal,
): Promise<ResponseHeader | undefined> {
  const { header, kvs } = await client.range({ key, keysOnly: true });
  const [held] = kvs;
  if (held === undefined || gone.aborted) return header;
  return (await deleteCreatedAt(client, key, held.createRevision)).header;
}
