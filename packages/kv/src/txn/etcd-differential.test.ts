/**
 * The same random program on real etcd and on the store, answers compared field by field and HashKV at the end of
 * each leg. Runs where `etcd` is on the PATH.
 *
 * What etcd 3.4 does differently from the reference, 3.6, is left out: unknown sort enums, and HashKV exactly at the
 * compacted revision, which 3.4 refuses.
 */
import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { deepEqual } from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { Client, credentials, status } from '@grpc/grpc-js';
import type { ServiceError } from '@grpc/grpc-js';
import {
  CompactionRequest,
  CompactionResponse,
  DeleteRangeRequest,
  DeleteRangeResponse,
  encode,
  EtcdError,
  HashKVRequest,
  HashKVResponse,
  KeyValue,
  LeaseGrantRequest,
  LeaseGrantResponse,
  PutRequest,
  PutResponse,
  RangeRequest,
  RangeRequest_SortTarget as SortTarget,
  RangeResponse,
  ResponseOp,
  TxnRequest,
  TxnResponse,
} from '@concord/protocol';
import type { MessageType } from '@concord/protocol';
import { MemoryStore } from '../memory-store.ts';
import { MvccStore } from '../mvcc/mvcc-store.ts';
import type { OpResult } from '../mvcc/result.ts';
import { applyTxn } from './apply-txn.ts';
import { checkDeleteRange, checkPut, checkRange, checkTxn } from './check.ts';
import { LEASES, RandomRequests } from './random-requests.fixture.ts';

const LEGS = 8;
const CALLS_PER_LEG = 250;
const OPS_MAX = 128;
const START_TIMEOUT_MS = 20_000;

const hasEtcd = spawnSync('etcd', ['--version']).status === 0;

test(
  'a random program gets the same answers, errors and hashes from etcd and from the store',
  { skip: hasEtcd ? false : 'etcd is not on the PATH' },
  async () => {
    const seed = Number(process.env['SEED'] ?? 20261120);
    const etcd = await startEtcd();
    try {
      await runProgram(etcd.client, seed);
    } finally {
      await etcd.stop();
    }
  },
);

async function runProgram(client: Client, seed: number): Promise<void> {
  const random = new RandomRequests(seed);
  random.sparesEtcd = true;
  const memory = new MemoryStore({ holdsCommits: true, reusesBuffer: true });
  const store = MvccStore.open(memory, { leaseExists: (id) => LEASES.includes(id) });
  for (const id of LEASES) {
    const grant = LeaseGrantRequest.create({ ID: id, TTL: 100_000 });
    await call(
      client,
      '/etcdserverpb.Lease/LeaseGrant',
      LeaseGrantRequest,
      grant,
      LeaseGrantResponse,
    );
  }
  for (let leg = 0; leg < LEGS; leg++) {
    for (let step = 0; step < CALLS_PER_LEG; step++) {
      const where = `seed ${seed}, leg ${leg}, step ${step}`;
      await compareOne(client, store, random, where);
      if (random.chance(0.02)) store.flush();
      if (random.chance(0.02)) memory.flushCommits();
    }
    await compareCompaction(client, store, random, `seed ${seed}, leg ${leg}`);
    for (const revision of [
      0,
      store.compactedRevision - 1,
      store.compactedRevision + 1,
      store.revision - 3,
    ]) {
      await compareHash(client, store, revision, `seed ${seed}, leg ${leg}, revision ${revision}`);
    }
  }
}

