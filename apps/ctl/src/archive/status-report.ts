/** What archives hold, in the formats of `--write-out`. */
import { formatId, type ArchiveStatus, type ArchivedStretch } from '@concord/storage';
import { humanBytes } from '../human-bytes.ts';
import { printerOf, type Printer } from '../output-format.ts';
import { textTable } from '../text-table.ts';

type Moment = 'first' | 'last';

const headers = [
  'member',
  'cluster',
  'segments',
  'size',
  'entries',
  'revisions',
  'from',
  'to',
  'state',
];

/** Throws `CommandError` for a format that there is not. */
export const archiveStatusPrinter = (format: string): Printer<readonly ArchiveStatus[]> =>
  printerOf(format, {
    simple: (archives) => archives.map(linesOf).join(''),
    table: (archives) => textTable(headers, archives.flatMap(rowsOf)),
    json: (archives) => `${JSON.stringify({ archives: archives.map(documentOf) })}\n`,
  });

/** One line, of all that is wrong; `undefined` where nothing is. */
export function faultText(archives: readonly ArchiveStatus[]): string | undefined {
  const unsound = archives.filter((status) => !isSound(status));
  if (unsound.length === 0) return undefined;
  return unsound.map(({ directory, faults }) => `${directory}: ${faults.join('; ')}.`).join(' ');
}

const isSound = ({ faults }: ArchiveStatus): boolean => faults.length === 0;

const stateOf = (status: ArchiveStatus): string => (isSound(status) ? 'sound' : 'incomplete');

const idsOf = ({ identity }: ArchiveStatus): readonly [member: string, cluster: string] =>
  identity === undefined
    ? ['unknown', 'unknown']
    : [formatId(identity.memberId), formatId(identity.clusterId)];

function linesOf(status: ArchiveStatus): string {
  const { directory, segmentCount, bytes, stretches } = status;
  const [member, cluster] = idsOf(status);
  const size = `${segmentCount} ${segmentCount === 1 ? 'segment' : 'segments'}, ${humanBytes(bytes)}`;
  return [
    `${directory}: member ${member} of cluster ${cluster}: ${stateOf(status)}: ${size}`,
    ...stretches.map((stretch) => `  ${stretchText(stretch)}`),
  ]
    .map((line) => `${line}\n`)
    .join('');
}

function stretchText(stretch: ArchivedStretch): string {
  const { firstIndex, firstMark, lastMark } = stretch;
  if (isEmpty(stretch)) return `no entries yet: it begins with entry ${firstIndex}`;
  const entries = `entries ${entriesOf(stretch)}`;
  if (firstMark === undefined || lastMark === undefined) return `${entries}, of no known time`;
  const [from, to] = [timeOf(firstMark.timeMs), timeOf(lastMark.timeMs)];
  return `${entries}, revisions ${revisionsOf(stretch)}, from ${from} to ${to}`;
}

/** A row for each stretch without a gap. */
function rowsOf(status: ArchiveStatus): string[][] {
  const [member, cluster] = idsOf(status);
  const { segmentCount, bytes, stretches } = status;
  const own = [member, cluster, String(segmentCount), humanBytes(bytes)];
  if (stretches.length === 0) return [[...own, '', '', '', '', stateOf(status)]];
  return stretches.map((stretch) => [
    ...own,
    isEmpty(stretch) ? 'none' : entriesOf(stretch),
    revisionsOf(stretch),
    momentOf(stretch, 'first'),
    momentOf(stretch, 'last'),
    stateOf(status),
  ]);
}

const documentOf = (status: ArchiveStatus): object => {
  const { directory, segmentCount, bytes, stretches, faults } = status;
  const [memberId, clusterId] = idsOf(status);
  return {
    directory,
    memberId,
    clusterId,
    state: stateOf(status),
    segments: segmentCount,
    bytes,
    stretches: stretches.map(({ firstIndex, lastIndex, firstMark, lastMark }) => ({
      firstEntry: firstIndex,
      lastEntry: lastIndex,
      ...(firstMark !== undefined && {
        firstRevision: firstMark.revision,
        firstTime: timeOf(firstMark.timeMs),
      }),
      ...(lastMark !== undefined && {
        lastRevision: lastMark.revision,
        lastTime: timeOf(lastMark.timeMs),
      }),
    })),
    faults,
  };
};

const isEmpty = ({ firstIndex, lastIndex }: ArchivedStretch): boolean => lastIndex < firstIndex;

const entriesOf = ({ firstIndex, lastIndex }: ArchivedStretch): string =>
  `${firstIndex}-${lastIndex}`;

const revisionsOf = ({ firstMark, lastMark }: ArchivedStretch): string =>
  firstMark === undefined || lastMark === undefined
    ? ''
    : `${firstMark.revision}-${lastMark.revision}`;

function momentOf(stretch: ArchivedStretch, moment: Moment): string {
  const mark = stretch[`${moment}Mark`];
  return mark === undefined ? '' : timeOf(mark.timeMs);
}

const timeOf = (timeMs: number): string => new Date(timeMs).toISOString();
