/**
 * Builds what `node_modules/.bin` runs: each application bundled into one file, so that it starts fast and
 * needs no TypeScript at run time. Libraries are emitted by `tsc --build`, which also checks every type.
 *
 * Usage: npm run build              everything
 *        node bin/build.ts --quiet  only the bundles, and only if a source is newer than they are
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, globSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, resolve } from 'node:path';
import { build, type Plugin } from 'esbuild';

interface Bundle {
  readonly entry: string;
  readonly output: string;
  /** Parts that are loaded on demand stay files of their own, in this folder beside the output. */
  readonly partsIn?: string;
}

/** A thread is a program of its own, found beside the file that starts it. */
const threadsIn = (directory: string): Bundle[] =>
  ['sync-thread', 'lmdb/store-thread', 'snapshot/incoming-thread'].map((thread) => ({
    entry: `packages/storage/src/${thread}.ts`,
    output: `${directory}/${basename(thread)}.js`,
  }));

const bundles: readonly Bundle[] = [
  { entry: 'apps/server/src/main.ts', output: 'apps/server/dist/main.js' },
  { entry: 'apps/server/src/embedded.ts', output: 'apps/server/dist/embedded.js' },
  { entry: 'apps/server/src/proxy/main.ts', output: 'apps/server/dist/proxy.js' },
  ...threadsIn('apps/server/dist'),
  {
    entry: 'apps/server/src/auth/password-thread.ts',
    output: 'apps/server/dist/password-thread.js',
  },
  {
    entry: 'apps/ctl/src/concordctl/main.ts',
    output: 'apps/ctl/dist/concordctl.js',
    partsIn: 'concordctl-parts',
  },
  ...threadsIn('apps/ctl/dist/concordctl-parts'),
  { entry: 'apps/ctl/src/concordutl/main.ts', output: 'apps/ctl/dist/concordutl.js' },
  ...threadsIn('apps/ctl/dist'),
];

/** Nest's programs are written with decorators, which Node does not run; their packages stay where they are. */
interface NestProgram extends Bundle {
  readonly tsconfig: string;
  /** What stays outside of the bundle: every package, or every package that is not ours. */
  readonly external: 'packages' | 'foreign packages';
}

const nestPrograms: readonly NestProgram[] = [
  {
    entry: 'apps/gateway/src/main.ts',
    output: 'apps/gateway/dist/main.js',
    tsconfig: 'apps/gateway/tsconfig.json',
    external: 'foreign packages',
  },
  ...['payments', 'orders', 'worker'].map((program) => ({
    entry: `examples/shop/${program}/main.ts`,
    output: `examples/dist/${program}.js`,
    tsconfig: 'examples/tsconfig.json',
    external: 'packages' as const,
  })),
];

/** Packages with native code stay outside the bundle and are resolved at run time. */
const external = ['lmdb', 'pino', 'prom-client', 'ws', 'yaml'];

const requireBanner =
  "import { createRequire as requireMaker } from 'node:module'; const require = requireMaker(import.meta.url);";

/** The console is a set of files that browsers load. */
const consolePage = 'apps/gateway/dist/console/index.html';

const newestSource = (): number =>
  Math.max(
    ...globSync([
      'packages/*/src/**/*.ts',
      'proto/concord/*/v1/*.proto',
      'apps/*/src/**/*.{ts,tsx,css,json}',
      'apps/console/index.html',
      'apps/console/vite.config.ts',
      'examples/shop/**/*.ts',
      'package-lock.json',
      'bin/build.ts',
    ]).map((file) => statSync(file).mtimeMs),
  );
const oldestBundle = (): number =>
  Math.min(
    ...[...[...bundles, ...nestPrograms].map(({ output }) => output), consolePage].map((output) =>
      existsSync(output) ? statSync(output).mtimeMs : 0,
    ),
  );

/** Nest asks for packages that are not there, and grpc-js must be one copy: only our own are taken in. */
const foreignPackagesOutside: Plugin = {
  name: 'foreign-packages-outside',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
      kind === 'entry-point' || path.startsWith('@concord/') ? undefined : { path, external: true },
    ),
};

async function bundle(): Promise<void> {
  for (const { entry, output, partsIn } of bundles) {
    if (partsIn !== undefined) {
      rmSync(`${dirname(output)}/${partsIn}`, { recursive: true, force: true });
    }
    await build({
      ...(partsIn === undefined
        ? { entryPoints: [entry], outfile: output }
        : {
            entryPoints: { [basename(output, '.js')]: entry },
            outdir: dirname(output),
            splitting: true,
            chunkNames: `${partsIn}/[name]-[hash]`,
            // Packages of the client's that are CommonJS ask for Node's modules by `require`.
            banner: { js: requireBanner },
          }),
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node22',
      conditions: ['@concord/source'],
      external: partsIn === undefined ? external : ['lmdb'],
      sourcemap: true,
      legalComments: 'none',
      logLevel: 'warning',
    });
  }
  for (const { entry, output, tsconfig, external } of nestPrograms) {
    await build({
      entryPoints: [entry],
      outfile: output,
      bundle: true,
      ...(external === 'packages'
        ? { packages: 'external' }
        : { plugins: [foreignPackagesOutside], conditions: ['@concord/source'] }),
      platform: 'node',
      format: 'esm',
      target: 'node22',
      sourcemap: true,
      logLevel: 'warning',
      tsconfig,
    });
  }
}

/** Vite belongs to the console's workspace, wherever npm has put it. */
function buildConsole(): void {
  const { resolve: find } = createRequire(resolve('apps/console/package.json'));
  const vite = resolve(find('vite/package.json'), '../bin/vite.js');
  const { status } = spawnSync(
    process.execPath,
    [vite, 'build', '--config', 'apps/console/vite.config.ts', '--logLevel', 'warn'],
    { stdio: 'inherit' },
  );
  if (status !== 0) process.exit(status ?? 1);
}

const quiet = process.argv.includes('--quiet');
/** What the gateway's reflection tells is what these files say. */
function copyProtocols(): void {
  for (const subject of ['registry', 'config', 'lock']) {
    const folder = `proto/concord/${subject}`;
    cpSync(folder, `apps/gateway/dist/${folder}`, { recursive: true });
  }
}

if (!quiet || oldestBundle() < newestSource()) {
  await bundle();
  copyProtocols();
  buildConsole();
}
if (!quiet) {
  const { status } = spawnSync('node_modules/.bin/tsc', ['--build'], { stdio: 'inherit' });
  process.exitCode = status ?? 1;
}
