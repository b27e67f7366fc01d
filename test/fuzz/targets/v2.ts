/**
 * Requests below `/v2/`, with broken paths, forms and heads, to a running member. It answers, or cuts what is no HTTP;
 * it never says that something unexpected went wrong, and answers the next client.
 */
import assert from 'node:assert/strict';
import type { Random } from '@concord/testing';
import type { V2Request } from '../../conformance/v2/exchange.ts';
import { RandomRequests } from '../../conformance/v2/random-requests.ts';
import { mutate } from '../mutation.ts';
import {
  GROWTH_BYTES_MAX_DEFAULT,
  HANG_MS_DEFAULT,
  type FuzzSession,
  type FuzzTarget,
} from '../target.ts';
import { EXCEPTION_WORDS, Member } from './member.ts';

/** A request with `wait`, or one that is not whole, is waited for so long. */
const PATIENCE_MS = 40;
const REQUESTS_PER_PROBE = 500;

function bytesOf({ method = 'GET', path, headers = {}, body }: V2Request): Buffer {
  const given = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const length = body === undefined ? '' : `Content-Length: ${body.length}\r\n`;
  const head = `${method} ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n`;
  return Buffer.from(`${head}${given.join('')}${length}\r\n${body ?? ''}`, 'latin1');
}

class V2Session implements FuzzSession {
  readonly #member: Member;
  #requests = 0;

  constructor(member: Member) {
    this.#member = member;
  }

  next(random: Random): Uint8Array {
    const requests = new RandomRequests(random.integer(0, 2 ** 31));
    const bytes = bytesOf(requests.next());
    return random.chance(0.5) ? mutate(random, bytes) : bytes;
  }

  async run(input: Uint8Array): Promise<string> {
    const answer = await this.#member.exchange(input, PATIENCE_MS);
    if (++this.#requests % REQUESTS_PER_PROBE === 0) await this.#probe();
    assert.doesNotMatch(answer, EXCEPTION_WORDS);
    if (answer === '') return 'no answer';
    const status = /^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1];
    assert.ok(status !== undefined && status !== '500', answer);
    return status;
  }

  async close(): Promise<void> {
    await this.#probe();
    await this.#member.stop();
  }

  async #probe(): Promise<void> {
    await this.#member.tidy();
    const { watchers } = JSON.parse(
      (await this.#member.ask('GET', '/v2/stats/store')).split('\r\n\r\n')[1] ?? '',
    ) as { watchers: number };
    assert.ok(watchers < REQUESTS_PER_PROBE, `${watchers} waits of clients that went away`);
  }
}

export const v2: FuzzTarget = {
  hangMs: HANG_MS_DEFAULT,
  growthBytesMax: GROWTH_BYTES_MAX_DEFAULT,
  open: async () => new V2Session(await Member.start('--enable-v2')),
};
