/**
 * Our decoder against etcd's: requests with bytes changed, added and cut go to a real server, and each has to
 * be read by both or refused by both with the same text. What the server answers has to come out of our
 * encoder byte for byte after a decode.
 */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { Client, credentials } from '@grpc/grpc-js';
import fc from 'fast-check';
import {
  Compare,
  DeleteRangeRequest,
  encode,
  KV,
  Lease,
  LeaseGrantRequest,
  Maintenance,
  ProtocolDecodeError,
  PutRequest,
  RangeRequest,
  TxnRequest,
  type MethodDescriptor,
} from './index.ts';

const CALLS = 2000;
const START_TIMEOUT_MS = 20_000;
const REFUSED = '13 grpc: error unmarshalling request: ';

const hasEtcd = spawnSync('etcd', ['--version']).status === 0;

const key = Uint8Array.of(0x61, 0x62);
const put = PutRequest.create({ key, value: new Uint8Array(10), prevKv: true });
const range = RangeRequest.create({ key, rangeEnd: Uint8Array.of(0x63), limit: 3, sortOrder: 1 });
const txn = TxnRequest.create({
  compare: [Compare.create({ target: 2, key, targetUnion: { case: 'modRevision', value: 300 } })],
  success: [{ request: { case: 'requestRange', value: range } }],
  failure: [
    { request: { case: 'requestPut', value: put } },
    { request: { case: 'requestTxn', value: TxnRequest.create() } },
  ],
});

interface Call {
  readonly method: MethodDescriptor;
  readonly body: Uint8Array;
}

/** Requests of messages that are the same in every etcd since 3.4. */
const CALLED: readonly Call[] = [
  { method: KV.methods.put, body: encode(PutRequest, put) },
  { method: KV.methods.range, body: encode(RangeRequest, range) },
  { method: KV.methods.deleteRange, body: encode(DeleteRangeRequest, { ...range, prevKv: true }) },
  { method: KV.methods.txn, body: encode(TxnRequest, txn) },
  { method: Lease.methods.leaseGrant, body: encode(LeaseGrantRequest, { TTL: 100, ID: 0n }) },
  { method: Lease.methods.leaseLeases, body: new Uint8Array() },
  { method: Maintenance.methods.status, body: new Uint8Array() },
];

/** Bytes that mean something: ends of varints, tags of groups, of field 0 and of wire types 6 and 7. */
const TELLING_BYTES = [0x00, 0x01, 0x04, 0x0b, 0x0c, 0x7b, 0x7c, 0x7e, 0x7f, 0x80, 0xff];

const change = fc.record({
  kind: fc.constantFrom('replace', 'insert', 'remove', 'cut'),
  at: fc.nat({ max: 200 }),
  byte: fc.oneof(fc.constantFrom(...TELLING_BYTES), fc.nat({ max: 255 })),
});

const changedCall = fc
  .record({ call: fc.constantFrom(...CALLED), changes: fc.array(change, { maxLength: 3 }) })
  .map(({ call, changes }): Call => {
    const bytes = [...call.body];
    for (const { kind, at, byte } of changes) {
      const place = at % (bytes.length + 1);
      if (kind === 'cut') bytes.length = place;
      else bytes.splice(place, kind === 'insert' ? 0 : 1, ...(kind === 'remove' ? [] : [byte]));
    }
    return { method: call.method, body: Uint8Array.from(bytes) };
  });

function ourVerdict({ method, body }: Call): string {
  try {
    method.request.decode(body);
    return 'read';
  } catch (error) {
    if (!(error instanceof ProtocolDecodeError)) throw error;
    return REFUSED + error.message;
  }
}

function send(client: Client, { method, body }: Call): Promise<Uint8Array | string> {
  const asIs = (bytes: Uint8Array): Buffer => Buffer.from(bytes);
  return new Promise((resolve) => {
    client.makeUnaryRequest(method.path, asIs, asIs, body, (error, answer) => {
      resolve(error === null ? new Uint8Array(answer ?? []) : `${error.code} ${error.details}`);
    });
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Runs `use` with a client of an etcd of its own. */
async function withEtcd(use: (client: Client) => Promise<void>): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'concord-etcd-'));
  const clients = `127.0.0.1:${await freePort()}`;
  const peers = `127.0.0.1:${await freePort()}`;
  const etcd = spawn(
    'etcd',
    [
      `--data-dir=${directory}`,
      `--listen-client-urls=http://${clients}`,
      `--advertise-client-urls=http://${clients}`,
      `--listen-peer-urls=http://${peers}`,
      `--initial-advertise-peer-urls=http://${peers}`,
      `--initial-cluster=default=http://${peers}`,
    ],
    { stdio: 'ignore' },
  );
  const exited = once(etcd, 'exit');
  const client = new Client(clients, credentials.createInsecure());
  try {
    await new Promise<void>((resolve, reject) => {
      const deadline = Date.now() + START_TIMEOUT_MS;
      client.waitForReady(deadline, (error) => {
        if (error) reject(error);
        else resolve();
      });
    });
    await use(client);
  } finally {
    client.close();
    etcd.kill();
    await exited;
    rmSync(directory, { recursive: true });
  }
}

test(
  'etcd and we read and refuse the same bytes with the same texts',
  { skip: hasEtcd ? false : 'etcd is not on the PATH' },
  async () => {
    await withEtcd(async (client) => {
      await fc.assert(
        fc.asyncProperty(changedCall, async (call) => {
          const answer = await send(client, call);
          const refused = typeof answer === 'string' && answer.startsWith(REFUSED);
          assert.equal(ourVerdict(call), refused ? answer : 'read');
          if (typeof answer === 'string') return;
          const { response } = call.method;
          assert.deepEqual(encode(response, response.decode(answer)), answer);
        }),
        { numRuns: CALLS },
      );
    });
  },
);
