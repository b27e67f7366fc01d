/**
 * Goal: etcdctl with `ETCDCTL_API=2` cannot tell Concord from etcd. Method: the same session on both; exit code, output
 * and errors of each command compared, after ids and addresses are blanked.
 */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { commandOnPath } from '../bench/server-under-test.ts';
import { concord, etcd, type Backend } from '../conformance/harness/backend.ts';
import { Server } from '../conformance/harness/server.ts';
import { skipReason } from '../conformance/v2/pair.ts';
import { V2_SESSION, type V2Step } from './etcdctl-v2-script.ts';
import { runProgram, type ProgramResult } from './program.ts';

const etcdctl = commandOnPath('etcdctl');
const skip = etcdctl === undefined ? 'there is no etcdctl on the PATH' : skipReason;

const STEP_SECONDS_MAX = 30;
const LOOK_MS = 20;

describe('etcdctl with ETCDCTL_API=2 on Concord and on etcd', { skip }, () => {
  let ours: readonly string[];
  let theirs: readonly string[];

  before(async () => {
    ours = await runSession(concord()!);
    theirs = await runSession(etcd()!);
  });

  for (const [at, { args }] of V2_SESSION.entries()) {
    test(`${at + 1}. etcdctl ${args.join(' ')}`, () => assert.equal(ours[at], theirs[at]));
  }
});

async function runSession(backend: Backend): Promise<readonly string[]> {
  await using server = await Server.start(backend, { flags: ['--enable-v2=true'] });
  const transcript: string[] = [];
  for (const step of V2_SESSION) transcript.push(await runStep(server, step));
  return transcript;
}

async function runStep(server: Server, step: V2Step): Promise<string> {
  if (step.meanwhile !== undefined) await untilWatchers(server, (count) => count === 0);
  const running = run(server, step);
  for (const [at, args] of (step.meanwhile ?? []).entries()) {
    // The first change must not come before the watch; a watch for ever asks anew after each.
    if (at === 0 || step.untilLines !== undefined)
      await untilWatchers(server, (count) => count > 0);
    await run(server, { args });
  }
  const { exitCode, output, errors } = await running;
  // One that runs for ever may have printed more before it was interrupted.
  const lines = output.split('\n').slice(0, step.untilLines);
  return [`exit ${exitCode}`, blank(lines.join('\n'), server), blank(errors, server)].join('\n');
}

function run(server: Server, { args, untilLines, input }: V2Step): Promise<ProgramResult> {
  return runProgram(etcdctl!, args, {
    env: { ETCDCTL_API: '2', ETCDCTL_ENDPOINTS: `http://${server.endpoint}` },
    secondsMax: STEP_SECONDS_MAX,
    ...(untilLines !== undefined && { untilLines }),
    ...(input !== undefined && { input }),
  });
}

async function untilWatchers(
  { endpoint }: Server,
  isWanted: (count: number) => boolean,
): Promise<void> {
  for (;;) {
    const response = await fetch(`http://${endpoint}/v2/stats/store`);
    const { watchers } = (await response.json()) as { watchers: number };
    if (isWanted(watchers)) return;
    await sleep(LOOK_MS);
  }
}

/** What two runs of one server may differ in. */
function blank(text: string, { clientPort, peerPort }: Server): string {
  return text
    .replaceAll(`:${clientPort}`, ':CLIENT')
    .replaceAll(`:${peerPort}`, ':PEER')
    .replaceAll(/\b[0-9a-f]{14,16}\b/g, 'ID')
    .replaceAll(/"expiration":"[^"]*"/g, '"expiration":"T"')
    .replaceAll(/"ttl":\d+/g, '"ttl":N')
    .replaceAll(/TTL: \d+/g, 'TTL: N');
}
