/**
 * Builds one file that is a member, `concordctl` and `concordutl`, for machines without Node: the Node that the lockfile
 * pins, with what `npm run build` has bundled and the packages that stay outside of the bundles (LMDB's native code among
 * them) inside. Which of the three it is says the name that it is called by, or its first word.
 *
 * Usage: npm run sea [-- --output FILE]      default dist/concord; for the platform that it is built on
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { inject } from 'postject';
import { runtimeTree, type TreeFile } from './runtime-tree.ts';

const root = resolve(import.meta.dirname, '..');
const { values } = parseArgs({ options: { output: { type: 'string' } } });
const output = resolve(values.output ?? join(root, 'dist/concord'));

/** Marks the place in Node's binary where the resource is looked for; fixed by Node. */
const FUSE = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2';
const RESOURCE = 'NODE_SEA_BLOB';
/** Modules can be imported from a file, and not from inside of the executable. */
const RUN = "module.exports = (entry) => import(require('node:url').pathToFileURL(entry).href);\n";

/** A JSON list of paths and lengths, its own length before it, and the files one after the other; `start.cjs` reads it. */
function archiveOf(packed: readonly TreeFile[]): Buffer {
  const index = Buffer.from(
    JSON.stringify(packed.map(({ path, content }) => [path, content.length])),
  );
  const length = Buffer.alloc(4);
  length.writeUInt32BE(index.length);
  return gzipSync(Buffer.concat([length, index, ...packed.map(({ content }) => content)]), {
    level: 9,
  });
}

const folder = mkdtempSync(join(tmpdir(), 'concord-sea-'));
try {
  const archive = archiveOf([
    ...runtimeTree(['server', 'ctl']),
    { path: 'run.cjs', content: Buffer.from(RUN) },
  ]);
  writeFileSync(join(folder, 'files'), archive);
  // What is unpacked is called by what is in it: an executable of another version brings its own.
  writeFileSync(
    join(folder, 'id'),
    createHash('sha256').update(archive).digest('hex').slice(0, 32),
  );
  const blob = join(folder, 'blob');
  const configuration = {
    main: join(root, 'packaging/single-file/start.cjs'),
    output: blob,
    disableExperimentalSEAWarning: true,
    execArgv: ['--disable-warning=ExperimentalWarning', '--disable-sigusr1'],
    execArgvExtension: 'env',
    assets: { files: join(folder, 'files'), id: join(folder, 'id') },
  };
  writeFileSync(join(folder, 'sea.json'), JSON.stringify(configuration));
  const { status } = spawnSync(
    process.execPath,
    ['--experimental-sea-config', join(folder, 'sea.json')],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  if (status !== 0) process.exit(status ?? 1);
  mkdirSync(dirname(output), { recursive: true });
  rmSync(output, { force: true });
  copyFileSync(process.execPath, output);
  chmodSync(output, 0o755);
  const machOSegmentName = process.platform === 'darwin' ? { machoSegmentName: 'NODE_SEA' } : {};
  await inject(output, RESOURCE, readFileSync(blob), { sentinelFuse: FUSE, ...machOSegmentName });
  console.log(`${output}: ${(readFileSync(output).length / 2 ** 20).toFixed(0)} MB`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
