/**
 * Requests to a running member with authentication on: messages of every RPC, broken, as JSON and as gRPC, by callers
 * with good credentials, with wrong ones and with none. Whoever may not do a thing is not told that it was done, nobody
 * but root sees what root alone may read, and no password or token is in the log, which tells everything it can.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jsonOfWire, TxnResponse, type MethodDescriptor } from '@concord/protocol';
import type { Random } from '@concord/testing';
import { accessTable } from '../../../apps/server/src/auth/access-table.ts';
import { RandomMessages, root } from '../../../packages/protocol/codegen/random-messages.ts';
import { WireClient } from '../../conformance/harness/wire-client.ts';
import { mutate } from '../mutation.ts';
import { GROWTH_BYTES_MAX_DEFAULT, type FuzzSession, type FuzzTarget } from '../target.ts';
import { ANSWER_PATIENCE_MS, DICTIONARY, ROUTES, verdict } from './json-gateway.ts';
import { EXCEPTION_WORDS, Member } from './member.ts';

/** Nothing else in a run looks like these. */
const PASSWORDS = { root: 'canary-root-4f0c71aa', alice: 'canary-alice-be529d03' } as const;
const WRONG_TOKEN = 'canary-token-60d8e1f7.9';
const CANARY_VALUE = 'canary-value-2b7793c5';
/** Alice may read and write below `a`; this lies elsewhere. */
const KEPT_KEY = 'kept/secret';

/** By root it would be off from then on. */
const LEFT_OUT = new Set(['auth/disable']);
const routes = ROUTES.filter(([path]) => !LEFT_OUT.has(path));

const CALLERS = ['nobody', 'wrong', 'alice', 'alice', 'root'] as const;
type Caller = (typeof CALLERS)[number];
const LANGUAGES = ['json', 'grpc'] as const;

const REQUESTS_PER_PROBE = 300;
/** Logins take time by design, and come between inputs several at once. */
const HANG_MS = 60_000;
/** Waits of a lock or an election are let go. */
const CALL_MS_MAX = 1_000;

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** What has passwords in it, so that there are some to be kept quiet. */
const SECRETIVE: Readonly<Record<string, object>> = {
  'auth/authenticate': { name: 'alice', password: PASSWORDS.alice },
  'auth/user/add': { name: 'carol', password: PASSWORDS.alice },
  'auth/user/changepw': { name: 'carol', password: PASSWORDS.alice },
};

function wireFor(random: Random, path: string, { request }: MethodDescriptor): Uint8Array {
  const type = root.lookupType(request.name);
  const secretive = SECRETIVE[path];
  if (secretive !== undefined && random.chance(0.5)) {
    return type.encode(type.fromObject(secretive)).finish();
  }
  const messages = new RandomMessages(random.integer(0, 2 ** 31));
  return type.encode(messages.message(type, random.integer(0, 3)).theirs).finish();
}

interface Answer {
  /** Text of HTTP, or the message of gRPC. */
  readonly body: string | Buffer;
  readonly isDone: boolean;
  /** What became of it, in a word. */
  readonly outcome: string;
}

const isCaller = (text: string): text is Caller => CALLERS.some((caller) => caller === text);

/** Nobody but root sees what root alone may read. */
function checkSight(caller: Caller, { body }: Answer): void {
  const isShown = [CANARY_VALUE, base64(CANARY_VALUE)].some((text) => body.includes(text));
  assert.ok(!isShown, `${caller} was shown what root alone may read`);
}

/** Who has no credentials does nothing, but for what is open to all. */
function checkStranger(
  caller: Caller,
  path: string,
  { path: rpc, kind }: MethodDescriptor,
  answer: Answer,
): void {
  const access = accessTable[rpc] ?? 'root';
  if (access === 'open' || access === 'no-wrong-token' || kind !== 'unary') return;
  if (answer.isDone && !isEmptyTxn(path, answer)) {
    assert.fail(`${caller} has done ${path}: ${answer.body.toString('latin1')}`);
  }
}

/** A transaction without comparisons and operations asks for no key, and so for no permission, as in etcd. */
function isEmptyTxn(path: string, { body }: Answer): boolean {
  if (path !== 'kv/txn') return false;
  return typeof body === 'string'
    ? !body.includes('"responses"')
    : TxnResponse.decode(body).responses.length === 0;
}

