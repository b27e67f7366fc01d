/** A snapshot file with a history in it, made without a server, and a run of concordutl in this process. */
import { writeFileSync } from 'node:fs';
import { EtcdImport, foundCluster } from '@concord/kv';
import { KeyValue, LeaseRecord, Member, encode, fromByteString } from '@concord/protocol';
import { LmdbStore, writeEtcdSnapshot } from '@concord/storage';
import { runConcordutl } from './program.ts';

export interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export async function run(...words: string[]): Promise<Outcome> {
  const output = { stdout: '', stderr: '' };
  const exitCode = await runConcordutl(words, {
    stdout: (text) => (output.stdout += text),
    stderr: (text) => (output.stderr += text),
  });
  return { exitCode, ...output };
}

/** The key of a row of etcd's bucket `key`. */
function rowKey(revision: number, mark = ''): string {
  const bytes = Buffer.alloc(17);
  bytes.writeUInt32BE(revision, 4);
  bytes[8] = 0x5f;
  return bytes.toString('latin1') + mark;
}

/** `keys` keys, written twice; every third is deleted, and every other hangs on a lease. Compacted in the middle. */
function fill(content: EtcdImport, keys: number): void {
  let revision = 1;
  for (let i = 0; i < 3 * keys; i++) {
    const [version, at] = [Math.floor(i / keys) + 1, i % keys];
    const key = fromByteString(`key/${at}`);
    revision++;
    if (version === 3) {
      if (at % 3 > 0) continue;
      content.take('key', rowKey(revision, 't'), encode(KeyValue, KeyValue.create({ key })));
      continue;
    }
    const put = { key, createRevision: at + 2, modRevision: revision, version };
    const value = new Uint8Array((at * 37) % 600);
    const lease = at % 2 === 0 ? 5n : 0n;
    content.take('key', rowKey(revision), encode(KeyValue, { ...put, value, lease }));
  }
  content.take('lease', '5', encode(LeaseRecord, { ID: 5n, TTL: 60, RemainingTTL: 0 }));
  content.take('meta', 'scheduledCompactRev', fromByteString(rowKey(keys + 5)));
  content.finish({ position: { index: 9, term: 2 }, revisionBump: 0 });
}

/** Writes the snapshot of a store, made in `directory`, to `path`. */
export async function writeSnapshot(directory: string, path: string, keys = 60): Promise<void> {
  const store = new LmdbStore({
    directory,
    onFailure: (error) => {
      throw error;
    },
  });
  const content = new EtcdImport(store);
  fill(content, keys);
  const members = [Member.create({ ID: 7n, name: 'm', peerURLs: ['http://localhost:1'] })];
  await new Promise<void>((stored) => {
    content.store(() => foundCluster(store, members, stored));
  });
  const view = store.view();
  const pieces: Uint8Array[] = [];
  for await (const { bytes } of writeEtcdSnapshot(view)) pieces.push(bytes);
  view.close();
  await new Promise<void>((closed) => store.close(closed));
  writeFileSync(path, Buffer.concat(pieces));
}
