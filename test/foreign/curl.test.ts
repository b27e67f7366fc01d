/**
 * Goal: whoever talks to etcd by curl can talk to Concord. Method: what people type, run by a shell on both; exit code,
 * body, status and content type of each command compared, after ids and terms are blanked. What Concord has of its own
 * (`/kv`, events) is in `docs/http-api.md`, each of whose commands is run by `test/docs`.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { before, describe, test } from 'node:test';
import { commandOnPath } from '../bench/server-under-test.ts';
import { concord, etcd, type Backend } from '../conformance/harness/backend.ts';
import { canonicalJson } from '../conformance/harness/http-exchange.ts';
import { Server } from '../conformance/harness/server.ts';
import type { Version } from '../conformance/harness/version.ts';
import { skipReason as v2SkipReason } from '../conformance/v2/pair.ts';
import { V2_SESSION, V3_SESSION, type CurlStep } from './curl-script.ts';

const hasTools = ['curl', 'base64', 'sh'].every((name) => commandOnPath(name) !== undefined);
const hasBoth = concord() !== undefined && etcd() !== undefined;
const skip =
  (!hasTools && 'there is no curl on the PATH') || (!hasBoth && 'there is no etcd on the PATH');

const STEP_MS_MAX = 30_000;
/** What curl says of each exchange, after its body. */
const TOLD = '\\n%{http_code} %{content_type}\\n';

for (const { name, session, flags, reason } of [
  { name: 'the v3 gateway', session: V3_SESSION, flags: [], reason: skip },
  {
    name: 'the v2 API',
    session: V2_SESSION,
    flags: ['--enable-v2=true'],
    reason: skip || v2SkipReason,
  },
]) {
  describe(`curl and ${name}, on Concord and on etcd`, { skip: reason }, () => {
    let ours: readonly string[];
    let theirs: readonly string[];
    let version: Version;

    before(async () => {
      const sessions = [concord()!, etcd()!].map((backend) => runSession(backend, session, flags));
      const [one, other] = await Promise.all(sessions);
      ours = one!.transcript;
      ({ transcript: theirs, version } = other!);
    });

    for (const [at, { command, since = '0.0.0' }] of session.entries()) {
      test(`${at + 1}. ${command}`, (t) => {
        if (!version.atLeast(since)) return t.skip(`etcd answers otherwise before ${since}`);
        assert.equal(ours[at], theirs[at]);
      });
    }
  });
}

async function runSession(
  backend: Backend,
  session: readonly CurlStep[],
  flags: readonly string[],
): Promise<{ readonly transcript: readonly string[]; readonly version: Version }> {
  await using server = await Server.start(backend, { flags });
  const variables: Record<string, string> = { URL: `http://${server.endpoint}` };
  const transcript: string[] = [];
  for (const step of session) {
    const printed = await runStep(step, variables);
    const found = step.capture?.[1].exec(printed)?.[1];
    if (step.capture !== undefined && found !== undefined) variables[step.capture[0]] = found;
    transcript.push(blank(printed, server));
  }
  return { transcript, version: server.version };
}

/** Exit code, output and errors of one command. */
async function runStep(
  { command, meanwhile, untilLines }: CurlStep,
  variables: Readonly<Record<string, string>>,
): Promise<string> {
  const shown = command.replaceAll('curl -sS', `curl -w '${TOLD}' -sS`);
  const running = new RunningCommand(shown, variables, untilLines);
  if (meanwhile !== undefined) {
    await running.isWaiting(variables['URL'] ?? '');
    await new RunningCommand(meanwhile, variables).ended();
  }
  return running.ended();
}

class RunningCommand {
  readonly #ended: Promise<string>;
  readonly #begun = Promise.withResolvers<void>();

  constructor(command: string, variables: Readonly<Record<string, string>>, untilLines?: number) {
    // `exec` lets a signal reach curl itself.
    const child = spawn('sh', ['-c', untilLines === undefined ? command : `exec ${command}`], {
      env: { ...process.env, ...variables },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: STEP_MS_MAX,
    });
    let output = '';
    let errors = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      this.#begun.resolve();
      if (output.split('\n').length > (untilLines ?? Infinity)) child.kill('SIGINT');
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
    this.#ended = new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, signal) => {
        const lines = output.split('\n').slice(0, untilLines).join('\n');
        resolve(`exit ${signal ?? code}\n${lines}\n${errors}`);
      });
    });
  }

  ended(): Promise<string> {
    return this.#ended;
  }

  /** Resolves when the server has this request: it has answered, or counts a watcher of v2. */
  async isWaiting(url: string): Promise<void> {
    const counted = untilWatcher(url);
    await Promise.race([this.#begun.promise, counted, this.#ended]);
  }
}

async function untilWatcher(url: string): Promise<void> {
  for (;;) {
    const answer = await fetch(`${url}/v2/stats/store`);
    if (!answer.ok) return new Promise(() => undefined);
    const { watchers } = (await answer.json()) as { watchers: number };
    if (watchers > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const VARYING: readonly (readonly [RegExp, string])[] = [
  [/"(ID|id)":"\d{6,}"/g, '"$1":"#"'],
  [/"id":"[0-9a-f]{12,16}"/g, '"id":"#"'],
  [/"token":"[^"]+"/g, '"token":"#"'],
  [/^(Date|X-Etcd-Cluster-Id): .*$/gim, '$1: #'],
  [/http:\/\/127\.0\.0\.1:\d+/g, 'URL'],
];

function blank(text: string, server: Server): string {
  const plain = canonicalJson(text.replaceAll(`:${server.peerPort}`, ':PEER').replaceAll('\r', ''));
  return VARYING.reduce((shown, [pattern, name]) => shown.replace(pattern, name), plain);
}
