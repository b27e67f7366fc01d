/**
 * Gives the free pages of a store back to the file system, while its member does not run: LMDB keeps the pages that
 * became free, so its file never shrinks by itself. What is live is copied into a new file, which takes the place of the
 * old one by one renaming.
 *
 * Invariant: the old file is there until the new one is durable and every page of it has been looked at.
 */
import {
  chmodSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { tables } from '@concord/kv';
import type { ByteString } from '@concord/protocol';
import { assert } from '@concord/raft';
import { defaultMapBytes, openEnvironment } from './lmdb/environment.ts';
import { assertStoreFile } from './lmdb/opening.ts';
import { firstStoredKey } from './lmdb/stored-key.ts';
import { useStoppedMember, type StoppedMember } from './stopped-member.ts';
import { syncDirectory } from './sync-directory.ts';

/** In the member's directory while it is filled; what a crash left there goes with the next. */
const copyName = 'defragmented';

export interface DefragmentationReport {
  readonly bytesBefore: number;
  readonly bytesAfter: number;
}

/** Throws `StorageError` for a member that runs, and for a store with damage; then nothing has changed. */
export function defragmentMember(path: string): Promise<DefragmentationReport> {
  return useStoppedMember(path, {}, async (member) => {
    const copy = join(member.memberDirectory, copyName);
    rmSync(copy, { recursive: true, force: true });
    mkdirSync(copy, { mode: 0o700 });
    try {
      return await exchange(member, copy);
    } finally {
      rmSync(copy, { recursive: true, force: true });
    }
  });
}

async function exchange(
  { storeDirectory }: StoppedMember,
  copy: string,
): Promise<DefragmentationReport> {
  assertStoreFile(storeDirectory, 'suspect');
  const environment = openEnvironment(storeDirectory, tables, defaultMapBytes, true);
  try {
    await environment.root.backup(copy, true);
  } finally {
    await environment.root.close();
  }
  await settle(copy);
  const [file, copied] = [join(storeDirectory, 'data.mdb'), join(copy, 'data.mdb')];
  syncFile(copied);
  assertStoreFile(copy, 'suspect');
  const report = { bytesBefore: statSync(file).size, bytesAfter: statSync(copied).size };
  renameSync(copied, file);
  syncDirectory(storeDirectory);
  return report;
}

/**
 * LMDB describes a copy in one of the two descriptions, and leaves the other as that of an empty store, which is what
 * damage looks like. A commit, which changes nothing, writes the other.
 */
async function settle(copy: string): Promise<void> {
  const environment = openEnvironment(copy, tables, defaultMapBytes);
  try {
    const [meta] = environment.tables;
    assert(meta !== undefined, 'a store has tables');
    const rows: { readonly key: ByteString; readonly stored: Uint8Array }[] = [];
    for (const { key, value } of meta.database.getRange({ start: firstStoredKey, limit: 1 })) {
      // lmdb-js lends one large buffer, of which nothing but these three is to be relied on.
      rows.push({
        key,
        stored: new Uint8Array(value.buffer, value.byteOffset, value.length).slice(),
      });
    }
    environment.root.transactionSync(() => {
      for (const { key, stored } of rows) meta.database.putSync(key, stored);
    });
  } finally {
    await environment.root.close();
  }
}

function syncFile(path: string): void {
  chmodSync(path, 0o600);
  const descriptor = openSync(path, 'r+');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
