/** The stream of `Maintenance.Snapshot`: its messages, its moment, and what a slow client costs. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { KeyValue } from '@concord/protocol';
import { BboltReader } from '@concord/storage';
import { concord, type Backend } from '../conformance/harness/backend.ts';
import { Server } from '../conformance/harness/server.ts';
import { WireClient } from '../conformance/harness/wire-client.ts';
import { SnapshotCall } from './snapshot-call.ts';

const DIGEST_BYTES = 32;
const BLOB_BYTES = 32 * 1024;
const SNAPSHOTS_MAX = 3;
const VALUES = 96;
const VALUE_BYTES = 1_000_000;
/** Half of what the streams would hold together, and above what garbage collection leaves lying about (up to 90 MB). */
const GROWTH_BYTES_MAX = (SNAPSHOTS_MAX * VALUES * VALUE_BYTES) / 2;

describe('a snapshot that is streamed', () => {
  const directory = mkdtempSync(join(tmpdir(), 'concord-stream-'));
  let server: Server;
  let client: WireClient;

  before(async () => {
    server = await Server.start(concord() as Backend);
    client = new WireClient(server.endpoint);
    for (let i = 0; i < VALUES; i++) await put(`large/${i}`, Buffer.alloc(VALUE_BYTES, i));
  });
  after(async () => {
    client.close();
    await server.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  const put = async (key: string, value: Buffer): Promise<number> => {
    const { header } = await client.must('Put', { key: Buffer.from(key), value });
    return Number(header?.revision);
  };

  /** What the process holds of its own. Pages of the store that it maps are the kernel's, and come and go. */
  const ownBytes = (): number => {
    const status = readFileSync(`/proc/${server.pid}/status`, 'utf8');
    return 1024 * Number(/^RssAnon:\s+(\d+) kB$/m.exec(status)?.[1]);
  };

  test('comes in pieces of 32 KiB that say what remains, and ends with their SHA-256', async () => {
    using call = new SnapshotCall(server.endpoint);
    const hash = createHash('sha256');
    let remaining: number | undefined;
    let last: Buffer = Buffer.alloc(0);
    for await (const message of call.messages()) {
      const { blob, header, version } = message;
      assert.equal(header, null);
      assert.equal(version, '3.6.0');
      const now = Number(message.remaining_bytes);
      if (remaining !== undefined && remaining > 0) {
        assert.equal(blob.length, Math.min(remaining, BLOB_BYTES));
        assert.equal(now, remaining - blob.length);
      }
      const isDigest = remaining === 0;
      if (!isDigest) hash.update(blob);
      remaining = now;
      last = blob;
    }
    assert.equal(remaining, 0);
    assert.equal(last.length, DIGEST_BYTES);
    assert.deepEqual(last, hash.digest());
  });

  test('is of the moment of its call, whatever is written while the client reads', async () => {
    const revision = await put('before', Buffer.from('the call'));
    using call = new SnapshotCall(server.endpoint);
    const messages = call.messages();
    const { value: first } = await messages.next();
    const blobs = [first?.blob ?? Buffer.alloc(0)];
    for (let i = 0; i < 200; i++) await put(`large/${i % 4}`, Buffer.alloc(100_000, i));
    for await (const { blob } of messages) blobs.push(blob);
    const file = join(directory, 'moment.db');
    writeFileSync(file, Buffer.concat(blobs));
    const keys = new Map<string, number>();
    const reader = new BboltReader(file);
    for (const leaf of reader.leaves()) {
      if (leaf.bucket !== 'key') continue;
      for (let i = 0; i < leaf.count; i++) {
        const { key, modRevision } = KeyValue.decode(leaf.value(i));
        keys.set(Buffer.from(key).toString(), modRevision);
      }
    }
    reader.close();
    assert.equal(Math.max(...keys.values()), revision);
    assert.equal(keys.get('before'), revision);
    assert.equal(keys.size, VALUES + 1);
  });

  test(
    'waits for a client that does not read, without holding it in memory or holding others up',
    { skip: process.platform !== 'linux' && 'asks /proc' },
    async () => {
      const restingBytes = ownBytes();
      const calls = Array.from({ length: SNAPSHOTS_MAX }, () => new SnapshotCall(server.endpoint));
      for (const call of calls) {
        const { value: first } = await call.messages().next();
        assert.ok(Number(first?.remaining_bytes) > VALUES * VALUE_BYTES);
      }
      for (let i = 0; i < 50; i++) await put('meanwhile', Buffer.from(String(i)));
      const grownBytes = ownBytes() - restingBytes;
      for (const call of calls) call[Symbol.dispose]();
      assert.ok(grownBytes < GROWTH_BYTES_MAX, `grew by ${grownBytes} bytes`);
    },
  );

  test('is given up with its client, and makes room for another', async () => {
    for (let i = 0; i < 2 * SNAPSHOTS_MAX; i++) {
      using call = new SnapshotCall(server.endpoint);
      assert.ok((await call.messages().next()).value);
    }
    using whole = new SnapshotCall(server.endpoint);
    assert.ok((await whole.blobs()).length > VALUES * VALUE_BYTES);
  });

  test(`is one of ${SNAPSHOTS_MAX} at a time, because each makes the file grow under writes`, async () => {
    const calls = Array.from({ length: SNAPSHOTS_MAX }, () => new SnapshotCall(server.endpoint));
    await Promise.all(calls.map((call) => call.messages().next()));
    using refused = new SnapshotCall(server.endpoint);
    await assert.rejects(refused.blobs(), { details: 'etcdserver: too many requests' });
    for (const call of calls) call[Symbol.dispose]();
  });
});
