/** GET: one value as itself, or a list of pairs as JSON. */
import {
  fromByteString,
  KV,
  prefixEnd,
  RangeRequest,
  toByteString,
  type KeyValue,
} from '@concord/protocol';
import { entityTag, isMismatch, isNotModified, type Conditions } from './condition.ts';
import { contentTypeOf, keyJson, pairJson } from './kv-json.ts';
import type { KvQuery } from './kv-query.ts';
import { jsonReply, type KvReply } from './kv-reply.ts';
import { Problem } from './problem.ts';
import type { RpcClient } from './rpc-client.ts';

/** Key and range end of all keys, and the range end of "to the last". */
const ALL = Uint8Array.of(0);

/** Pairs of a list that nobody gave a limit for: a page that a terminal can take, and a bound for the member. */
const LIMIT_DEFAULT = 10_000;

/** The keys that begin with `prefix`, as a range; without one, all. */
export function prefixRangeOf(prefix: Uint8Array): { key: Uint8Array; rangeEnd: Uint8Array } {
  if (prefix.length === 0) return { key: ALL, rangeEnd: ALL };
  const end = prefixEnd(toByteString(prefix));
  return { key: prefix, rangeEnd: end === undefined ? ALL : fromByteString(end) };
}

export async function readKey(
  rpc: RpcClient,
  query: KvQuery,
  conditions: Conditions,
): Promise<KvReply> {
  query.only('prefix', 'keys', 'limit', 'after');
  if (query.key.length === 0) {
    throw new Problem(400, 'there is no key in the path; for all keys ask for /kv/?prefix');
  }
  const { kvs, header } = await rpc.ask(KV.methods.range, rangeRequest(query, { key: query.key }));
  const [kv] = kvs;
  const revision = header?.revision ?? 0;
  if (kv === undefined) {
    throw new Problem(404, 'there is no such key', ['Concord-Revision', String(revision)]);
  }
  const headers = historyHeaders(kv, revision);
  if (isMismatch(conditions, kv.modRevision)) {
    throw new Problem(412, `the key was last written at revision ${kv.modRevision}`, headers);
  }
  if (isNotModified(conditions, kv.modRevision)) return { status: 304, headers, body: '' };
  const type = ['Content-Type', contentTypeOf(kv.value)];
  return { status: 200, headers: [...type, ...headers], body: kv.value };
}

export async function listKeys(rpc: RpcClient, query: KvQuery): Promise<KvReply> {
  const { key, rangeEnd } = prefixRangeOf(query.key);
  const keysOnly = query.flag('keys');
  const { kvs, header, more, count } = await rpc.ask(
    KV.methods.range,
    rangeRequest(query, {
      key: following(query.after(), key),
      rangeEnd,
      keysOnly,
      limit: query.count('limit', 1) ?? LIMIT_DEFAULT,
    }),
  );
  const items = keysOnly ? kvs.map((kv) => keyOf(kv)) : kvs.map(pairJson);
  const list = keysOnly ? { keys: items } : { items };
  return jsonReply(200, { revision: header?.revision ?? 0, count, more, ...list });
}

/** The first key after `last`, if that is not before the range. */
function following(last: Uint8Array | undefined, first: Uint8Array): Uint8Array {
  if (last === undefined) return first;
  const next = new Uint8Array(last.length + 1);
  next.set(last);
  return toByteString(next) < toByteString(first) ? first : next;
}

function keyOf({ key }: KeyValue): unknown {
  const json = keyJson(key);
  return 'key' in json ? json.key : json;
}

const rangeRequest = (query: KvQuery, range: Partial<RangeRequest>): RangeRequest =>
  RangeRequest.create({
    ...range,
    revision: query.count('revision', 1) ?? 0,
    serializable: query.flag('serializable'),
  });

/** What there is to know of a key beside its value. */
export function historyHeaders(kv: KeyValue, revision: number): string[] {
  return [
    'ETag',
    entityTag(kv.modRevision),
    'Concord-Revision',
    String(revision),
    'Concord-Create-Revision',
    String(kv.createRevision),
    'Concord-Version',
    String(kv.version),
    ...(kv.lease === 0n ? [] : ['Concord-Lease', String(kv.lease)]),
  ];
}
