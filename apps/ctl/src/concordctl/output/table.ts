/** Rows as `simple` and `table` show them. */
import { textTable } from '../../text-table.ts';

export interface Rows {
  readonly headers: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export const simpleRows = ({ rows }: Rows): string =>
  rows.map((row) => `${row.join(', ')}\n`).join('');

export const tableOf = ({ headers, rows }: Rows): string => textTable(headers, rows);
