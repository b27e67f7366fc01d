/** In which order a table's rows stand, and which row a key leads to. */

export interface Order {
  readonly column: string;
  readonly direction: 'ascending' | 'descending';
}

interface Sortable<Row> {
  readonly id: string;
  readonly sortBy?: (row: Row) => string | number;
}

/** Names with numbers in them stand as people count: `node-2` before `node-10`. */
const names = new Intl.Collator('en', { numeric: true });

/** The rows in `order`; as they came where no column is chosen, or the chosen one cannot be sorted. */
export function sorted<Row>(
  rows: readonly Row[],
  columns: readonly Sortable<Row>[],
  order: Order | undefined,
): readonly Row[] {
  const sortBy = columns.find(({ id }) => id === order?.column)?.sortBy;
  if (sortBy === undefined || order === undefined) return rows;
  const sign = order.direction === 'ascending' ? 1 : -1;
  return rows
    .map((row) => ({ row, value: sortBy(row) }))
    .sort((a, b) => sign * compared(a.value, b.value))
    .map(({ row }) => row);
}

const compared = (a: string | number, b: string | number): number =>
  typeof a === 'number' && typeof b === 'number' ? a - b : names.compare(String(a), String(b));

/** A click on a column's heading: ascending, then descending, then as the rows came. */
export function orderAfterClick(order: Order | undefined, column: string): Order | undefined {
  if (order?.column !== column) return { column, direction: 'ascending' };
  return order.direction === 'ascending' ? { column, direction: 'descending' } : undefined;
}

/** Rows that a page key skips. */
const PAGE_ROWS = 15;

/** The row that `key` leads to from `current`; `undefined` for keys that do not move. */
export function rowAfterKey(key: string, current: number, count: number): number | undefined {
  const target = {
    ArrowDown: current + 1,
    ArrowUp: current - 1,
    PageDown: current + PAGE_ROWS,
    PageUp: current - PAGE_ROWS,
    Home: 0,
    End: count - 1,
  }[key];
  return target === undefined ? undefined : Math.max(0, Math.min(count - 1, target));
}
