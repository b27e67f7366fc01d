/** A member's storage for tests: rows of one table, and an applied position that is committed with them. */
import assert from 'node:assert/strict';
import type { StoreBatch } from '@concord/kv';
import type { Entry, LogPosition } from '@concord/raft';
import { DataDirectory } from '../data-directory.ts';
import { NodeFileSystem } from '../node-file-system.ts';
import type { StoredRows } from '../lmdb/store-view.ts';
import { closeMemberStorage, openMemberStorage, type MemberStorage } from '../member-storage.ts';
import type { IncomingSnapshot } from '../snapshot/transfer.ts';

/** Term and index in `meta`, four bytes each. */
export function readApplied(store: StoredRows): LogPosition {
  const value = store.get('meta', 'applied');
  if (value === undefined) return { term: 0, index: 0 };
  const row = Buffer.from(value);
  return { term: row.readUInt32BE(0), index: row.readUInt32BE(4) };
}

export type Rows = Readonly<Record<string, string>>;

export class TestMember {
  readonly directory: DataDirectory;
  readonly storage: MemberStorage;

  constructor(path: string, fileSystem = new NodeFileSystem()) {
    this.directory = DataDirectory.open({ path, fileSystem });
    try {
      this.storage = openMemberStorage({
        directory: this.directory,
        identity: { clusterId: 0xc1n, memberId: 0xa1n },
        readApplied,
        segmentBytes: 32 * 1024,
        onFailure: (error) => {
          throw error;
        },
      });
    } catch (error) {
      this.directory.close();
      throw error;
    }
  }

  append(entries: readonly Entry[], hardState?: MemberStorage['hardState']): Promise<void> {
    return new Promise((resolve) => this.storage.wal.append(hardState, entries, resolve));
  }

  commit(rows: Rows, position: LogPosition): Promise<void> {
    const applied = Buffer.alloc(8);
    applied.writeUInt32BE(position.term, 0);
    applied.writeUInt32BE(position.index, 4);
    const writes = Object.entries(rows).map(([key, value]) => [key, Buffer.from(value)] as const);
    const batch: StoreBatch = new Map([
      ['current', new Map(writes)],
      ['meta', new Map([['applied', applied]])],
    ]);
    return new Promise((resolve) => this.storage.store.commit(batch, resolve));
  }

  rows(): Rows {
    const rows: Record<string, string> = {};
    this.storage.store.scan('current', { from: '' }, (key, value) => {
      rows[key] = Buffer.from(value).toString();
    });
    return rows;
  }

  install(position: LogPosition, name: Uint8Array): Promise<void> {
    return new Promise((resolve) => this.storage.snapshots.install(position, name, resolve));
  }

  close(): Promise<void> {
    return new Promise((resolve) => closeMemberStorage(this.storage, this.directory, resolve));
  }
}

export function entriesOf(term: number, from: number, to: number): Entry[] {
  return Array.from({ length: to - from + 1 }, (_, i) => ({
    term,
    index: from + i,
    kind: 'normal',
    data: new Uint8Array(Buffer.from(`entry ${term}/${from + i}`)),
  }));
}

/** Holds the store of a member. */
export function hold(member: TestMember): Uint8Array {
  const held = member.storage.snapshots.hold();
  assert.ok(held, 'there is room for one more');
  return held.name;
}

/** Moves a snapshot, from the chunk on that the receiver wants; stops after `chunksMax`. */
export function transfer(
  from: TestMember,
  to: TestMember,
  name: Uint8Array,
  chunksMax = Infinity,
): Promise<IncomingSnapshot> {
  return transferBetween(from.storage, to.storage, name, chunksMax);
}

/** The same between members that are opened otherwise. */
export async function transferBetween(
  from: Pick<MemberStorage, 'snapshots'>,
  to: Pick<MemberStorage, 'snapshots'>,
  name: Uint8Array,
  chunksMax = Infinity,
): Promise<IncomingSnapshot> {
  const incoming = to.snapshots.sink.begin(name);
  const chunks = from.snapshots.source.open(name, incoming.nextChunk);
  assert.ok(chunks, 'the snapshot is held');
  let moved = 0;
  for await (const chunk of chunks) {
    if (moved++ >= chunksMax) break;
    await incoming.write(chunk);
  }
  return incoming;
}
