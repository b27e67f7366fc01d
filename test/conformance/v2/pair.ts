/**
 * Concord and a real etcd that still has the v2 API, side by side: the same request goes to both, and the answers must
 * be the same to the byte, but for what no two servers share.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { concord, etcd } from '../harness/backend.ts';
import { Server } from '../harness/server.ts';
import { exchange, type V2Answer, type V2Request } from './exchange.ts';

/** Why the two cannot be compared here, or false. */
export const skipReason: string | false = reasonToSkip();

function reasonToSkip(): string | false {
  if (concord() === undefined) return 'Concord cannot be started here';
  const reference = etcd();
  if (reference === undefined) return 'there is no etcd on the PATH';
  const { stdout, stderr } = spawnSync(reference.executable, ['--help'], { encoding: 'utf8' });
  return /--enable-v2/.test(stdout + stderr) ? false : 'this etcd has no v2 API: it ended with 3.5';
}

/** Seconds that two servers may differ in what is left of a TTL, beside what both round. */
const TTL_SECONDS_APART = 2;

export class Pair implements AsyncDisposable {
  readonly concord: Server;
  readonly etcd: Server;

  private constructor(ours: Server, theirs: Server) {
    this.concord = ours;
    this.etcd = theirs;
  }

  static async start(): Promise<Pair> {
    const options = { flags: ['--enable-v2=true'] };
    const [ours, theirs] = await Promise.all([
      Server.start(concord()!, options),
      Server.start(etcd()!, options),
    ]);
    return new Pair(ours, theirs);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([this.concord.stop(), this.etcd.stop()]);
  }

  /** Both answers, blanked. */
  async ask(request: V2Request): Promise<readonly [ours: V2Answer, theirs: V2Answer]> {
    return Promise.all(
      [this.concord, this.etcd].map(async (server) => {
        try {
          return blank(await exchange(server.clientPort, addressed(request, server)), server);
        } catch (cause) {
          const what = `${server.backend.name}, ${JSON.stringify(request)}`;
          throw new Error(`${what}: ${String(cause)}`, { cause });
        }
      }),
    ) as Promise<[V2Answer, V2Answer]>;
  }

  /** Throws unless both answer the same; answers what Concord answered. */
  async same(request: V2Request): Promise<V2Answer> {
    const [ours, theirs] = await this.ask(request);
    assertSame(ours, theirs, JSON.stringify(request));
    return ours;
  }
}

/** `PEER` and `CLIENT` in a body stand for the server's own addresses. */
function addressed(request: V2Request, server: Server): V2Request {
  if (request.body === undefined) return request;
  const body = request.body
    .replaceAll('PEER', `127.0.0.1:${server.peerPort}`)
    .replaceAll('CLIENT', server.endpoint);
  return { ...request, body };
}

function blank({ status, headers, body }: V2Answer, server: Server): V2Answer {
  // Go sends longer bodies in chunks, and ids differ in length.
  const framing = ['content-length', 'transfer-encoding'];
  const others = Object.entries(headers).filter(([name]) => !framing.includes(name));
  const varying = ['x-raft-index', 'x-raft-term', 'x-etcd-cluster-id'];
  return {
    status,
    headers: Object.fromEntries(
      others.map(([name, value]) => [
        name,
        varying.includes(name) && /^[0-9a-f]+$/.test(value) ? 'VARIES' : value,
      ]),
    ),
    body: body
      .replaceAll(/"expiration":"[^"]*"/g, '"expiration":"T"')
      .replaceAll(`:${server.peerPort}`, ':PEER')
      .replaceAll(`:${server.clientPort}`, ':CLIENT')
      .replaceAll(/"(id|leader)":"[0-9a-f]+"/g, '"$1":"ID"')
      .replaceAll(/"(uptime|startTime)":"[^"]+"/g, '"$1":"T"'),
  };
}

export function assertSame(ours: V2Answer, theirs: V2Answer, what: string): void {
  const blankTtl = (answer: V2Answer): V2Answer => ({
    ...answer,
    body: answer.body.replaceAll(/"ttl":\d+/g, '"ttl":N'),
  });
  assert.deepEqual(blankTtl(ours), blankTtl(theirs), what);
  const theirTtls = ttlsOf(theirs);
  for (const [at, ttl] of ttlsOf(ours).entries())
    assert.ok(
      Math.abs(ttl - theirTtls[at]!) <= TTL_SECONDS_APART,
      `${what}: TTL ${ttl}, not ${theirTtls[at]}`,
    );
}

const ttlsOf = ({ body }: V2Answer): readonly number[] =>
  [...body.matchAll(/"ttl":(\d+)/g)].map(([, digits]) => Number(digits));
