/**
 * JSON bodies to the gateway of a running member: messages of every RPC in JSON, broken. Each is answered with JSON and
 * a status that the gateway has, or opens a stream; none is told of something unexpected, and the next client is
 * answered.
 */
import assert from 'node:assert/strict';
import { jsonOfWire } from '@concord/protocol';
import type { Random } from '@concord/testing';
import { GATEWAY_ROUTES } from '../../../apps/server/src/http/gateway/routes.ts';
import { RandomMessages, root } from '../../../packages/protocol/codegen/random-messages.ts';
import { mutate } from '../mutation.ts';
import {
  GROWTH_BYTES_MAX_DEFAULT,
  HANG_MS_DEFAULT,
  type FuzzSession,
  type FuzzTarget,
} from '../target.ts';
import { EXCEPTION_WORDS, Member } from './member.ts';

/** What would leave the member without a quorum, or without anybody who may ask it. */
const LEFT_OUT = new Set(['cluster/member/add', 'cluster/member/promote', 'auth/enable']);

/** What is asked, by path below `/v3/`. */
export const ROUTES = [...GATEWAY_ROUTES].filter(([path]) => !LEFT_OUT.has(path));

/** Of gRPC's codes, what they are in HTTP. */
const STATUSES = new Set([200, 400, 401, 403, 404, 409, 429, 499, 500, 501, 503, 504]);

/** A stream, or a lock that is waited for, is let go after so long. */
export const ANSWER_PATIENCE_MS = 30;
const REQUESTS_PER_PROBE = 500;

/** What JSON of others has at its edges. */
export const DICTIONARY = [
  ...[
    'null',
    'true',
    '1e400',
    '-0',
    '1E+2',
    '"\\ud800"',
    '"\\u0000"',
    '[[[[[[[[',
    '{"":',
    '"Zg=="',
  ],
  ...['"-9223372036854775808"', '18446744073709551616', '__proto__', '/**/', '\ufeff', '\\'],
].map((text) => Buffer.from(text));

function bodyFor(random: Random, name: string): Uint8Array {
  const type = root.lookupType(name);
  const messages = new RandomMessages(random.integer(0, 2 ** 31));
  const wire = type.encode(messages.message(type, random.integer(0, 3)).theirs).finish();
  return jsonOfWire(name, wire);
}

/** Input: a line with the path, and the body. */
class JsonGatewaySession implements FuzzSession {
  readonly #member: Member;
  #requests = 0;

  constructor(member: Member) {
    this.#member = member;
  }

  next(random: Random): Uint8Array {
    const [path, method] = random.pick(ROUTES);
    const body = bodyFor(random, method.request.name);
    const sent = random.chance(0.7) ? mutate(random, body, { dictionary: DICTIONARY }) : body;
    return Buffer.concat([Buffer.from(`${path}\n`), sent]);
  }

  async run(input: Uint8Array): Promise<string> {
    const end = Math.max(0, input.indexOf(0x0a));
    const path = Buffer.from(input.subarray(0, end)).toString('latin1');
    const body = input.subarray(end + 1);
    const head =
      `POST /v3/${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n` +
      `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;
    const bytes = Buffer.concat([Buffer.from(head), body]);
    const answer = await this.#member.exchange(bytes, ANSWER_PATIENCE_MS);
    if (++this.#requests % REQUESTS_PER_PROBE === 0) await this.#member.tidy();
    return verdict(path, answer);
  }

  async close(): Promise<void> {
    await this.#member.tidy();
    await this.#member.stop();
  }
}

/** What became of a request; throws where the answer is none that a gateway gives. */
export function verdict(path: string, answer: string): string {
  assert.doesNotMatch(answer, EXCEPTION_WORDS);
  // A call that waits has no head yet.
  if (answer === '') return 'no answer yet';
  const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1]);
  assert.ok(STATUSES.has(status), `${path}: ${answer}`);
  const [head = '', ...rest] = answer.split('\r\n\r\n');
  // Streams come in chunks, and end anywhere here.
  if (/transfer-encoding: chunked/i.test(head)) return `stream ${status}`;
  const body: unknown = JSON.parse(rest.join('\r\n\r\n'));
  if (status !== 200)
    assert.ok(body !== null && typeof body === 'object' && 'code' in body, answer);
  return String(status);
}

export const jsonGateway: FuzzTarget = {
  hangMs: HANG_MS_DEFAULT,
  growthBytesMax: GROWTH_BYTES_MAX_DEFAULT,
  open: async () => new JsonGatewaySession(await Member.start('--enable-grpc-gateway')),
};
