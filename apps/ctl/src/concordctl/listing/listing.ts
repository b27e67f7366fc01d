/** How our own groups show what they list: rows of named columns, in the formats that etcdctl has. */
import { textTable } from '../../text-table.ts';
import type { Presenter } from '../output/presenter.ts';

export type Cell = string | number | bigint | boolean | undefined;

export interface ListingColumn<Row> {
  /** Of the table, in capitals there; in `fields` as it is. */
  readonly title: string;
  value(row: Row): Cell;
}

export interface Listing<Row> {
  readonly columns: readonly ListingColumn<Row>[];
  readonly rows: readonly Row[];
  /** What `-w json` shows. */
  readonly document: unknown;
}

/** A line a row, cells between commas, as `member list` has it; a table; `"Name" : value` lines; JSON on one line. */
export async function showListing<Row>(
  presenter: Presenter,
  { columns, rows, document }: Listing<Row>,
): Promise<void> {
  const cells = rows.map((row) => columns.map(({ value }) => value(row)));
  await presenter.show({
    simple: () => cells.map((row) => `${row.map(shown).join(', ')}\n`).join(''),
    table: () =>
      textTable(
        columns.map(({ title }) => title),
        cells.map((row) => row.map(shown)),
      ),
    fields: () =>
      cells
        .map((row) => row.map((cell, at) => field(columns[at]?.title ?? '', cell)).join(''))
        .join('\n'),
    json: () => jsonLine(document),
  });
}

/** One thing, whose text in the simple format is its own. */
export async function showOne(
  presenter: Presenter,
  {
    text,
    fields,
    document,
  }: {
    readonly text: string;
    readonly fields: readonly (readonly [title: string, value: Cell])[];
    readonly document: unknown;
  },
): Promise<void> {
  const shownFields = fields.map(([title, value]) => [title, shown(value)] as const);
  await presenter.show({
    simple: () => text,
    table: () =>
      textTable(
        shownFields.map(([title]) => title),
        [shownFields.map(([, cell]) => cell)],
      ),
    fields: () => fields.map(([title, value]) => field(title, value)).join(''),
    json: () => jsonLine(document),
  });
}

/** Ids have 64 bits: JSON's numbers would lose some, so they are texts as people write them. */
export const jsonLine = (document: unknown): string =>
  `${JSON.stringify(document, (_, value: unknown) => (typeof value === 'bigint' ? value.toString(16) : value))}\n`;

const shown = (cell: Cell): string =>
  typeof cell === 'bigint' ? cell.toString(16) : cell === undefined ? '' : String(cell);

/** `"IsLearner" : true`: the words of the title run together. */
function field(title: string, cell: Cell): string {
  const name = title
    .split(' ')
    .map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
    .join('');
  const value = typeof cell === 'string' ? JSON.stringify(cell) : shown(cell);
  return `"${name}" : ${value}\n`;
}
