/** Goal: a file that has its name is whole, and what stood there before is not lost. Method: answers of a server that lies. */
import { deepEqual, equal, match, rejects } from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { StatusCode, type SnapshotResponse } from '@concord/protocol';
import { startServer } from '@concord/testing';
import type { EtcdClient } from '../connection/etcd-client.ts';
import type { StreamListener } from '../connection/member-connection.ts';
import { RpcError } from '../connection/rpc-error.ts';
import { concordctl } from '../in-process.fixture.ts';
import { saveSnapshot } from './save-snapshot.ts';

const directory = mkdtempSync(join(tmpdir(), 'concord-save-'));
after(() => rmSync(directory, { recursive: true, force: true }));

/** Pages, and the digest behind them. */
function database(bytes: number): Buffer {
  const pages = randomBytes(bytes);
  return Buffer.concat([pages, createHash('sha256').update(pages).digest()]);
}

type Script = readonly (Buffer | RpcError)[];

/** A server that sends these pieces, and then says that it was all, or what is wrong. */
function sending(script: Script): EtcdClient {
  const open = (_method: unknown, listener: StreamListener<SnapshotResponse>): object => {
    const left = script.reduce((sum, one) => sum + (Buffer.isBuffer(one) ? one.length : 0), 0);
    let remainingBytes = left;
    const start = (): void => {
      for (const piece of script) {
        if (piece instanceof RpcError) return listener.end(piece);
        remainingBytes -= piece.length;
        listener.message({ header: undefined, blob: piece, remainingBytes, version: '3.6.0' });
      }
      listener.end(undefined);
    };
    const nothing = (): void => undefined;
    return {
      send: nothing,
      finish: () => setImmediate(start),
      cancel: nothing,
      pause: nothing,
      resume: nothing,
    };
  };
  return { open } as unknown as EtcdClient;
}

const whole = database(8192);
const pieces = (all: Buffer): Buffer[] =>
  Array.from({ length: Math.ceil(all.length / 1000) }, (_, i) =>
    all.subarray(i * 1000, i * 1000 + 1000),
  );

const save = (
  path: string,
  script: Script,
  signal = new AbortController().signal,
): Promise<string> =>
  saveSnapshot(sending(script), path, {
    signal,
    onEvent: () => undefined,
    onProgress: () => undefined,
  });

test('what was sent is what is in the file', async () => {
  const path = join(directory, 'whole.db');
  equal(await save(path, pieces(whole)), '3.6.0');
  deepEqual(readFileSync(path), whole);
});

const flipped = Buffer.from(whole);
flipped[4000] = (flipped[4000] ?? 0) ^ 1;

const failures: Readonly<Record<string, [Script, RegExp]>> = {
  'a bit that has changed on the way': [pieces(flipped), /expected sha256 [0-9a-f]{64}, got/],
  'an end that comes too early': [
    pieces(whole).slice(0, -1),
    /sha256 checksum not found \[bytes: 8000\]/,
  ],
  'a stream without a digest': [
    [whole.subarray(0, 8192)],
    /sha256 checksum not found \[bytes: 8192\]/,
  ],
  'a server that sends nothing': [[], /sha256 checksum not found \[bytes: 0\]/],
  'a server that fails': [
    [whole.subarray(0, 500), new RpcError(StatusCode.UNAVAILABLE, 'gone', true)],
    /desc = gone/,
  ],
};

for (const [name, [script, problem]] of Object.entries(failures)) {
  test(`${name} leaves the former file as it was, and no part of another`, async () => {
    const path = join(directory, 'former.db');
    writeFileSync(path, 'former');
    await rejects(save(path, script), problem);
    equal(readFileSync(path, 'utf8'), 'former');
    deepEqual(
      readdirSync(directory).filter((file) => file.endsWith('.part')),
      [],
    );
  });
}

test('an interrupt ends it, and takes the part away', async () => {
  const path = join(directory, 'interrupted.db');
  await rejects(save(path, [], AbortSignal.abort()), /context canceled/);
  equal(existsSync(`${path}.part`), false);
});

test('concordctl says what etcdctl says', async () => {
  await using server = await startServer();
  const [endpoint = ''] = server.endpoints;
  const path = join(directory, 'saved.db');
  const { status, stdout, stderr } = await concordctl([
    '--endpoints',
    endpoint,
    'snapshot',
    'save',
    path,
  ]);
  equal(status, 0, stderr);
  match(stdout, new RegExp(`^Snapshot saved at ${path}\nServer version 3\\.6\\.\\d+\n$`));
  const told = stderr
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { msg: string }).msg);
  deepEqual(told, ['created temporary db file', 'fetching snapshot', 'fetched snapshot', 'saved']);
  const shown = await concordctl(['snapshot', 'status', path]);
  equal(shown.status, 0);
  match(shown.stderr, /^Deprecated: Use `concordutl snapshot status` instead\.\n/);
  match(shown.stdout, /^[0-9a-f]+, \d+, \d+, \d+ kB, 3\.6\.\d\n$/);

  const many = await concordctl(['--endpoints', 'a:1,b:2', 'snapshot', 'save', path]);
  deepEqual(many, {
    status: 5,
    stdout: '',
    stderr: 'Error: snapshot must be requested to one selected node, not multiple [a:1 b:2]\n',
  });
  const none = await concordctl(['snapshot', 'save']);
  equal(none.status, 128);
  equal(none.stderr, 'Error: snapshot save expects one argument <filename>\n');
  const lost = await concordctl(['--endpoints', endpoint, 'snapshot', 'save', '/no/such/place.db']);
  deepEqual(lost, {
    status: 5,
    stdout: '',
    stderr:
      'Error: could not open /no/such/place.db.part (open /no/such/place.db.part: no such file or directory)\n',
  });
});
