/** What was found of a stopped member's data directory, part by part, and the formats that it is shown in. */
import { StorageError, formatId, type MemberChecks } from '@concord/storage';
import { printerOf, type Printer } from '../output-format.ts';
import { textTable } from '../text-table.ts';

export interface PartReport {
  readonly part: 'log' | 'store' | 'replay';
  readonly state: 'sound' | 'damaged' | 'not checked';
  /** What is there, or what is wrong and what to do. */
  readonly detail: string;
}

export interface Verification {
  readonly dataDir: string;
  readonly clusterId: string;
  readonly memberId: string;
  readonly parts: readonly PartReport[];
  /** One line, of all that is wrong; `undefined` when nothing is. */
  readonly fault: string | undefined;
}

export function verificationOf(dataDir: string, checks: MemberChecks): Verification {
  const parts = [logReport(checks), storeReport(checks), replayReport(checks)];
  const damaged = parts.filter(({ state }) => state === 'damaged');
  const { clusterId, memberId } = checks.identity;
  return {
    dataDir,
    clusterId: formatId(clusterId),
    memberId: formatId(memberId),
    parts,
    fault:
      damaged.length === 0
        ? undefined
        : damaged
            .map(({ part, detail }) => `the ${part} of ${dataDir} is damaged: ${detail}`)
            .join(' '),
  };
}

function logReport({ wal }: MemberChecks): PartReport {
  if (wal instanceof StorageError) return damage('log', wal);
  const { segments, records, entries, lastIndex, repairableBytes } = wal;
  const torn =
    repairableBytes === 0
      ? ''
      : `; an interrupted write left ${repairableBytes} bytes at its end, which the next start clears: nothing ` +
        'that was acknowledged is in them';
  const counts = `${segments} segments, ${records} records, ${entries} entries, the last of index ${lastIndex}`;
  return { part: 'log', state: 'sound', detail: counts + torn };
}

function storeReport({ store, isBeingInstalled }: MemberChecks): PartReport {
  if (store instanceof StorageError) return damage('store', store);
  const { applied, keys } = store;
  const rows = Object.values(keys).reduce((sum, count) => sum + count, 0);
  const installed = isBeingInstalled
    ? "; it is a leader's snapshot, whose installation the next start finishes"
    : '';
  const detail = `${rows} rows, ${keys.current} live keys, applied up to index ${applied.index} of term ${applied.term}`;
  return { part: 'store', state: 'sound', detail: detail + installed };
}

function replayReport({ replay }: MemberChecks): PartReport {
  if (replay instanceof StorageError) return damage('replay', replay);
  if (replay === undefined) {
    const detail = 'whether the log goes on where the store ends cannot be told';
    return { part: 'replay', state: 'not checked', detail };
  }
  const { entriesToReplay, hardState } = replay;
  const detail = `the next start replays ${entriesToReplay} entries; term ${hardState.term}, commit ${hardState.commit}`;
  return { part: 'replay', state: 'sound', detail };
}

const damage = (part: PartReport['part'], { message }: StorageError): PartReport => ({
  part,
  state: 'damaged',
  detail: message,
});

/** Throws `CommandError` for a format that there is not. */
export const verificationPrinter = (format: string): Printer<Verification> =>
  printerOf(format, {
    simple: ({ dataDir, memberId, clusterId, parts }) =>
      [
        `${dataDir}: member ${memberId} of cluster ${clusterId}`,
        ...parts.map(({ part, state, detail }) =>
          state === 'damaged' ? `${part}: damaged` : `${part}: ${state}: ${detail}`,
        ),
      ]
        .map((line) => `${line}\n`)
        .join(''),
    table: ({ parts }) =>
      textTable(
        ['part', 'state', 'detail'],
        parts.map(({ part, state, detail }) => [part, state, detail]),
      ),
    json: (verification) => `${JSON.stringify(verification)}\n`,
    fields: ({ dataDir, memberId, clusterId, parts }) =>
      [
        ['DataDir', dataDir],
        ['MemberID', memberId],
        ['ClusterID', clusterId],
        ...parts.flatMap(({ part, state, detail }) => [
          [capitalized(part), state],
          [`${capitalized(part)}Detail`, detail],
        ]),
      ]
        .map(([name = '', value = '']) => `"${name}" : ${JSON.stringify(value)}\n`)
        .join(''),
  });

const capitalized = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
