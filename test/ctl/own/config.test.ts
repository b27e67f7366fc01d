/** `concordctl config` beside programs that watch configuration with the SDK. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { connect, type Concord } from '@concord/sdk';
import { startServer, type TestServer } from '@concord/testing';
import { run, type RunOptions } from './command-run.ts';

let server: TestServer;
let sdk: Concord;
const directory = mkdtempSync(join(tmpdir(), 'concord-ctl-config-'));

before(async () => {
  server = await startServer();
  sdk = await connect({ endpoints: server.endpoints });
});
after(async () => {
  await sdk.close();
  await server.stop();
  rmSync(directory, { recursive: true });
});

const ctl = (line: string, options: Partial<RunOptions> = {}) =>
  run(line, { ...server, endpoints: server.endpoints, ...options });

test('a draft is nobody’s until it is released, and a release is everybody’s', async () => {
  await using live = await sdk.config.watch<string | undefined>('db/url', { optional: true });
  assert.equal(
    (await ctl('config set db/url postgres://a -m first')).out,
    'Draft of db/url begun from nothing\n',
  );
  assert.equal(live.current, undefined);
  assert.match((await ctl('config get db/url')).error, /nothing is released as db\/url.*--draft/);
  assert.equal((await ctl('config diff db/url')).out, '--- live\n+++ draft\n+postgres://a\n');

  const updated = live.updates().next();
  assert.equal((await ctl('config release db/url')).out, 'Released db/url as release 1\n');
  await updated;
  assert.equal(live.current, 'postgres://a');
  assert.equal((await ctl('config get /db/url')).out, 'postgres://a\n');
  // What is live is no draft any more.
  assert.match(
    (await ctl('config release db/url')).error,
    /there is no draft of db\/url to release/,
  );
  assert.match((await ctl('config history db/url')).out, /^1, base, release, , ada, .*, first\n$/);
});

test('a draft whose base has moved is refused until it is meant', async () => {
  await ctl('config set moved 1 --release');
  await ctl('config set moved draft');
  await sdk.config.release('moved', 'other');
  const refused = await ctl('config release moved');
  assert.equal(refused.status, 1);
  assert.match(refused.error, /release 2/);
  assert.equal((await ctl('config release moved --base 2')).out, 'Released moved as release 3\n');
  assert.equal((await ctl('config rollback moved')).out, 'Rolled back moved as release 4\n');
  assert.equal((await ctl('config get moved')).out, 'other\n');
  assert.equal((await ctl('config diff moved 1 3 --exit-code')).status, 1);
});

test('an editor is given what is live, and what it leaves is the draft; nonsense is refused and kept', async () => {
  await ctl(`config set app.json '{"max":1}' --release`);
  const edited = await ctl('config edit app.json', { environment: { EDITOR: 'sed -i s/1/2/' } });
  assert.equal(edited.out, 'Draft of app.json begun from release 1\n');
  assert.match(edited.error, /-\{"max":1\}\n\+\{"max":2\}/);
  assert.equal((await ctl('config get app.json --draft')).out, '{"max":2}\n');
  const same = await ctl('config edit app.json', { environment: { EDITOR: 'true' } });
  assert.deepEqual([same.status, same.error], [1, 'Error: nothing was changed\n']);
  const broken = await ctl('config edit app.json', { environment: { EDITOR: 'sed -i s/}//' } });
  assert.equal(broken.status, 1);
  const [, kept = ''] =
    /app\.json is no json.*; what you wrote is kept in (\S+)/.exec(broken.error) ?? [];
  assert.match(kept, /app\.json$/);
  rmSync(join(kept, '..'), { recursive: true });
});

test('some clients get it first, then all of them', async () => {
  await ctl('config set limit 1 --release');
  await ctl('config set limit 2');
  const gray = await ctl('config release limit --track canary --percent 10 --match zone=a,zone=b');
  assert.equal(gray.out, 'Released limit as release 2 on track canary\n');
  assert.equal((await ctl('config get limit')).out, '1\n');
  assert.equal((await ctl('config get limit --track canary')).out, '2\n');
  assert.match((await ctl('config list limit')).out, /^limit, 1, text, false, canary/);
  assert.equal((await ctl('config widen limit canary --percent 50')).status, 0);
  assert.match((await ctl('config promote limit canary')).out, /^Promoted limit as release \d+\n$/);
  assert.equal((await ctl('config get limit')).out, '2\n');
  assert.match((await ctl('config release limit --percent 5')).error, /give its name with --track/);
});

test('secrets are sealed, not shown unless asked for, and exported as they are', async () => {
  const keys = join(directory, 'keys.yaml');
  writeFileSync(keys, `current: k1\nkeys:\n  k1: ${Buffer.alloc(32, 7).toString('base64')}\n`);
  const withKeys = `--config-keys ${keys}`;
  assert.match((await ctl('config set pass hunter2 --secret')).error, /no key to seal it with/);
  assert.equal((await ctl(`config set pass hunter2 --secret --release ${withKeys}`)).status, 0);
  assert.match((await ctl('get --prefix /concord/config/items/default/pass')).out, /A256GCM/);
  assert.match((await ctl('config get pass')).error, /pass is secret: give --reveal/);
  assert.equal((await ctl(`config get pass --reveal ${withKeys}`)).out, 'hunter2\n');
  assert.doesNotMatch((await ctl('config history pass -w json')).out, /hunter2/);
  const exported = (await ctl('config export pass')).out;
  assert.doesNotMatch(exported, /hunter2/);
  await ctl('config delete pass');
  assert.equal(
    (await ctl('config import', { stdin: exported })).out,
    'Released pass as release 3\n',
  );
  assert.equal((await ctl(`config get pass --reveal ${withKeys}`)).out, 'hunter2\n');
});

test('an export is imported elsewhere, and only what differs is released', async () => {
  await ctl(`config set shop/a.yaml 'a: 1' --release`);
  await ctl('config set shop/b two --release');
  const exported = (await ctl('config export shop/')).out;
  // What the gateway writes and takes.
  assert.deepEqual(JSON.parse(exported), {
    kind: 'concord.config/v1',
    namespace: 'default',
    items: [
      { path: 'shop/a.yaml', format: 'yaml', content: 'a: 1' },
      { path: 'shop/b', format: 'text', content: 'two' },
    ],
  });
  const planned = await ctl('config import -n other --dry-run', { stdin: exported });
  assert.equal(planned.out, 'shop/a.yaml, new, 0\nshop/b, new, 0\n');
  assert.equal((await ctl('config list -n other')).out, '');
  const imported = await ctl('config import -n other', { stdin: exported });
  assert.match(imported.error, /2 items released, 0 were the same/);
  const again = await ctl('config import -n other', { stdin: exported });
  assert.match(again.error, /0 items released, 2 were the same/);
  assert.equal((await ctl('config get -n other shop/a.yaml')).out, 'a: 1\n');
  for (const [stdin, error] of [
    ['[]', /this is no export of configuration: its "kind" is undefined/],
    ['{', /it is no JSON/],
    [exported.replace('"yaml"', '"ini"'), /items\[0\]\.format is "ini"/],
  ] as const) {
    const refused = await ctl('config import', { stdin });
    assert.equal(refused.status, 1);
    assert.match(refused.error, error);
  }
});

test('a watch prints the plain key, then releases, and that the item went', async () => {
  await ctl('put /flag plain');
  const ending = new AbortController();
  const lines: string[] = [];
  const waiting: (() => void)[] = [];
  const printed = (): Promise<void> => new Promise((resolve) => void waiting.push(resolve));
  const first = printed();
  const watching = ctl('config watch flag', {
    signal: ending.signal,
    onPrint: (text) => {
      lines.push(text);
      waiting.shift()?.();
    },
  });
  await first;
  for (const line of ['put /flag other', 'config set flag on --release', 'config delete flag']) {
    const next = printed();
    await ctl(line);
    await next;
  }
  ending.abort();
  assert.equal((await watching).status, 0);
  assert.equal(lines[0], '# flag plain key\nplain\n');
  assert.equal(lines[1], '# flag plain key\nother\n');
  assert.match(lines[2] ?? '', /^# flag release 1 by ada at \S+\non\n$/);
  assert.equal(lines[3], '# flag deleted\n');
});

test('what clients made of a release is shown, and a refusal is a failure', async () => {
  await ctl('config set told yes --release');
  await using live = await sdk.config.watch('told', {
    apply: (value) => {
      if (value === 'no') throw new Error('never');
    },
  });
  const told = new Promise<void>((resolve) => {
    sdk.config.events.once('rejected').then(
      () => resolve(),
      () => undefined,
    );
  });
  await ctl('config set told no --release');
  await told;
  assert.equal(live.current, 'yes');
  // The acknowledgement follows the rejection.
  let status = await ctl('config status told');
  while (status.status === 0) status = await ctl('config status told');
  assert.match(status.out, /, rejected, base, 2, 2, .*never/);
  assert.match(status.error, /1 of 1 clients have rejected told, and keep what they had/);
});
