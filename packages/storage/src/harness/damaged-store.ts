/**
 * A program that reads damaged stores: LMDB may bring the process down that reads one, so it is not the test's own.
 * Gets the byte and the bit to turn, turns it back afterwards, and answers with what became of the content.
 */
import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { tables } from '@concord/kv';
import { StorageError } from '../errors.ts';
import { readStore } from '../lmdb/closed-store.ts';
import { verifyRows } from '../lmdb/verification.ts';

export interface Flip {
  readonly offset: number;
  readonly bit: number;
}

export type Outcome =
  /** A digest of all rows, and one of each value. */
  | { readonly rows: string; readonly values: readonly number[] }
  | { readonly refused: string; readonly isTyped: boolean };

export async function readDamaged(directory: string): Promise<Outcome> {
  try {
    const outcome = readStore({ directory, access: 'read', origin: 'found' }, (view) => {
      verifyRows(view, directory);
      const rows = createHash('sha1');
      const values: number[] = [];
      for (const table of tables.keys()) {
        view.visitRows(table, undefined, (key, stored) => {
          rows.update(`${table} ${key.length} ${stored.length} `).update(key, 'latin1');
          rows.update(stored);
          values.push(crc32(stored, stored.length));
          return true;
        });
      }
      return { rows: rows.digest('hex'), values };
    });
    await closed();
    return outcome;
  } catch (error) {
    await closed();
    const isOurs = error instanceof StorageError && error.path === `${directory}/data.mdb`;
    const isTyped = isOurs && error.remedy !== '';
    return { refused: error instanceof Error ? error.message : String(error), isTyped };
  }
}

/** The environment is closed a turn later; one that is open would be shared with the next reader. */
function closed(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}

export function turn(file: string, { offset, bit }: Flip): void {
  const descriptor = openSync(file, 'r+');
  const byte = Buffer.alloc(1);
  readSync(descriptor, byte, 0, 1, offset);
  byte[0]! ^= 1 << bit;
  writeSync(descriptor, byte, 0, 1, offset);
  closeSync(descriptor);
}

const directory = process.argv[2];
if (directory !== undefined && process.send !== undefined) {
  process.on('message', (flip: Flip) => {
    turn(`${directory}/data.mdb`, flip);
    void readDamaged(directory).then((outcome) => {
      turn(`${directory}/data.mdb`, flip);
      process.send?.(outcome);
    });
  });
}
