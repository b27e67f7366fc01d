/**
 * Goal: the image is small, without a shell, run by nobody in particular, and made of what the repository has. Method: the
 * Dockerfile, .dockerignore and the compose file are read; `npm run packaging` has linters judge them, and carries out the
 * Dockerfile's steps.
 */
import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { ROOT } from '../../sdk/packages/published.ts';
import { BuildContext } from './build-context.ts';
import { execForm, parseDockerfile, type Instruction } from './dockerfile.ts';

const folder = join(ROOT, 'packaging/docker');
const stages = parseDockerfile(readFileSync(join(folder, 'Dockerfile'), 'utf8'));
const last = stages.at(-1)!;
const of = (name: string): Instruction | undefined =>
  last.instructions.findLast((each) => each.name === name);
const context = new BuildContext(ROOT);

test('the image is run by a user that is not root, by number, so that Kubernetes can tell', () => {
  assert.match(of('USER')?.text ?? '', /^[1-9]\d*:[1-9]\d*$/);
});

test('nothing in the image needs a shell', () => {
  assert.equal(of('RUN'), undefined);
  const commands = [
    of('ENTRYPOINT')?.text,
    of('CMD')?.text,
    of('HEALTHCHECK')?.text.replace(/^CMD /, ''),
  ];
  for (const command of commands) assert.ok(Array.isArray(execForm(command ?? '')), command);
});

test('each base has a version', () => {
  for (const { base } of stages) assert.match(base, /:[\w.-]+$/);
  for (const { base } of stages) assert.doesNotMatch(base, /:latest$/);
});

test('what is copied from the repository is there, and is not ignored', () => {
  const copied = stages
    .flatMap(({ instructions }) => instructions)
    .filter(
      ({ name, flags }) => name === 'COPY' && !flags.some((flag) => flag.startsWith('--from')),
    )
    .flatMap(({ text }) => text.split(/\s+/).slice(0, -1));
  for (const pattern of copied.filter((each) => each !== '.')) {
    const files = globSync(pattern, { cwd: ROOT });
    assert.notEqual(files.length, 0, pattern);
    for (const file of files) assert.equal(context.ignores(file), false, file);
  }
  const workspaces = globSync(['apps/*', 'packages/*', 'examples', 'test'], { cwd: ROOT }).filter(
    (each) => existsSync(join(ROOT, each, 'package.json')),
  );
  for (const workspace of workspaces) {
    const manifest = `${workspace}/package.json`;
    assert.ok(
      copied.some((pattern) => globSync(pattern, { cwd: ROOT }).includes(manifest)),
      manifest,
    );
  }
});

test('what is installed, built, secret or large is not sent', () => {
  const unwanted = [
    'node_modules/lmdb/index.js',
    'apps/server/dist/main.js',
    '.git/config',
    'packages/kv/dist/index.js',
    'test/run.ts',
    'docs/auth.md',
    '.concord/member/wal/0',
  ];
  for (const path of unwanted) assert.ok(context.ignores(path), path);
  for (const path of [
    'bin/build.ts',
    'apps/server/src/main.ts',
    'proto/concord/lock/v1/lock.proto',
    'test/package.json',
    'packaging/docker/health.js',
    'LICENSE',
  ]) {
    assert.equal(context.ignores(path), false, path);
  }
});

interface Service {
  readonly environment: Readonly<Record<string, string>>;
  readonly volumes: readonly string[];
  readonly ports: readonly string[];
}

test('the compose file starts members that know each other, each with a volume and a port of its own', () => {
  const compose = parse(readFileSync(join(folder, 'compose.yaml'), 'utf8'), { merge: true }) as {
    services: Record<string, Service>;
    volumes: Record<string, unknown>;
  };
  const members = Object.entries(compose.services).filter(([name]) => name !== 'gateway');
  assert.equal(members.length, 3);
  const list = members.map(([name]) => `${name}=http://${name}:2380`).join();
  for (const [name, { environment, volumes }] of members) {
    assert.equal(environment['ETCD_NAME'], name);
    assert.equal(environment['ETCD_INITIAL_CLUSTER'], list);
    assert.equal(environment['ETCD_ADVERTISE_CLIENT_URLS'], `http://${name}:2379`);
    assert.deepEqual(volumes, [`${name}:/var/lib/concord`]);
  }
  const { gateway } = compose.services;
  const endpoints = members.map(([name]) => `${name}:2379`).join();
  assert.equal(gateway?.environment['CONCORD_GATEWAY_ENDPOINTS'], endpoints);
  const ports = Object.values(compose.services).flatMap(({ ports }) =>
    ports.map((port) => port.split(':')[1]),
  );
  assert.equal(new Set(ports).size, ports.length);
  // The members have no users until the console has made one.
  for (const { ports } of Object.values(compose.services)) {
    for (const port of ports) assert.match(port, /^127\.0\.0\.1:/);
  }
  assert.deepEqual(Object.keys(compose.volumes).sort(), Object.keys(compose.services).sort());
});
