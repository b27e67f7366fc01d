/**
 * Builds what `node_modules/.bin` runs: each application bundled into one file, so that it starts fast and
 * needs no TypeScript at run time. Libraries are emitted by `tsc --build`, which also checks every type.
 *
 * Usage: npm run build              everything
 *        node bin/build.ts --quiet  only the bundles, and only if a source is newer than they are
 */
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { build } from 'esbuild';

interface Bundle {
  readonly entry: string;
  readonly output: string;
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
  ...threadsIn('apps/server/dist'),
  {
    entry: 'apps/server/src/auth/password-thread.ts',
    output: 'apps/server/dist/password-thread.js',
  },
  { entry: 'apps/ctl/src/concordutl/main.ts', output: 'apps/ctl/dist/concordutl.js' },
  ...threadsIn('apps/ctl/dist'),
];

/** Examples are written with decorators, which Node does not run; their packages stay where they are. */
const examples: readonly Bundle[] = ['payments', 'orders', 'worker'].map((program) => ({
  entry: `examples/shop/${program}/main.ts`,
  output: `examples/dist/${program}.js`,
}));

/** Packages with native code stay outside the bundle and are resolved at run time. */
const external = ['lmdb', 'pino', 'prom-client', 'ws', 'yaml'];

const newestSource = (): number =>
  Math.max(
    ...globSync([
      'packages/*/src/**/*.ts',
      'apps/*/src/**/*.ts',
      'examples/shop/**/*.ts',
      'package-lock.json',
      'bin/build.ts',
    ]).map((file) => statSync(file).mtimeMs),
  );
const oldestBundle = (): number =>
  Math.min(
    ...[...bundles, ...examples].map(({ output }) =>
      existsSync(output) ? statSync(output).mtimeMs : 0,
    ),
  );

async function bundle(): Promise<void> {
  for (const { entry, output } of bundles) {
    await build({
      entryPoints: [entry],
      outfile: output,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node22',
      conditions: ['@concord/source'],
      external,
      sourcemap: true,
      legalComments: 'none',
      logLevel: 'warning',
    });
  }
  for (const { entry, output } of examples) {
    await build({
      entryPoints: [entry],
      outfile: output,
      bundle: true,
      packages: 'external',
      platform: 'node',
      format: 'esm',
      target: 'node22',
      sourcemap: true,
      logLevel: 'warning',
      tsconfig: 'examples/tsconfig.json',
    });
  }
}

const quiet = process.argv.includes('--quiet');
if (!quiet || oldestBundle() < newestSource()) await bundle();
if (!quiet) {
  const { status } = spawnSync('node_modules/.bin/tsc', ['--build'], { stdio: 'inherit' });
  process.exitCode = status ?? 1;
}
