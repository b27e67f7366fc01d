/**
 * A table of any length: only rows in sight are drawn. Rows have one height, so that the scroll bar is right; arrows
 * move between them, Enter opens one, and a click on a heading sorts.
 */
import { useElementSize, useMergedRef } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  useMemo,
  useRef,
  useState,
  type CSSProperties,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
} from 'react';
import classes from './data-table.module.css';
import { fittingColumns } from './fitting-columns.ts';
import { TableHeadings } from './table-headings.tsx';
import { rowAfterKey, sorted, type Order } from './table-order.ts';
import { usePrinting } from './use-printing.ts';

export interface Column<Row> {
  readonly id: string;
  readonly header: string;
  readonly cell: (row: Row) => ReactNode;
  /** Width as CSS grid writes it: `2fr`, `120px`, `minmax(160px, 2fr)`. */
  readonly width?: string;
  readonly align?: 'end';
  /** What to sort by; a column without it is not sorted. */
  readonly sortBy?: (row: Row) => string | number;
  /** Left out where the table is narrower than so many pixels, or has no room for it: without it a column stays. */
  readonly fromWidth?: number;
}

export interface DataTableProps<Row> {
  /** What the table holds, for who cannot see it. */
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowId: (row: Row) => string;
  readonly onOpen?: (row: Row) => void;
  readonly initialOrder?: Order;
  /** In place of rows when there are none. */
  readonly empty?: ReactNode;
  /** The height that it may take before it scrolls by itself; CSS. */
  readonly maxHeight?: string;
  /** More rows can be asked for: called when the end comes into sight. */
  readonly onEndReached?: () => void;
}

const ROW_HEIGHT = 41;
/** Drawn above and below what is in sight, so that fast scrolling shows no gaps. */
const OVERSCAN = 12;
/** What is longer is better exported. */
const PRINTED_MAX = 500;

export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, columns, rows, onOpen, empty, maxHeight = '70vh' } = props;
  const [order, setOrder] = useState<Order | undefined>(props.initialOrder);
  const ordered = useMemo(() => sorted(rows, columns, order), [rows, columns, order]);
  const scroller = useRef<HTMLDivElement>(null);
  const { ref: measured, width } = useElementSize();
  const frame = useMergedRef(scroller, measured);
  const { shown, template } = fittingColumns(columns, width);
  const isPrinting = usePrinting();
  const virtual = useVirtualizer({
    count: ordered.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
    onChange: ({ range }) => {
      if (range !== null && range.endIndex >= ordered.length - OVERSCAN) props.onEndReached?.();
    },
  });
  const focus = useRowFocus(scroller, virtual.scrollToIndex, ordered, onOpen);
  return (
    <div
      ref={frame}
      className={classes.scroller}
      style={{ '--most': maxHeight, '--columns': template } as CSSProperties}
      role="grid"
      aria-label={label}
      aria-rowcount={ordered.length + 1}
      onKeyDown={focus.onKeyDown}
      // Without rows there is nothing in it that could be focused to scroll it.
      {...(ordered.length === 0 && { tabIndex: 0 })}
    >
      <div role="rowgroup" className={classes.head}>
        <TableHeadings columns={shown} order={order} onOrder={setOrder} />
      </div>
      {ordered.length === 0 ? (
        <NoRows>{empty}</NoRows>
      ) : (
        <div
          role="rowgroup"
          className={classes.body}
          style={{
            height: isPrinting ? printed(ordered).length * ROW_HEIGHT : virtual.getTotalSize(),
          }}
        >
          {(isPrinting ? printed(ordered) : virtual.getVirtualItems()).map(({ index, start }) => {
            const row = ordered[index];
            if (row === undefined) return null;
            return (
              <TableRow
                key={props.rowId(row)}
                row={row}
                columns={shown}
                place={{ index, start }}
                isCurrent={index === focus.current}
                onFocus={() => focus.setCurrent(index)}
                onOpen={onOpen}
              />
            );
          })}
        </div>
      )}
    </div>
  );
}

/** On paper all rows have a place that have been loaded, up to some twenty sheets. */
const printed = (rows: readonly unknown[]): readonly { index: number; start: number }[] =>
  rows.slice(0, PRINTED_MAX).map((_, index) => ({ index, start: index * ROW_HEIGHT }));

const NoRows = ({ children }: { readonly children: ReactNode }) => (
  <div role="rowgroup">
    <div role="row">
      <div role="gridcell" className={classes.none}>
        {children}
      </div>
    </div>
  </div>
);

/** One row can be focused at a time; keys lead from there to others, which may have to be drawn first. */
function useRowFocus<Row>(
  scroller: RefObject<HTMLDivElement | null>,
  scrollTo: (index: number) => void,
  rows: readonly Row[],
  onOpen: ((row: Row) => void) | undefined,
) {
  const [current, setCurrent] = useState(0);
  const onKeyDown = (event: KeyboardEvent) => {
    if (!(event.target as HTMLElement).matches('[data-row]')) return;
    const row = rows[current];
    if (event.key === 'Enter' && row !== undefined) return onOpen?.(row);
    const next = rowAfterKey(event.key, current, rows.length);
    if (next === undefined) return;
    event.preventDefault();
    setCurrent(next);
    scrollTo(next);
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[data-row="${next}"]`)?.focus(),
    );
  };
  return { current, setCurrent, onKeyDown };
}

interface TableRowProps<Row> {
  readonly row: Row;
  readonly columns: readonly Column<Row>[];
  /** Which of all it is, and how many pixels below the first. */
  readonly place: { readonly index: number; readonly start: number };
  /** It is the one that Tab leads to. */
  readonly isCurrent: boolean;
  readonly onFocus: () => void;
  readonly onOpen: ((row: Row) => void) | undefined;
}

function TableRow<Row>({ row, columns, place, isCurrent, onFocus, onOpen }: TableRowProps<Row>) {
  return (
    <div
      role="row"
      aria-rowindex={place.index + 2}
      data-row={place.index}
      data-opens={onOpen !== undefined || undefined}
      tabIndex={isCurrent ? 0 : -1}
      className={classes.row}
      style={{ transform: `translateY(${place.start}px)`, height: ROW_HEIGHT }}
      onFocus={onFocus}
      onMouseOver={({ target }) => tellWhole(target as HTMLElement)}
      onClick={(event) => {
        if (!isOnControl(event.target as HTMLElement)) onOpen?.(row);
      }}
    >
      {columns.map(({ id, cell, align }) => (
        <div key={id} role="gridcell" className={classes.cell} data-align={align}>
          {cell(row)}
        </div>
      ))}
    </div>
  );
}

/** A click on a link or a button inside of a row is not one on the row. */
const isOnControl = (target: HTMLElement): boolean =>
  target.closest('a, button, input, label, [role="menuitem"]') !== null;

/** What is cut off is told in full to who points at it. */
function tellWhole(target: HTMLElement): void {
  const cell = target.closest<HTMLElement>('[role="gridcell"]');
  if (cell === null) return;
  const isCut = [target, cell].some(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth);
  if (isCut) cell.title = cell.textContent;
  else cell.removeAttribute('title');
}
