/**
 * Goal: the tarballs resolve in Node, in TypeScript and in bundlers, hold what they should and nothing else, and bundle to
 * what is used of them. Method: publint, "are the types wrong" (which forgives the resolutions that ESM packages can't
 * serve), and esbuild's own account of what went into a bundle.
 */
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { build as bundle } from 'esbuild';
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { PUBLISHED, ROOT, build, manifestOf, packAll, type Published } from './published.ts';

let directory = '';
let tarballs: ReadonlyMap<string, string> = new Map();

before(async () => {
  await build();
  directory = await mkdtemp(join(tmpdir(), 'concord-packs-'));
  tarballs = await packAll(directory);
});
after(() => rm(directory, { recursive: true, force: true }));

async function tarballOf(name: Published): Promise<Buffer> {
  const path = tarballs.get(manifestOf(name).name);
  assert.ok(path, `no tarball of ${name}`);
  return await readFile(path);
}

/** What an ESM package can't serve: TypeScript's resolution of old, and a \`require\` that knows no ESM. */
const FORGIVEN = new Set(['node10', 'node16-cjs']);

for (const name of PUBLISHED) {
  test(`${name} is a package that publint has nothing to say about`, async () => {
    const tarball = await tarballOf(name);
    const pack = { tarball: new Uint8Array(tarball).buffer };
    const { messages, pkg } = await publint({ pack, strict: true });
    assert.deepEqual(
      messages.map((message) => formatMessage(message, pkg)),
      [],
    );
  });

  test(`the types of ${name} are those of its code`, async () => {
    const result = await checkPackage(createPackageFromTarballData(await tarballOf(name)));
    assert.ok(result.types !== false, 'it has types');
    const problems = result.problems.filter(
      (problem) => !('resolutionKind' in problem && FORGIVEN.has(problem.resolutionKind)),
    );
    assert.deepEqual(problems, []);
  });

  test(`the tarball of ${name} holds no tests and no notes of the compiler`, async () => {
    const files = createPackageFromTarballData(await tarballOf(name)).listFiles();
    const strange = files.filter((file) =>
      /\.test\.|\.fixture\.|\/harness\/|tsbuildinfo/.test(file),
    );
    assert.deepEqual(strange, []);
    for (const wanted of ['README.md', 'LICENSE', 'dist/index.js', 'dist/index.d.ts']) {
      assert.ok(
        files.some((file) => file.endsWith(`/${wanted}`)),
        `${name} has a ${wanted}`,
      );
    }
  });
}

/** Which files have left anything in a bundle of this program. */
async function bundled(program: string): Promise<readonly string[]> {
  const { metafile } = await bundle({
    stdin: { contents: program, resolveDir: ROOT, sourcefile: 'program.mjs' },
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'silent',
  });
  const [output] = Object.values(metafile.outputs);
  return Object.entries(output?.inputs ?? {}).flatMap(([file, { bytesInOutput }]) =>
    bytesInOutput > 0 ? [file] : [],
  );
}

/** Exports that need no connection, with how many of our files they need at most. */
const SMALL: readonly (readonly [name: string, from: Published, filesMax: number])[] = [
  ['durationMs', 'client', 4],
  ['ConcordError', 'client', 4],
  ['defineService', 'registry', 12],
  ['defineConfig', 'config', 12],
  ['Random', 'testing', 3],
  ['StatusCode', 'protocol', 3],
];

for (const [name, from, filesMax] of SMALL) {
  test(`a bundle of ${name} from ${from} holds what it needs, and no gRPC`, async () => {
    const files = await bundled(
      `import { ${name} } from '@concord/${from}'; console.log(${name});`,
    );
    const foreign = files.filter((file) =>
      /node_modules\/(@grpc|cockatiel|opossum|undici)/.test(file),
    );
    assert.deepEqual(foreign, []);
    const ours = files.filter(
      (file) => !file.includes('node_modules') && file.startsWith('packages/'),
    );
    assert.ok(ours.length > 0 && ours.length <= filesMax, ours.join('\n'));
  });
}

test('a bundle of the client holds gRPC, so that the account of bundles is to be believed', async () => {
  const files = await bundled("import { Client } from '@concord/client'; console.log(Client)");
  assert.ok(files.some((file) => file.includes('node_modules/@grpc/grpc-js')));
});
