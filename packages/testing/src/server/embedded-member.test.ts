/**
 * Goal: without the server beside it this package says what to install, and leaves nothing behind; all else works. Method:
 * its sources in a project of their own, with what it depends on and nothing more.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

const HERE = join(import.meta.dirname, '../..');
const directory = mkdtempSync(join(tmpdir(), 'testing-alone-'));
after(() => rmSync(directory, { recursive: true, force: true }));
cpSync(join(HERE, 'src'), join(directory, 'testing/src'), { recursive: true });
cpSync(join(HERE, 'package.json'), join(directory, 'testing/package.json'));

/** What the program prints, in the project. */
function run(program: string): unknown {
  const temporary = join(directory, 'tmp');
  mkdirSync(temporary, { recursive: true });
  const path = join(directory, 'main.mjs');
  writeFileSync(path, program);
  const { stdout, stderr } = spawnSync(process.execPath, [path], {
    encoding: 'utf8',
    env: { TMPDIR: temporary },
  });
  assert.deepEqual(readdirSync(temporary), []);
  assert.notEqual(stdout, '', stderr);
  return JSON.parse(stdout);
}

const program = `
  import { FaultProxy, startCluster, startServer } from './testing/src/index.ts';
  const proxy = await FaultProxy.start({ target: '127.0.0.1:1' });
  const messages = [];
  for (const start of [startServer, startCluster]) await start().catch((error) => messages.push(error.message));
  await proxy.close();
  console.log(JSON.stringify(messages));
`;

test('a server that is not installed is named, with what to do', () => {
  const message =
    'the member to start is in @concord/server, which is not installed: ' +
    'npm install --save-dev @concord/server, in the version of @concord/testing';
  assert.deepEqual(run(program), [message, message]);
});

test('so is one that is too old to have a member for tests', () => {
  const server = join(directory, 'node_modules/@concord/server');
  mkdirSync(server, { recursive: true });
  writeFileSync(join(server, 'package.json'), '{ "name": "@concord/server", "exports": {} }');
  const message =
    'the @concord/server that is installed has no member for tests: ' +
    'npm install --save-dev @concord/server, in the version of @concord/testing';
  assert.deepEqual(run(program), [message, message]);
});

test('the server is declared, as a peer that one may do without', () => {
  const read = (path: string): Record<string, Record<string, unknown>> =>
    JSON.parse(readFileSync(path, 'utf8')) as Record<string, Record<string, unknown>>;
  const manifest = read(join(HERE, 'package.json'));
  const server = read(createRequire(import.meta.url).resolve('@concord/server/package.json'));
  assert.deepEqual(manifest['peerDependencies'], { '@concord/server': server['version'] });
  assert.deepEqual(manifest['peerDependenciesMeta'], { '@concord/server': { optional: true } });
});
