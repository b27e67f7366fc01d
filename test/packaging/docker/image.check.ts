/**
 * Goal: the Dockerfile's steps make an image that starts as nobody in particular, where there is neither a shell nor anything
 * else. Method: the steps, carried out; the programs in a root directory of their own. By default the first stage is taken as
 * done, by this checkout's build; with `IMAGE=whole` it is carried out too, in some minutes.
 */
import assert from 'node:assert/strict';
import { execFile, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { freePorts } from '../../conformance/harness/free-ports.ts';
import { ROOT } from '../../sdk/packages/published.ts';
import { BuildContext } from './build-context.ts';
import { bareRoot, carryOut, overlayPlace } from './dockerfile-run.ts';
import { execForm, parseDockerfile } from './dockerfile.ts';

const run = promisify(execFile);
const isWhole = process.env['IMAGE'] === 'whole';
const skip =
  process.platform !== 'linux' || process.getuid?.() !== 0
    ? 'root directories of their own are for root on Linux'
    : spawnSync('unshare', ['--mount', 'true']).status !== 0 && 'this machine lets nobody mount';

describe('the image', { skip }, () => {
  const directory = mkdtempSync(join(tmpdir(), 'concord-image-'));
  const root = join(directory, 'last');
  const [first, last] = parseDockerfile(
    readFileSync(join(ROOT, 'packaging/docker/Dockerfile'), 'utf8'),
  );
  const user = last!.instructions.findLast(({ name }) => name === 'USER')?.text ?? '';
  const environment = {
    PATH: '/usr/local/bin',
    ...Object.fromEntries(
      last!.instructions
        .filter(({ name }) => name === 'ENV')
        .flatMap(({ text }) => [...text.matchAll(/(\w+)=(?:"([^"]*)"|(\S+))/g)])
        .map(([, name = '', quoted, plain]) => [name, quoted ?? plain ?? '']),
    ),
  };
  const inside = (...words: readonly string[]): readonly string[] => [
    `--userspec=${user}`,
    root,
    ...words,
  ];

  before(async () => {
    const context = new BuildContext(ROOT);
    const build = overlayPlace(join(directory, 'first'));
    if (isWhole) carryOut(first!, build, context, new Map());
    else {
      mkdirSync(join(build.root, 'image'), { recursive: true });
      await run(process.execPath, ['bin/image-tree.ts', join(build.root, 'image')], { cwd: ROOT });
    }
    const place = bareRoot(root, process.execPath);
    carryOut(last!, place, context, new Map([['build', build]]));
  });
  const running = new Set<ChildProcess>();
  after(() => {
    for (const child of running) child.kill('SIGKILL');
    rmSync(directory, { recursive: true, force: true });
  });

  test('is less than 200 MB besides its base', async () => {
    const { stdout } = await run('du', [
      '-s',
      '--apparent-size',
      '-m',
      join(root, 'opt'),
      join(root, 'usr'),
    ]);
    const megabytes = [...stdout.matchAll(/^\d+/gm)].reduce((sum, [size]) => sum + Number(size), 0);
    assert.ok(megabytes < 200, `${megabytes} MB`);
  });

  test('has its programs on the path, which tell their versions', async () => {
    const asked = [
      ['concord', '--version'],
      ['concord', 'grpc-proxy', '--help'],
      ['concord-gateway', '--version'],
      ['concordctl', 'version'],
      ['concordutl', '--help'],
    ];
    for (const words of asked) {
      const options = { env: environment };
      const { stdout } = await run('/usr/sbin/chroot', [...inside(...words)], options);
      assert.notEqual(stdout, '', words.join(' '));
    }
  });

  test(
    'serves by its own entry point and command, tells that it is healthy, and stops',
    { timeout: 60_000 },
    async () => {
      const [client, peer, http, grpc] = (await freePorts(4)).map(String);
      const entry = execForm(
        last!.instructions.find(({ name }) => name === 'ENTRYPOINT')?.text ?? '',
      )!;
      const command = execForm(
        last!.instructions.findLast(({ name }) => name === 'CMD')?.text ?? '',
      )!;
      const words = [
        ...entry,
        ...command.map((word) => word.replace('0.0.0.0:2379', `127.0.0.1:${client}`)),
        `--listen-peer-urls=http://127.0.0.1:${peer}`,
        `--initial-advertise-peer-urls=http://127.0.0.1:${peer}`,
        `--initial-cluster=default=http://127.0.0.1:${peer}`,
      ];
      const member = await started(words, 'stderr', 'ready to serve client requests');
      const gateway = await started(
        [
          'concord-gateway',
          '--endpoints',
          `127.0.0.1:${client}`,
          '--listen-port',
          http!,
          '--grpc-port',
          grpc!,
          '--mode',
          'development',
        ],
        'stdout',
        'concord-gateway: ready',
      );
      const check =
        last!.instructions.find(({ name }) => name === 'HEALTHCHECK')?.text.replace(/^CMD /, '') ??
        '';
      const health = (url: string): Promise<unknown> =>
        run('/usr/sbin/chroot', [...inside(...execForm(check)!)], {
          env: { ...environment, CONCORD_HEALTH_URL: url },
        });
      await health(`http://127.0.0.1:${client}/readyz`);
      await health(`http://127.0.0.1:${http}/health/ready`);
      const console = await fetch(`http://127.0.0.1:${http}/`, {
        headers: { accept: 'text/html' },
      });
      assert.match(await console.text(), /<div id="root">/);
      for (const child of [gateway, member]) {
        child.kill('SIGTERM');
        await once(child, 'exit');
      }
      await assert.rejects(health(`http://127.0.0.1:${client}/readyz`), /ECONNREFUSED/);
    },
  );

  async function started(words: readonly string[], output: 'stdout' | 'stderr', line: string) {
    const child = spawn(
      '/usr/bin/setpriv',
      ['--pdeathsig', 'KILL', '/usr/sbin/chroot', ...inside(...words)],
      {
        env: environment,
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    running.add(child);
    child.once('exit', () => running.delete(child));
    const said: string[] = [];
    for (const input of [child.stdout, child.stderr])
      createInterface({ input }).on('line', (text) => said.push(text));
    await new Promise<void>((resolve, reject) => {
      createInterface({ input: child[output] }).on(
        'line',
        (text) => text.includes(line) && resolve(),
      );
      child.once('exit', () => reject(new Error(said.join('\n'))));
    });
    return child;
  }
});
