/** What `concordutl snapshot restore` makes of snapshots that are not plain, and of flags that change what it makes. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { concord, type Backend } from '../conformance/harness/backend.ts';
import { WireClient } from '../conformance/harness/wire-client.ts';
import { readContent, type Content } from './content.ts';
import { MemberProcess, clusterFlags, memberPlaces, type MemberPlace } from './member-process.ts';
import { populate } from './population.ts';
import { concordutl, etcdctl, isOnPath } from './programs.ts';

const ours = concord() as Backend;
const directory = mkdtempSync(join(tmpdir(), 'concord-restore-'));
after(() => rmSync(directory, { recursive: true, force: true }));

const place = async (name: string): Promise<MemberPlace> => {
  const [only] = await memberPlaces(join(directory, name), 1);
  assert.ok(only);
  return only;
};

const restore = (file: string, own: MemberPlace, ...flags: string[]): string =>
  concordutl('snapshot', 'restore', file, ...clusterFlags(own, [own]), ...flags);

const skip = isOnPath('etcdctl') ? false : 'there is no etcdctl on the PATH';

describe('a snapshot of Concord', { skip }, () => {
  const file = join(directory, 'snapshot.db');
  let compacted = 0;
  let content: Content;
  before(async () => {
    await using member = await MemberProcess.start(ours, await place('source'));
    compacted = await populate(member.endpoint);
    content = await readContent(member.endpoint, compacted);
    etcdctl('--endpoints', member.endpoint, 'snapshot', 'save', file);
  });

  test('reaches a member that joins the restored cluster later, although no log holds it', async () => {
    const [first, second] = await memberPlaces(join(directory, 'joined'), 2);
    assert.ok(first && second);
    restore(file, first);
    await using member = await MemberProcess.start(ours, first);
    etcdctl(
      '--endpoints',
      member.endpoint,
      'member',
      'add',
      second.name,
      '--peer-urls',
      second.peerUrl,
    );
    const existing = ['--initial-cluster-state', 'existing'];
    await using joined = await MemberProcess.start(ours, second, [first, second], existing);
    assert.deepEqual(await readContent(joined.endpoint, compacted), content);
  });

  test('is restored at a higher revision, with everything before it compacted, and a log elsewhere', async () => {
    const own = await place('bumped');
    const log = join(directory, 'log');
    restore(file, own, '--bump-revision', '100000', '--mark-compacted', '--wal-dir', log);
    await using member = await MemberProcess.start(ours, own, [own], ['--wal-dir', log]);
    const client = new WireClient(member.endpoint);
    const revision = content.revision + 100_000;
    const all = { key: Buffer.from([0]), range_end: Buffer.from([0]) };
    const { header, kvs } = await client.must('Range', all);
    assert.equal(Number(header?.revision), revision);
    assert.equal(kvs.length, content.keys.length);
    const old = await client.call('Range', { ...all, revision: String(content.revision) });
    assert.match('message' in old ? old.message : '', /required revision has been compacted/);
    const put = await client.must('Put', { key: Buffer.from('next'), value: Buffer.from('1') });
    assert.equal(Number(put.header?.revision), revision + 1);
    client.close();
  });

  test('is refused when a byte of it has changed, and leaves nothing behind', async () => {
    const own = await place('damaged');
    const damaged = join(directory, 'damaged.db');
    const bytes = readFileSync(file);
    bytes.writeUInt8(bytes.readUInt8(3 * 4096) ^ 1, 3 * 4096);
    writeFileSync(damaged, bytes);
    assert.throws(() => restore(damaged, own), /Error: expected sha256 \[[\d ]+\], got \[[\d ]+\]/);
    assert.throws(
      () => restore(damaged, own, '--skip-hash-check'),
      /page 3 that says that it is page 2/,
    );
    assert.equal(existsSync(own.directory), false);
  });
});