/** Input: a line with caller, language and path, and the body. */
class GuardedMemberSession implements FuzzSession {
  readonly #member: Member;
  readonly #client: WireClient;
  readonly #directory: string;
  readonly #secrets = new Set<string>(Object.values(PASSWORDS));
  readonly #tokens: Record<Caller, string> = {
    nobody: '',
    wrong: WRONG_TOKEN,
    alice: '',
    root: '',
  };
  #requests = 0;

  constructor(member: Member, directory: string) {
    this.#member = member;
    this.#directory = directory;
    this.#client = new WireClient(`127.0.0.1:${member.port}`, CALL_MS_MAX);
    this.#secrets.add(WRONG_TOKEN.slice(0, WRONG_TOKEN.indexOf('.')));
  }

  async populate(): Promise<void> {
    const ask = (path: string, message: object): Promise<string> =>
      this.#member.ask('POST', `/v3/${path}`, JSON.stringify(message));
    await ask('kv/put', { key: base64(KEPT_KEY), value: base64(CANARY_VALUE) });
    await ask('auth/role/add', { name: 'app' });
    const perm = { permType: 'READWRITE', key: base64('a'), range_end: base64('b') };
    await ask('auth/role/grant', { name: 'app', perm });
    for (const [name, role] of [
      ['root', 'root'],
      ['alice', 'app'],
    ] as const) {
      await ask('auth/user/add', { name, password: PASSWORDS[name] });
      await ask('auth/user/grant', { user: name, role });
    }
    await ask('auth/enable', {});
    await this.#logIn();
  }

  next(random: Random): Uint8Array {
    const [path, method] = random.pick(routes);
    const isUnary = method.kind === 'unary';
    const language = isUnary ? random.pick(LANGUAGES) : 'json';
    const wire = wireFor(random, path, method);
    const body = language === 'json' ? jsonOfWire(method.request.name, wire) : Buffer.from(wire);
    const dictionary = language === 'json' ? { dictionary: DICTIONARY } : {};
    const sent = random.chance(0.5) ? mutate(random, body, dictionary) : body;
    return Buffer.concat([Buffer.from(`${random.pick(CALLERS)} ${language} ${path}\n`), sent]);
  }

  async run(input: Uint8Array): Promise<string> {
    const end = Math.max(0, input.indexOf(0x0a));
    const line = Buffer.from(input.subarray(0, end)).toString('latin1');
    const [caller = '', language = '', path = ''] = line.split(' ');
    const method = routes.find(([known]) => known === path)?.[1];
    if (method === undefined || !isCaller(caller)) return 'no such call';
    const token = this.#tokens[caller];
    const body = input.subarray(end + 1);
    const answer =
      language === 'json'
        ? await this.#sendJson(path, body, token)
        : await this.#sendGrpc(method, body, token);
    if (caller !== 'root') checkSight(caller, answer);
    if (caller === 'nobody' || caller === 'wrong') checkStranger(caller, path, method, answer);
    if (++this.#requests % REQUESTS_PER_PROBE === 0) await this.#tidy();
    return `${caller} ${answer.outcome}`;
  }

  async close(): Promise<void> {
    await this.#tidy();
    this.#client.close();
    await this.#member.stop();
    const log = readFileSync(join(this.#directory, 'log'), 'utf8');
    assert.ok(log.includes('tried to log in with a wrong password'), 'the log tells of guesses');
    for (const secret of this.#secrets) {
      assert.ok(secret.length >= 16, 'a secret is long enough to be looked for');
      assert.ok(!log.includes(secret), 'a secret is in the log');
      assert.ok(!log.includes(base64(secret)), 'a secret is in the log, in base64');
    }
    rmSync(this.#directory, { recursive: true });
  }

  async #sendJson(path: string, body: Uint8Array, token: string): Promise<Answer> {
    const head =
      `POST /v3/${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n` +
      (token === '' ? '' : `Authorization: ${token}\r\n`) +
      `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;
    const bytes = Buffer.concat([Buffer.from(head), body]);
    const answer = await this.#member.exchange(bytes, ANSWER_PATIENCE_MS);
    const isDone = answer.startsWith('HTTP/1.1 200 ');
    return { body: answer, isDone, outcome: verdict(path, answer) };
  }

  async #sendGrpc({ path }: MethodDescriptor, body: Uint8Array, token: string): Promise<Answer> {
    const options = {
      deadlineMs: CALL_MS_MAX,
      ...(token !== '' && { metadata: { token } }),
    };
    const outcome = await this.#client.rawCall(path, Buffer.from(body), options);
    if ('response' in outcome) return { body: outcome.response, isDone: true, outcome: 'code 0' };
    assert.doesNotMatch(outcome.message, EXCEPTION_WORDS);
    return { body: outcome.message, isDone: false, outcome: `code ${outcome.code}` };
  }

  async #tidy(): Promise<void> {
    await this.#logIn();
    await this.#member.tidy();
  }

  /** Tokens end when random calls of root change what they hang on. */
  async #logIn(): Promise<void> {
    for (const name of ['root', 'alice'] as const) {
      const credentials = JSON.stringify({ name, password: PASSWORDS[name] });
      const answer = await this.#member.ask('POST', '/v3/auth/authenticate', credentials);
      const token = /"token":"([^"]+)"/.exec(answer)?.[1];
      if (token === undefined) continue;
      this.#tokens[name] = token;
      this.#secrets.add(token.slice(0, token.indexOf('.')));
    }
    this.#member.authorization = this.#tokens.root;
  }
}

export const guardedMember: FuzzTarget = {
  hangMs: HANG_MS,
  growthBytesMax: GROWTH_BYTES_MAX_DEFAULT,
  open: async () => {
    const directory = mkdtempSync(join(tmpdir(), 'concord-guarded-'));
    const log = ['--log-outputs', join(directory, 'log'), '--log-level', 'debug'];
    const member = await Member.start('--enable-grpc-gateway', ...log);
    const session = new GuardedMemberSession(member, directory);
    await session.populate();
    return session;
  },
};
