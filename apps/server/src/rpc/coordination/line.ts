/**
 * Those who want what only one may have, in a line: a key each under one name, `<name>/<lease in hex>`, and the key
 * that was created first is served. It is etcd's recipe, so its clients and these services stand in one line.
 *
 * Three things are done better than in etcd. A waiter hears at once that its own key is gone, where etcd lets it wait
 * for the others first, and elects it even then. Each look at the line is one transaction that sees the waiter's own
 * key too. And who goes away takes its key along, unless another call of the same session counts on it.
 */
import {
  Compare_CompareTarget as CompareTarget,
  Event_EventType as EventType,
  PutRequest,
  RangeRequest,
  RangeRequest_SortOrder as SortOrder,
  RangeRequest_SortTarget as SortTarget,
  Compare,
  DeleteRangeRequest,
  EMPTY_BYTES,
  fromByteString,
  prefixEnd,
  toByteString,
  etcdErrors,
  type EtcdErrorRow,
  type KeyValue,
  type RequestOp,
  type ResponseHeader,
  type ResponseOp,
  type TxnResponse,
} from '@concord/protocol';
import { CallFailure, type OwnClient } from './own-client.ts';

/** What etcd gives a session that brings no lease; nobody keeps it alive. */
const SESSION_TTL_SECONDS = 60;

/** One session in the line. */
export interface Place {
  readonly key: Uint8Array;
  readonly prefix: Uint8Array;
  readonly lease: bigint;
  /** Revision at which the key was created: the number that was drawn. */
  readonly revision: number;
  /** Of the transaction that put the key there, or found it. */
  readonly header: ResponseHeader | undefined;
  /** The pair that was there already, put by another call of the same session. */
  readonly found: KeyValue | undefined;
}

/** Who stands for one key on this member. */
interface Standing {
  callers: number;
  /** Nobody has been told of the key yet, and one of these callers has made it. */
  isOurs: boolean;
}

export interface Entry {
  readonly name: Uint8Array;
  /** 0 asks for a lease of one minute. */
  readonly lease: bigint;
  readonly value: Uint8Array;
  /** What a waiter is told whose key is gone. */
  readonly expired: EtcdErrorRow;
  /** Aborted when the caller has gone. */
  readonly gone: AbortSignal;
  /** Done with the place before the waiting begins. */
  readonly prepare?: (place: Place) => Promise<void>;
}

export class Line {
  readonly #standing = new Map<string, Standing>();

  /** Resolves when the session is first. Its key is gone again if this rejects, with `CallFailure`. */
  async first(
    client: OwnClient,
    entry: Entry,
  ): Promise<{ place: Place; header: ResponseHeader | undefined }> {
    const isGranted = entry.lease === 0n;
    const lease = isGranted ? await client.grantLease(SESSION_TTL_SECONDS) : entry.lease;
    const prefix = prefixOf(entry.name);
    const key = keyOf(prefix, lease);
    const standing = this.#stand(key);
    let place: Place | undefined;
    try {
      place = await enter(client, { prefix, key, lease, value: entry.value });
      standing.isOurs ||= place.found === undefined;
      await entry.prepare?.(place);
      const header = await untilFirst(client, place, entry);
      if (entry.gone.aborted) throw goneFailure();
      standing.isOurs = false;
      return { place, header };
    } catch (failure) {
      // What cannot be taken back now ends with the lease.
      if (isGranted) {
        await client.revokeLease(lease).catch(() => undefined);
      } else if (place !== undefined && standing.callers === 1 && standing.isOurs) {
        await deleteCreatedAt(client, place.key, place.revision).catch(() => undefined);
      }
      throw failure;
    } finally {
      this.#step(key, standing);
    }
  }

  #stand(key: Uint8Array): Standing {
    const name = toByteString(key);
    const standing = this.#standing.get(name) ?? { callers: 0, isOurs: false };
    standing.callers += 1;
    this.#standing.set(name, standing);
    return standing;
  }

  #step(key: Uint8Array, standing: Standing): void {
    standing.callers -= 1;
    if (standing.callers === 0) this.#standing.delete(toByteString(key));
  }
}

/** Under which the keys of a name are. */
export const prefixOf = (name: Uint8Array): Uint8Array => fromByteString(`${toByteString(name)}/`);

