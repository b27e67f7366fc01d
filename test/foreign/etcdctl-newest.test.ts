/**
 * Goal: the newest etcdctl cannot tell Concord from the newest etcd. Method: it is built from its module and holds
 * a session with Concord; the transcript is compared with one recorded on etcd 3.7.3, whose server is too large to
 * be built for a test. `CONCORD_RECORD_ETCD=/path/to/etcd` records anew.
 */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { commandOnPath, concordKind } from '../bench/server-under-test.ts';
import { NEWEST_SESSION } from './etcdctl-newest-script.ts';
import { runSession } from './etcdctl-session.ts';
import { runProgram } from './program.ts';

const SOURCE = fileURLToPath(new URL('etcdctl', import.meta.url));
const RECORD = fileURLToPath(new URL('etcdctl-newest.transcript.json', import.meta.url));
const CACHE = fileURLToPath(new URL('../../node_modules/.cache/foreign', import.meta.url));
/** A first build compiles gRPC for Go; on a slow machine that is minutes. */
const BUILD_SECONDS_MAX = 500;

const go = commandOnPath('go');
const kind = concordKind();
const recordFrom = process.env['CONCORD_RECORD_ETCD'];
const skip =
  (go === undefined && 'there is no go on the PATH') ||
  (kind === undefined && 'the server is not built: npm run build');

/** Builds etcdctl; the path of it, or why there is none. */
async function build(): Promise<{ etcdctl: string } | { reason: string }> {
  const etcdctl = join(CACHE, 'etcdctl');
  const options = { cwd: SOURCE, secondsMax: BUILD_SECONDS_MAX };
  const fetched = await runProgram(go!, ['mod', 'download'], options);
  if (fetched.exitCode !== 0) return { reason: `its modules cannot be had: ${fetched.errors}` };
  const built = await runProgram(go!, ['build', '-o', etcdctl, '.'], options);
  assert.equal(built.exitCode, 0, built.errors);
  return { etcdctl };
}

describe('The newest etcdctl on Concord, and as it was on etcd', { skip }, () => {
  let reason: string | undefined;
  let ours: readonly string[] = [];
  let recorded: readonly string[] = [];

  before(async () => {
    const built = await build();
    if ('reason' in built) {
      ({ reason } = built);
      return;
    }
    if (recordFrom !== undefined) {
      const etcd = { name: 'etcd', command: recordFrom };
      const transcript = await runSession(built.etcdctl, etcd, NEWEST_SESSION);
      writeFileSync(RECORD, `${JSON.stringify(transcript, undefined, 1)}\n`);
    }
    recorded = JSON.parse(readFileSync(RECORD, 'utf8')) as string[];
    ours = await runSession(built.etcdctl, kind!, NEWEST_SESSION);
  });

  test('the record is of this session', (context) => {
    if (reason !== undefined) return context.skip(reason);
    assert.equal(recorded.length, NEWEST_SESSION.length);
  });

  for (const [at, { args, input }] of NEWEST_SESSION.entries()) {
    const typed = input === undefined ? '' : ` <<< ${JSON.stringify(input)}`;
    test(`${at + 1}. etcdctl ${args.join(' ')}${typed}`, (context) => {
      if (reason !== undefined) return context.skip(reason);
      assert.equal(ours[at], recorded[at]);
    });
  }
});
