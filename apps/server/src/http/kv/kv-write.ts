/** PUT and DELETE: each one transaction, so that a condition and what it guards are one step. */
import {
  Compare,
  Compare_CompareResult as Result,
  Compare_CompareTarget as Target,
  DeleteRangeRequest,
  KV,
  Lease,
  LeaseGrantRequest,
  LeaseRevokeRequest,
  PutRequest,
  RangeRequest,
  TxnRequest,
  type RequestOp,
  type TxnResponse,
} from '@concord/protocol';
import { comparesOf, entityTag, type Conditions } from './condition.ts';
import { keyJson } from './kv-json.ts';
import type { KvQuery } from './kv-query.ts';
import { prefixRangeOf } from './kv-read.ts';
import { jsonReply, type KvReply } from './kv-reply.ts';
import { Problem } from './problem.ts';
import type { RpcClient } from './rpc-client.ts';

export async function writeKey(
  rpc: RpcClient,
  query: KvQuery,
  conditions: Conditions,
  value: Uint8Array,
): Promise<KvReply> {
  const { key } = query;
  const ttlSeconds = query.count('ttl', 1);
  if (ttlSeconds !== undefined && query.has('lease')) {
    throw new Problem(400, '"ttl" makes a lease of its own: give either "ttl" or "lease"');
  }
  const lease = ttlSeconds === undefined ? query.lease() : await grant(rpc, ttlSeconds);
  try {
    const put = PutRequest.create({ key, value, lease: lease ?? 0n });
    const created = await guarded(rpc, key, conditions, putOp(key, put));
    const revision = created.header?.revision ?? 0;
    const isNew = isCreated(created);
    return jsonReply(
      isNew ? 201 : 200,
      {
        ...keyJson(key),
        revision,
        created: isNew,
        ...(lease !== undefined && { lease: String(lease) }),
      },
      ['ETag', entityTag(revision), 'Concord-Revision', String(revision)],
    );
  } catch (error) {
    // Nobody else knows of the lease: it would live on for nothing.
    if (ttlSeconds !== undefined && lease !== undefined) await revoke(rpc, lease);
    throw error;
  }
}

export async function deleteKey(
  rpc: RpcClient,
  query: KvQuery,
  conditions: Conditions,
): Promise<KvReply> {
  const { key } = query;
  const request = DeleteRangeRequest.create({ key });
  const { responses, header } = await guarded(rpc, key, conditions, {
    request: { case: 'requestDeleteRange', value: request },
  });
  const answer = responses[0]?.response;
  const deleted = answer?.case === 'responseDeleteRange' ? answer.value.deleted : 0;
  const revision = header?.revision ?? 0;
  if (deleted === 0) {
    throw new Problem(404, 'there is no such key', ['Concord-Revision', String(revision)]);
  }
  return deletedReply(revision, deleted);
}

/** Deletes all keys of a prefix; that there are none is no failure. */
export async function deletePrefix(rpc: RpcClient, query: KvQuery): Promise<KvReply> {
  const range = DeleteRangeRequest.create(prefixRangeOf(query.key));
  const { deleted, header } = await rpc.ask(KV.methods.deleteRange, range);
  return deletedReply(header?.revision ?? 0, deleted);
}

const deletedReply = (revision: number, deleted: number): KvReply =>
  jsonReply(200, { revision, deleted }, ['Concord-Revision', String(revision)]);

/** Writes, and tells whether the key is new: a put alone does not say. */
function putOp(key: Uint8Array, put: PutRequest): RequestOp {
  const op: RequestOp = { request: { case: 'requestPut', value: put } };
  return {
    request: {
      case: 'requestTxn',
      value: TxnRequest.create({ compare: [isAbsent(key)], success: [op], failure: [op] }),
    },
  };
}

const isAbsent = (key: Uint8Array): Compare =>
  Compare.create({
    key,
    target: Target.CREATE,
    result: Result.EQUAL,
    targetUnion: { case: 'createRevision', value: 0 },
  });

function isCreated({ responses }: TxnResponse): boolean {
  const answer = responses[0]?.response;
  return answer?.case === 'responseTxn' && answer.value.succeeded;
}

/** Does `op` if the conditions hold. Throws `Problem` 412, with the entity tag that there is, if not. */
async function guarded(
  rpc: RpcClient,
  key: Uint8Array,
  conditions: Conditions,
  op: RequestOp,
): Promise<TxnResponse> {
  const look = RangeRequest.create({ key, keysOnly: true });
  const response = await rpc.ask(
    KV.methods.txn,
    TxnRequest.create({
      compare: comparesOf(key, conditions),
      success: [op],
      failure: [{ request: { case: 'requestRange', value: look } }],
    }),
  );
  if (response.succeeded) return response;
  const found = response.responses[0]?.response;
  const kv = found?.case === 'responseRange' ? found.value.kvs[0] : undefined;
  if (kv === undefined) throw new Problem(412, 'there is no such key');
  throw new Problem(412, `the key was last written at revision ${kv.modRevision}`, [
    'ETag',
    entityTag(kv.modRevision),
  ]);
}

async function grant(rpc: RpcClient, ttlSeconds: number): Promise<bigint> {
  const request = LeaseGrantRequest.create({ TTL: ttlSeconds });
  const { ID } = await rpc.ask(Lease.methods.leaseGrant, request);
  return ID;
}

async function revoke(rpc: RpcClient, lease: bigint): Promise<void> {
  try {
    await rpc.ask(Lease.methods.leaseRevoke, LeaseRevokeRequest.create({ ID: lease }));
  } catch (error) {
    // It ends by itself, only later.
    if (!(error instanceof Problem)) throw error;
  }
}
