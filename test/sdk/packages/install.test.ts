/**
 * Goal: what we publish works where it is installed: in an ESM project, in a CommonJS one, and for TypeScript with its
 * strictest look at declarations. Method: the tarballs in a directory of their own, the four lines of the README against
 * a member from the tarballs. Node 22 and the test runners of others are in `main.ts`.
 */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test, type TestContext } from 'node:test';
import { ROOT, build, packAll } from './published.ts';
import { NoRegistryError, UserProject } from './user-project.ts';

let directory = '';
let project: UserProject | NoRegistryError;

before(async () => {
  await build();
  directory = await mkdtemp(join(tmpdir(), 'concord-user-'));
  const tarballs = await packAll(directory);
  try {
    project = await UserProject.create(join(directory, 'project'), 'module', tarballs);
  } catch (error) {
    if (!(error instanceof NoRegistryError)) throw error;
    project = error;
  }
});
after(() => rm(directory, { recursive: true, force: true }));

/** Undefined, and the test skipped, where nothing could be installed. */
function installed(context: TestContext): UserProject | undefined {
  if (project instanceof UserProject) return project;
  context.skip('npm reaches no registry here');
  return undefined;
}

const SEEN = { port: 3000, dbUrl: 'postgres://db', token: 'number', isHeld: true };

for (const [kind, program] of [
  ['an ESM project', 'main.mjs'],
  ['a CommonJS project', 'main.cjs'],
] as const) {
  test(`the four lines work in ${kind}, and the program ends by itself`, async (context) => {
    const outcome = await installed(context)?.run(process.execPath, [program]);
    if (outcome === undefined) return;
    assert.equal(outcome.status, 0, outcome.stderr);
    assert.deepEqual(JSON.parse(outcome.stdout), SEEN);
    assert.equal(outcome.stderr, '');
  });
}

test('the declarations make sense to TypeScript by themselves', async (context) => {
  const tsc = join(ROOT, 'node_modules/.bin/tsc');
  const flags = [
    '--noEmit',
    '--strict',
    '--module',
    'nodenext',
    '--target',
    'es2024',
    '--lib',
    'es2024,esnext.disposable',
  ];
  const types = ['--types', 'node', '--typeRoots', join(ROOT, 'node_modules/@types')];
  const outcome = await installed(context)?.run(process.execPath, [
    tsc,
    ...flags,
    ...types,
    'main.mts',
  ]);
  if (outcome === undefined) return;
  assert.equal(outcome.status, 0, outcome.stdout);
});
