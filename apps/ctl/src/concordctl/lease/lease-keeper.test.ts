/** A renewal ends in time whatever a member does with it, and goes to another one where that helps. */
import { deepEqual, equal } from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type ServerHttp2Stream } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { LeaseKeepAliveResponse, encode } from '@concord/protocol';
import { parseEndpoint } from '../connection/endpoint.ts';
import { EtcdClient } from '../connection/etcd-client.ts';
import { concordctl } from '../in-process.fixture.ts';
import { LeaseKeeper } from './lease-keeper.ts';

/** Takes every stream, and answers the first `answersMax` of them; the others hear nothing. */
class Member implements AsyncDisposable {
  streams = 0;
  readonly #server = createServer();
  readonly #answersMax: number;

  private constructor(answersMax: number) {
    this.#answersMax = answersMax;
    this.#server.on('stream', (stream) => this.#take(stream));
  }

  static async start(answersMax: number): Promise<Member> {
    const member = new Member(answersMax);
    await once(member.#server.listen(0, '127.0.0.1'), 'listening');
    return member;
  }

  get endpoint(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  #take(stream: ServerHttp2Stream): void {
    stream.on('error', () => undefined);
    stream.respond({ ':status': 200, 'content-type': 'application/grpc' });
    if (this.streams++ >= this.#answersMax) return;
    const message = encode(
      LeaseKeepAliveResponse,
      LeaseKeepAliveResponse.create({ ID: 7n, TTL: 1 }),
    );
    const head = Buffer.alloc(5);
    head.writeUInt32BE(message.length, 1);
    stream.once('data', () => stream.write(Buffer.concat([head, message])));
  }

  [Symbol.asyncDispose](): Promise<void> {
    // Its clients are gone by then.
    this.#server.close();
    return Promise.resolve();
  }
}

async function clientOf(...endpoints: readonly string[]): Promise<EtcdClient> {
  return EtcdClient.open({
    endpoints: endpoints.map((text) => parseEndpoint(text, false)),
    connection: {
      tls: { rejectUnauthorized: true },
      dialTimeoutMs: 1_000,
      keepAliveMs: 0,
      keepAliveTimeoutMs: 0,
      requestBytesMax: 1_000,
      responseBytesMax: 1_000,
    },
    credentials: undefined,
    commandTimeoutMs: 5_000,
    tell: () => undefined,
  });
}

test('a member that takes the stream and stays silent is waited for as long as --command-timeout says', async () => {
  await using member = await Member.start(0);
  const words = ['lease', 'keep-alive', '7', '--once', '--command-timeout', '200ms'];
  const { status, stdout, stderr } = await concordctl([...words, '--endpoints', member.endpoint]);
  equal(member.streams, 1);
  deepEqual([status, stdout, stderr], [2, '', 'Error: context deadline exceeded\n']);
});

test('one renewal goes to the member that can be reached', async () => {
  await using member = await Member.start(1);
  const words = ['lease', 'keep-alive', '7', '--once'];
  const endpoints = ['--endpoints', `127.0.0.1:1,${member.endpoint}`];
  const { status, stdout } = await concordctl([...words, ...endpoints]);
  deepEqual([status, stdout], [0, 'lease 0000000000000007 keepalived with TTL(1)\n']);
});

test('of many renewals one that is not answered is made elsewhere', async () => {
  await using falling = await Member.start(1);
  await using other = await Member.start(1);
  const client = await clientOf(falling.endpoint, other.endpoint);
  const renewals = new LeaseKeeper(client, 7n).renewals();
  await renewals.next();
  equal((await renewals.next()).done, false);
  deepEqual([falling.streams, other.streams], [2, 1]);
  await renewals.return?.();
  client.close();
});
