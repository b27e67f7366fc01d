/** The columns of the table of members: what they show, and how they sort. */
import type { MemberRow } from './cluster-view.ts';
import { bytes, milliseconds, rate } from './numbers.ts';

export interface Column {
  readonly title: string;
  show(row: MemberRow): string;
  /** Undefined goes last, whichever way round. */
  value(row: MemberRow): number | string | undefined;
}

export interface Sort {
  /** The number of a column. */
  readonly column: number;
  readonly isDescending: boolean;
}

const count = (value: number | undefined): string => (value === undefined ? '' : String(value));

const column = (
  title: string,
  value: (row: MemberRow) => number | string | undefined,
  show: (row: MemberRow) => string = (row) => String(value(row) ?? ''),
): Column => ({ title, value, show });

export const columns: readonly Column[] = [
  column('MEMBER', ({ name }) => name),
  column('ROLE', ({ role }) => role),
  column('VERSION', ({ version }) => version),
  column('TERM', ({ term }) => term),
  column('LAG', ({ lag }) => lag),
  column(
    'DB',
    ({ databaseBytes }) => databaseBytes,
    ({ databaseBytes }) => bytes(databaseBytes),
  ),
  column(
    'QUOTA',
    ({ full }) => full,
    ({ full }) => percent(full),
  ),
  column(
    'REQ/S',
    ({ requestsPerSecond }) => requestsPerSecond,
    ({ requestsPerSecond: value }) => (value === undefined ? '' : rate(value)),
  ),
  column(
    'KEYS',
    ({ keys }) => keys,
    ({ keys }) => count(keys),
  ),
  column(
    'WATCHERS',
    ({ watchers }) => watchers,
    ({ watchers }) => count(watchers),
  ),
  column(
    'SYNC P99',
    ({ syncMs }) => syncMs,
    ({ syncMs }) => withUnit(syncMs),
  ),
  column(
    'ANSWER',
    ({ answerMs }) => answerMs,
    ({ answerMs }) => withUnit(answerMs),
  ),
  column(
    'MEM',
    ({ residentBytes }) => residentBytes,
    ({ residentBytes }) => bytes(residentBytes),
  ),
  column(
    'CPU',
    ({ processor }) => processor,
    ({ processor }) => percent(processor),
  ),
];

const percent = (share: number | undefined): string =>
  share === undefined ? '' : `${Math.round(share * 100)}%`;

const withUnit = (value: number | undefined): string =>
  value === undefined ? '' : `${milliseconds(value)} ms`;

export function sortedRows(rows: readonly MemberRow[], sort: Sort): readonly MemberRow[] {
  const { value } = columns[sort.column] ?? columns[0]!;
  const sign = sort.isDescending ? -1 : 1;
  return rows.toSorted((one, other) => {
    const [a, b] = [value(one), value(other)];
    if (a === undefined || b === undefined)
      return Number(a === undefined) - Number(b === undefined);
    if (a === b) return one.name < other.name ? -1 : 1;
    return a < b ? -sign : sign;
  });
}

/** Names are read from a to z, numbers from the largest: that is what one looks for. */
export const sortedBy = (at: number): Sort => {
  const column = (at + columns.length) % columns.length;
  return { column, isDescending: column > 2 };
};