const keyOf = (prefix: Uint8Array, lease: bigint): Uint8Array =>
  fromByteString(toByteString(prefix) + lease.toString(16));

/** Asks for the key under `prefix` that was created first. */
export const oldestOf = (prefix: Uint8Array): Partial<RangeRequest> => ({
  key: prefix,
  rangeEnd: fromByteString(prefixEnd(toByteString(prefix)) ?? '\0'),
  limit: 1,
  sortTarget: SortTarget.CREATE,
  sortOrder: SortOrder.ASCEND,
});

/** Holds while the key is the one that was created at `revision`; 0 while there is none. */
export const isCreatedAt = (key: Uint8Array, revision: number): Compare =>
  Compare.create({
    target: CompareTarget.CREATE,
    key,
    targetUnion: { case: 'createRevision', value: revision },
  });

export const putOp = (fields: Partial<PutRequest>): RequestOp => ({
  request: { case: 'requestPut', value: PutRequest.create(fields) },
});

export const rangeOp = (fields: Partial<RangeRequest>): RequestOp => ({
  request: { case: 'requestRange', value: RangeRequest.create(fields) },
});

/** Deletes the key if it is the one that was created at `revision`. */
export function deleteCreatedAt(
  client: OwnClient,
  key: Uint8Array,
  revision: number,
): Promise<TxnResponse> {
  const value = DeleteRangeRequest.create({ key });
  return client.txn({
    compare: [isCreatedAt(key, revision)],
    success: [{ request: { case: 'requestDeleteRange', value } }],
  });
}

export const pairsOf = (op: ResponseOp | undefined): readonly KeyValue[] =>
  op?.response?.case === 'responseRange' ? op.response.value.kvs : [];

async function enter(
  client: OwnClient,
  { prefix, key, lease, value }: Pick<Place, 'prefix' | 'key' | 'lease'> & { value: Uint8Array },
): Promise<Place> {
  const { header, succeeded, responses } = await client.txn({
    compare: [isCreatedAt(key, 0)],
    success: [putOp({ key, value, lease })],
    failure: [rangeOp({ key })],
  });
  const [found] = succeeded ? [] : pairsOf(responses[0]);
  const revision = found?.createRevision ?? header?.revision ?? 0;
  return { key, prefix, lease, revision, header, found };
}

/** What the caller would hear, were it still there. */
const goneFailure = (): CallFailure => CallFailure.of(etcdErrors.ErrContextCanceled);

/** Waits for the one before, not for all: who leaves wakes one, not the whole line. */
async function untilFirst(
  client: OwnClient,
  place: Place,
  { expired, gone }: Entry,
): Promise<ResponseHeader | undefined> {
  for (;;) {
    if (gone.aborted) throw goneFailure();
    const { header, succeeded, responses } = await client.txn({
      compare: [isCreatedAt(place.key, place.revision)],
      success: [rangeOp(lastBefore(place))],
    });
    if (!succeeded) throw CallFailure.of(expired);
    const [before] = pairsOf(responses[0]);
    if (before === undefined) return header;
    await untilDeleted(client, [place.key, before.key], (header?.revision ?? 0) + 1, gone);
  }
}

/** Of the keys that were created earlier the last. */
const lastBefore = ({ prefix, revision }: Place): Partial<RangeRequest> => ({
  ...oldestOf(prefix),
  sortOrder: SortOrder.DESCEND,
  maxCreateRevision: revision - 1,
  keysOnly: true,
});

/** Until one of the keys is deleted, or somebody has to look again. */
async function untilDeleted(
  client: OwnClient,
  keys: readonly Uint8Array[],
  startRevision: number,
  gone: AbortSignal,
): Promise<void> {
  const watch = client.watch(keys.map((key) => ({ key, startRevision, rangeEnd: EMPTY_BYTES })));
  const close = (): void => watch.close();
  gone.addEventListener('abort', close);
  try {
    for (;;) {
      const news = await watch.next();
      if (news.kind === 'closed') throw goneFailure();
      if (news.kind === 'compacted') return;
      if (news.kind === 'ended') {
        throw new CallFailure(news.message || etcdErrors.ErrLostWatcher.message);
      }
      if (news.response.events.some(({ type }) => type === EventType.DELETE)) return;
    }
  } finally {
    gone.removeEventListener('abort', close);
    watch.close();
  }
}
