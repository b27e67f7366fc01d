/** Goal: the scripts of `concordctl completion` work in the shells that they are for. Method: these shells, where there are any. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { startServer, type TestServer } from '@concord/testing';
import { commandOnPath } from '../../bench/server-under-test.ts';
import { run } from './command-run.ts';

const root = join(import.meta.dirname, '../../..');
const built = existsSync(join(root, 'apps/ctl/dist/concordctl.js'));
const skipWithout = (shell: string): string | false =>
  !built
    ? 'concordctl is not built: npm run build'
    : commandOnPath(shell) === undefined && `there is no ${shell}`;

let server: TestServer;

before(async () => {
  server = await startServer();
  await run('config set db/url x --release', server);
  await run(`put '/it is:here' x`, server);
  await run('service register orders --detach --id o1 --port 1 --address h', server);
});
after(() => server.stop());

/** What a shell prints that was given a script. */
async function shell(command: readonly string[], script: string): Promise<string> {
  const [file = '', ...args] = command;
  const { stdout } = await promisify(execFile)(file, [...args, script], {
    env: {
      ...process.env,
      PATH: `${join(root, 'apps/ctl/bin')}:${process.env['PATH'] ?? ''}`,
      CONCORDCTL_ENDPOINTS: server.endpoints.join(','),
    },
    timeout: 60_000,
  });
  return stdout;
}

test(
  'bash completes commands, flags, their values, files, and names that the cluster knows',
  { skip: skipWithout('bash') },
  async () => {
    const lines = [
      'concordctl conf',
      'concordctl config get ',
      'concordctl config get db/',
      'concordctl service drain orders ',
      'concordctl get --wri',
      'concordctl get --write-out=t',
      'concordctl -w js',
      `concordctl --cacert ${join(root, 'package-l')}`,
      'concordctl locks force',
      'concordctl completion f',
    ];
    const tries = lines.map((line) => `try '${line}'`).join('\n');
    const out = await shell(
      ['bash', '--norc', '-c'],
      `source <(concordctl completion bash)
     try() { COMP_LINE=$1; COMP_POINT=\${#1}; COMPREPLY=(); _concordctl; echo "\${COMPREPLY[*]}"; }
     complete -p concordctl
     ${tries}`,
    );
    assert.deepEqual(out.trimEnd().split('\n'), [
      'complete -F _concordctl concordctl',
      'config',
      'db/',
      'db/url',
      'o1',
      '--write-out',
      'table',
      'json',
      join(root, 'package-lock.json'),
      'force-release',
      'fish',
    ]);
  },
);

test(
  'fish completes with what commands do beside them',
  { skip: skipWithout('fish') },
  async () => {
    const out = await shell(
      ['fish', '--no-config', '-c'],
      `concordctl completion fish | source
     complete -C 'concordctl config rel'
     complete -C 'concordctl service instances '`,
    );
    assert.equal(out, 'release\tMakes drafts live\norders\n');
  },
);

test('zsh completes at its prompt', { skip: skipWithout('zsh') }, async () => {
  const out = await shell(
    ['zsh', '-f', '-c'],
    `zmodload zsh/zpty
     zpty z zsh -f -i
     heard() { local part all=''; for i in {1..300}; do
       if zpty -r -t z part; then all+=$part; [[ $all == *$1* ]] && { print found $1; return; }; else sleep 0.1; fi; done; print -r -- "no $1 in $all"; }
     zpty -w z "PS1='> '; autoload -U compinit; compinit -u -D; source <(concordctl completion zsh); echo LOA''DED"
     heard LOADED
     zpty -w -n z $'concordctl config get d\\t'
     heard 'get db/'
     zpty -w -n z $'url\\x15concordctl locks force\\t'
     heard 'locks force-release'
     zpty -d z`,
  );
  assert.equal(out, 'found LOADED\nfound get db/\nfound locks force-release\n');
});

test('a cluster that is away is no reason to wait for, and no error', async () => {
  const result = await run('__complete -- config get d', { endpoints: ['127.0.0.1:1'] });
  assert.deepEqual(result, { status: 0, out: ':done\n', error: '' });
});