async function compareOne(
  client: Client,
  store: MvccStore,
  random: RandomRequests,
  where: string,
): Promise<void> {
  const kind = random.pick(['put', 'put', 'range', 'range', 'delete', 'txn', 'txn'] as const);
  if (kind === 'put') {
    const request = random.put();
    const theirs = await call(client, '/etcdserverpb.KV/Put', PutRequest, request, PutResponse);
    const ours = outcome(() => {
      refuse(checkPut(request));
      return store.put(request);
    });
    deepEqual(normalize(ours), normalizeResponse(theirs, 'responsePut'), describe(where, request));
  } else if (kind === 'range') {
    const request = random.range(store.revision);
    const theirs = await call(
      client,
      '/etcdserverpb.KV/Range',
      RangeRequest,
      request,
      RangeResponse,
    );
    const ours = outcome(() => {
      refuse(checkRange(request));
      return store.range(request);
    });
    deepEqual(
      blurTies(normalize(ours), request),
      blurTies(normalizeResponse(theirs, 'responseRange'), request),
      describe(where, request),
    );
  } else if (kind === 'delete') {
    const request = random.deleteRange();
    const path = '/etcdserverpb.KV/DeleteRange';
    const theirs = await call(client, path, DeleteRangeRequest, request, DeleteRangeResponse);
    const ours = outcome(() => {
      refuse(checkDeleteRange(request));
      return store.deleteRange(request);
    });
    deepEqual(
      normalize(ours),
      normalizeResponse(theirs, 'responseDeleteRange'),
      describe(where, request),
    );
  } else {
    const request = random.txn(store.revision);
    const theirs = await call(client, '/etcdserverpb.KV/Txn', TxnRequest, request, TxnResponse);
    const ours = outcome(() => {
      refuse(checkTxn(request, OPS_MAX));
      return applyTxn(store, request);
    });
    deepEqual(normalize(ours), normalizeResponse(theirs, 'responseTxn'), describe(where, request));
  }
}

async function compareCompaction(
  client: Client,
  store: MvccStore,
  random: RandomRequests,
  where: string,
): Promise<void> {
  const revision = random.integer(store.compactedRevision - 1, store.revision + 2);
  const request = CompactionRequest.create({ revision, physical: true });
  const path = '/etcdserverpb.KV/Compact';
  const theirs = await call(client, path, CompactionRequest, request, CompactionResponse);
  const ours = outcome(() => store.compact(revision));
  deepEqual(ours instanceof EtcdError, theirs instanceof Failure, `${where}, compact ${revision}`);
  if (ours instanceof EtcdError) deepEqual(errorOf(ours), errorOf(theirs as Failure), where);
  while (store.compactionWork(random.integer(1, 40)));
}

async function compareHash(
  client: Client,
  store: MvccStore,
  revision: number,
  where: string,
): Promise<void> {
  const request = HashKVRequest.create({ revision });
  const path = '/etcdserverpb.Maintenance/HashKV';
  const theirs = await call(client, path, HashKVRequest, request, HashKVResponse);
  const ours = outcome(() => {
    const hash = store.hashKv(revision);
    for (;;) {
      const result = hash.step(100);
      if (result !== undefined) return result;
    }
  });
  if (theirs instanceof Failure || ours instanceof EtcdError) {
    const [a, b] = [ours, theirs].map((one) =>
      one instanceof EtcdError || one instanceof Failure ? errorOf(one) : one,
    );
    deepEqual(a, b, where);
    return;
  }
  const { hash, compactRevision } = theirs;
  deepEqual(
    { hash: ours.hash, compactRevision: ours.compactedRevision },
    { hash, compactRevision },
    where,
  );
}

/** What a call to etcd failed with. */
class Failure {
  readonly code: number;
  readonly message: string;
  constructor(code: number, message: string) {
    this.code = code;
    this.message = message;
  }
}

const errorOf = ({ code, message }: EtcdError | Failure): Plain => ({ code, message });

function outcome<T>(run: () => T): T | EtcdError {
  try {
    return run();
  } catch (error) {
    if (error instanceof EtcdError) return error;
    throw error;
  }
}

function refuse(row: ConstructorParameters<typeof EtcdError>[0] | undefined): void {
  if (row !== undefined) throw new EtcdError(row);
}

type Plain = Record<string, unknown>;

/** The header of a nested transaction's response is empty. */
function normalize(result: OpResult | EtcdError, isTop = true): Plain {
  if (result instanceof EtcdError) return errorOf(result);
  const { kind, revision } = result;
  switch (result.kind) {
    case 'range':
      return {
        kind,
        revision,
        count: result.count,
        more: result.more,
        kvs: result.records.map(hex),
      };
    case 'put':
      return { kind, revision, previous: result.previous && hex(result.previous) };
    case 'delete-range':
      return { kind, revision, deleted: result.deleted, previous: result.previous.map(hex) };
    case 'txn': {
      const responses = result.responses.map((response) => normalize(response, false));
      return {
        kind,
        revision: isTop ? revision : undefined,
        succeeded: result.succeeded,
        responses,
      };
    }
  }
}

