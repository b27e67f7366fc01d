/**
 * One start of a member with a damaged file, through the code that a member starts with, short of its threads: data
 * directory, log, installation, store. The store is then read whole, row by row and by key, and written to.
 */
import { createHash } from 'node:crypto';
import { tables, type Table } from '@concord/kv';
import type { Entry, LogPosition } from '@concord/raft';
import { DataDirectory } from '../../data-directory.ts';
import { StorageError } from '../../errors.ts';
import type { Access, OpenFile } from '../../file-system.ts';
import { corruptRow } from '../../lmdb/closed-store.ts';
import { defaultMapBytes, type Environment } from '../../lmdb/environment.ts';
import { openDurably } from '../../lmdb/opening.ts';
import { BatchRows, chunkBytes, encodeBatch } from '../../lmdb/row-chunks.ts';
import { StoreView } from '../../lmdb/store-view.ts';
import { writeRows } from '../../lmdb/transaction.ts';
import { NodeFileSystem } from '../../node-file-system.ts';
import { recoverInstallation } from '../../snapshot/installation.ts';
import { openWal, readSnapshotPosition } from '../../wal/opening.ts';
import { readApplied } from '../test-member.ts';
import { batchOf, Content } from './member-content.ts';
import { memberIdentity } from './subject.ts';

export type TrialOutcome =
  | {
      readonly kind: 'served';
      /** Digest of the rows once the log was replayed. */
      readonly content: string;
      /** What the store had applied when it was opened. */
      readonly appliedIndex: number;
      readonly entries: number;
      readonly repairedBytes: number;
    }
  | Refusal;

export interface Refusal {
  readonly kind: 'refused';
  readonly message: string;
  /** The error names a file of the member, and the remedy. */
  readonly hasDiagnosis: boolean;
}

export type StoreOutcome =
  Refusal | { readonly kind: 'served'; readonly content: string; readonly appliedIndex: number };

type VisitRow = (table: Table, key: string, value: Uint8Array) => void;

/** Without a thread: what a log writes is synced before the call returns. */
class DirectFileSystem extends NodeFileSystem {
  override open(path: string, access: Access): OpenFile {
    const file = super.open(path, access);
    file.writeDurably = (bytes, position, done) => {
      file.write(bytes, position);
      file.sync();
      setImmediate(done, undefined);
    };
    return file;
  }
}

export async function runTrial(path: string): Promise<TrialOutcome> {
  try {
    return await start(path);
  } catch (error) {
    return refusalOf(error, path);
  }
}

async function start(path: string): Promise<TrialOutcome> {
  const fileSystem = new DirectFileSystem();
  const directory = DataDirectory.open({ path, fileSystem });
  let environment: Environment | undefined;
  try {
    directory.assertBelongsTo(memberIdentity);
    const log = {
      directory: directory.walDirectory,
      fileSystem,
      identity: memberIdentity,
      onFailure: (error: Error): void => {
        throw error;
      },
    };
    recoverInstallation(directory, readApplied, () => readSnapshotPosition(log));
    environment = openDurably(directory.databaseDirectory, defaultMapBytes);
    const content = new Content();
    const applied = readAll(environment, path, (table, key, value) => {
      if (table !== 'meta' || key !== 'applied')
        content.set(table, key, Buffer.from(value).toString('latin1'));
    });
    const opened = openWal({ ...log, applied });
    directory.claim(memberIdentity);
    await new Promise<void>((resolve) => opened.wal.close(resolve));
    for (const entry of opened.entries) content.apply(entry);
    probe(environment, path, opened.entries);
    return {
      kind: 'served',
      content: content.digest(),
      appliedIndex: applied.index,
      entries: opened.entries.length,
      repairedBytes: opened.repairedBytes,
    };
  } finally {
    directory.close();
    await environment?.root.close();
  }
}

/**
 * The part of a start that reads the store's file, for when everything else is sound: a fraction of the time.
 *
 * @param isWrittenTo whether two transactions are committed to it besides, which takes as long again
 */
export async function runStoreTrial(directory: string, isWrittenTo = true): Promise<StoreOutcome> {
  let environment: Environment | undefined;
  try {
    environment = openDurably(directory, defaultMapBytes);
    const hash = createHash('sha1');
    const applied = readAll(environment, directory, (table, key, value) => {
      hash.update(`${table} ${key.length} ${value.length} ${key}`, 'latin1').update(value);
    });
    if (isWrittenTo) probe(environment, directory, []);
    return { kind: 'served', content: hash.digest('hex'), appliedIndex: applied.index };
  } catch (error) {
    return refusalOf(error, directory);
  } finally {
    await environment?.root.close();
  }
}

function refusalOf(error: unknown, path: string): Refusal {
  const message = error instanceof Error ? error.message : String(error);
  const isTyped = error instanceof StorageError && error.remedy !== '';
  return { kind: 'refused', message, hasDiagnosis: isTyped && error.path.startsWith(path) };
}

/** Everything, forwards, backwards and by key, which must be the same. */
function readAll(environment: Environment, path: string, visit: VisitRow): LogPosition {
  const view = new StoreView(environment, {
    closed: () => undefined,
    corrupt: (table, key) => {
      throw corruptRow(path, table, key);
    },
  });
  try {
    for (const table of tables) {
      const keys: string[] = [];
      view.scan(table, { from: '' }, (key) => void keys.push(key));
      let left = keys.length;
      view.scan(table, { from: '', reverse: true }, (key) => {
        if (key !== keys[--left]) throw new Error(`${table} has two orders`);
      });
      if (left !== 0) throw new Error(`${table} has rows that are seen forwards alone`);
      for (const key of keys) {
        const value = view.get(table, key);
        if (value === undefined) throw new Error(`a key of ${table} is not found`);
        visit(table, key, value);
      }
    }
    return readApplied(view);
  } finally {
    view.close();
  }
}

const probeMemory = new ArrayBuffer(chunkBytes);

/** A transaction that takes pages and gives some back, and another that finds those. */
function probe(environment: Environment, path: string, entries: readonly Entry[]): void {
  const numbers = new Map(tables.map((table, i) => [table, i]));
  for (const round of ['a', 'b']) {
    const filler = { [`probe-${round}`]: round.repeat(3000), key1000: `probe ${round}` };
    const rows = { current: filler, revisions: filler, leases: filler, alarms: filler };
    const batch = batchOf([rows], { term: 9, index: 100 + entries.length });
    const chunks = [...encodeBatch(batch, numbers, () => probeMemory)];
    writeRows(environment, new BatchRows(tables.length, chunks));
  }
  environment.root.resetReadTxn();
  readAll(environment, path, () => undefined);
}
