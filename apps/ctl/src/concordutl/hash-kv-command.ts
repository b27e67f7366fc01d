/** `concordutl hashkv FILE|DATA-DIR`: what `Maintenance.HashKV` answers, of a snapshot or of a member that is stopped. */
import { EtcdRowError, type HashKvResult, MvccStore, type OrderedStore } from '@concord/kv';
import { EtcdError } from '@concord/protocol';
import { StorageError, readStoppedStore, useStoppedMember, type StoreView } from '@concord/storage';
import { statSync } from 'node:fs';
import { CommandError } from '../command-error.ts';
import type { Flags } from '../flags.ts';
import { hashKvOfFile } from '../snapshot/file-hash-kv.ts';
import { openSnapshotArgument } from '../snapshot/snapshot-argument.ts';
import { hashKvPrinter, type HashKvReport } from '../snapshot/hash-kv-printer.ts';
import type { Command } from './command.ts';
import { openFailure } from '../open-failure.ts';

const flags = {
  rev: { kind: 'int', default: 0, help: 'maximum revision to hash (default: latest revision)' },
} satisfies Flags;

/** Rows hashed in one step: there is nobody to make way for. */
const stepRows = 10_000;

export const hashKvCommand: Command<typeof flags> = {
  usage: 'hashkv <filename>',
  summary: 'Prints the KV history hash of a given file or data directory',
  flags,
  arity: 1,
  async run({ args: [path = ''], values, writeOut, print }) {
    const printReport = hashKvPrinter(writeOut);
    print(printReport(await hashed(path, values.rev)));
  },
};

async function hashed(path: string, revision: number): Promise<HashKvReport> {
  try {
    if (statSync(path).isDirectory()) return hashKvOfDirectory(path, revision);
    const { databaseBytes } = await openSnapshotArgument('stat', path);
    return hashKvOfFile(path, databaseBytes, revision);
  } catch (error) {
    if (error instanceof EtcdError) throw new CommandError(inEtcdutlsWords(error));
    if (error instanceof StorageError) throw new CommandError(error.message);
    if (error instanceof EtcdRowError) throw new CommandError(`${path}: ${error.message}`);
    throw openFailure('stat', path, error);
  }
}

/** Who reads the store itself hears nothing of a server. */
const inEtcdutlsWords = ({ message }: EtcdError): string => message.replace('etcdserver: ', '');

function hashKvOfDirectory(path: string, revision: number): HashKvReport {
  return useStoppedMember(path, {}, (member) =>
    readStoppedStore(member, (view) => {
      const hash = MvccStore.open(readOnly(view)).hashKv(revision);
      let result: HashKvResult | undefined;
      while (result === undefined) result = hash.step(stepRows);
      const { hashRevision, compactedRevision } = result;
      return { hash: result.hash, hashRevision, compactRevision: compactedRevision };
    }),
  );
}

/** Reading writes nothing. */
function readOnly(view: StoreView): OrderedStore {
  return {
    get: (table, key) => view.get(table, key),
    scan: (table, range, visit) => view.scan(table, range, visit),
    commit: () => {
      throw new Error('a store that is only read is not written to');
    },
    size: () => ({ allocatedBytes: 0, usedBytes: 0 }),
  };
}