type ResponseCase = NonNullable<ResponseOp['response']>['case'];

function normalizeResponse(response: object, kind: ResponseCase): Plain {
  if (response instanceof Failure) return errorOf(response);
  return normalizeOp(
    ResponseOp.create({ response: { case: kind, value: response } as never }),
    true,
  );
}

function normalizeOp({ response }: ResponseOp, isTop: boolean): Plain {
  const revision = response?.value.header?.revision;
  switch (response?.case) {
    case 'responseRange': {
      const { count, more, kvs } = response.value;
      return { kind: 'range', revision, count, more, kvs: kvs.map(encodedHex) };
    }
    case 'responsePut': {
      const { prevKv } = response.value;
      return { kind: 'put', revision, previous: prevKv && encodedHex(prevKv) };
    }
    case 'responseDeleteRange': {
      const { deleted, prevKvs } = response.value;
      return { kind: 'delete-range', revision, deleted, previous: prevKvs.map(encodedHex) };
    }
    case 'responseTxn': {
      const { succeeded, responses } = response.value;
      const inner = responses.map((op) => normalizeOp(op, false));
      return { kind: 'txn', revision: isTop ? revision : undefined, succeeded, responses: inner };
    }
    case undefined:
      throw new Error('an operation was answered with nothing');
  }
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const encodedHex = (kv: KeyValue): string => hex(encode(KeyValue, kv));

/** Keys that are equal in the sort target come in any order from etcd, and which of them a limit cuts is open. */
function blurTies(result: Plain, request: RangeRequest): Plain {
  const { kvs } = result;
  if (!Array.isArray(kvs) || request.sortTarget === SortTarget.KEY) return result;
  const targets = kvs.map((record: string) => {
    const kv = KeyValue.decode(Buffer.from(record, 'hex'));
    if (request.sortTarget === SortTarget.VERSION) return kv.version;
    if (request.sortTarget === SortTarget.CREATE) return kv.createRevision;
    return request.sortTarget === SortTarget.MOD ? kv.modRevision : hex(kv.value);
  });
  return { ...result, kvs: targets };
}

const describe = (where: string, request: object): string =>
  `${where}: ${JSON.stringify(request, (_key, value: unknown) =>
    value instanceof Uint8Array
      ? Buffer.from(value).toString('latin1')
      : typeof value === 'bigint'
        ? `${value}`
        : value,
  )}`;

function call<Request, Response extends object>(
  client: Client,
  path: string,
  requestType: MessageType<Request>,
  request: Request,
  responseType: MessageType<Response>,
): Promise<Response | Failure> {
  return new Promise((resolve, reject) => {
    client.makeUnaryRequest(
      path,
      (value: Request) => Buffer.from(encode(requestType, value)),
      (bytes: Buffer) => responseType.decode(bytes),
      request,
      (error: ServiceError | null, response?: Response) => {
        if (response !== undefined) resolve(response);
        else if (error === null || error.code === status.UNAVAILABLE)
          reject(error ?? new Error(path));
        else resolve(new Failure(error.code, error.details));
      },
    );
  });
}

async function startEtcd(): Promise<{ client: Client; stop: () => Promise<void> }> {
  const directory = mkdtempSync(join(tmpdir(), 'concord-kv-'));
  const [clientPort, peerPort] = [await freePort(), await freePort()];
  const clientUrl = `http://127.0.0.1:${clientPort}`;
  const peerUrl = `http://127.0.0.1:${peerPort}`;
  const child: ChildProcess = spawn(
    'etcd',
    [
      ...['--data-dir', directory],
      ...['--listen-client-urls', clientUrl, '--advertise-client-urls', clientUrl],
      ...['--listen-peer-urls', peerUrl, '--initial-advertise-peer-urls', peerUrl],
      ...['--initial-cluster', `default=${peerUrl}`],
    ],
    { stdio: 'ignore' },
  );
  const client = new Client(`127.0.0.1:${clientPort}`, credentials.createInsecure());
  await new Promise<void>((resolve, reject) => {
    client.waitForReady(Date.now() + START_TIMEOUT_MS, (error) =>
      error === undefined ? resolve() : reject(error),
    );
  });
  const stop = async (): Promise<void> => {
    client.close();
    const exited = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await exited;
    rmSync(directory, { recursive: true, force: true });
  };
  return { client, stop };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
