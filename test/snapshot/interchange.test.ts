/** Snapshots go both ways between Concord and etcd, and from each to itself: the content is the same afterwards. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { concord, etcd, type Backend } from '../conformance/harness/backend.ts';
import { WireClient } from '../conformance/harness/wire-client.ts';
import { readContent, type Content } from './content.ts';
import { MemberProcess, clusterFlags, memberPlaces, type MemberPlace } from './member-process.ts';
import { concordutl, etcdctl, etcdutl } from './programs.ts';
import { populate } from './population.ts';

const backends = [concord(), etcd()].filter((backend) => backend !== undefined);
const skip = backends.length === 2 ? false : 'there is no etcd on the PATH';
const target = backends[0] as Backend;

/** As both tools print it. */
interface Status {
  readonly hash: number;
  readonly revision: number;
  readonly totalKey: number;
  readonly totalSize: number;
  readonly version?: string;
}

/** By the tool of the one who is to start on it. */
function restore(
  by: Backend,
  file: string,
  own: MemberPlace,
  all: readonly MemberPlace[] = [own],
): void {
  const tool = by.name === 'etcd' ? etcdutl : concordutl;
  tool('snapshot', 'restore', file, ...clusterFlags(own, all));
}

for (const source of backends) {
  describe(`a snapshot of ${source.name}`, { skip }, () => {
    const directory = mkdtempSync(join(tmpdir(), 'concord-snapshot-'));
    const file = join(directory, 'snapshot.db');
    let compacted = 0;
    let content: Content;

    before(async () => {
      const [place] = await memberPlaces(join(directory, 'source'), 1);
      assert.ok(place);
      mkdirSync(join(directory, 'source'));
      await using member = await MemberProcess.start(source, place);
      compacted = await populate(member.endpoint);
      etcdctl('--endpoints', member.endpoint, 'snapshot', 'save', file);
      content = await readContent(member.endpoint, compacted);
    });
    after(() => rmSync(directory, { recursive: true, force: true }));

    test("has a status that etcd's tool and ours agree on", () => {
      const theirs = JSON.parse(etcdutl('snapshot', 'status', '-w', 'json', file)) as Status;
      const ours = JSON.parse(concordutl('snapshot', 'status', '-w', 'json', file)) as Status;
      // Up to 3.5 etcd counts revisions for keys, and knows no version.
      const isOld = theirs.version === undefined;
      const version = source.name === 'concord' ? '3.6.0' : ours.version;
      const totalKey = content.keys.length;
      assert.deepEqual(ours, { ...theirs, ...(isOld && { totalKey, version }) });
      assert.equal(ours.version, version);
    });

    for (const reader of backends) {
      test(`gives ${reader.name} the same content`, async () => {
        const [place] = await memberPlaces(join(directory, reader.name), 1);
        assert.ok(place);
        mkdirSync(join(directory, reader.name));
        restore(reader, file, place);
        await using member = await MemberProcess.start(reader, place);
        assert.deepEqual(await readContent(member.endpoint, compacted), content);
      });
    }

    test('founds a cluster of three Concord members that agree, write, and take leases on', async () => {
      const parent = join(directory, 'three');
      mkdirSync(parent);
      const places = await memberPlaces(parent, 3);
      for (const place of places) restore(target, file, place, places);
      const members = await Promise.all(
        places.map((place) => MemberProcess.start(target, place, places)),
      );
      try {
        for (const { endpoint } of members) {
          assert.deepEqual(await readContent(endpoint, compacted), content);
        }
        await assertWritable(
          members.map(({ endpoint }) => endpoint),
          content.revision,
        );
      } finally {
        await Promise.all(members.map((member) => member[Symbol.asyncDispose]()));
      }
    });
  });
}

/** A write through each member is the next revision everywhere, and revoking a lease takes its keys. */
async function assertWritable(endpoints: readonly string[], revision: number): Promise<void> {
  let expected = revision;
  const hashes: number[] = [];
  for (const endpoint of endpoints) {
    const client = new WireClient(endpoint);
    const { header } = await client.must('Put', {
      key: Buffer.from('after'),
      value: Buffer.from(endpoint),
    });
    assert.equal(Number(header?.revision), ++expected);
    client.close();
  }
  for (const [i, endpoint] of endpoints.entries()) {
    const client = new WireClient(endpoint);
    if (i === 0) await client.must('LeaseRevoke', { ID: '7001' });
    const { count } = await client.must('Range', { key: Buffer.from('leased/a') });
    assert.equal(count, '0');
    hashes.push((await client.must('HashKV', { revision: String(expected) })).hash);
    const { members } = await client.must('MemberList', {});
    assert.equal(members.length, 3);
    client.close();
  }
  assert.equal(new Set(hashes).size, 1);
}
