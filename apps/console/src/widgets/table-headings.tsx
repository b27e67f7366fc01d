/** The headings of a table: buttons where the column can be sorted by. */
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import classes from './data-table.module.css';
import { orderAfterClick, type Order } from './table-order.ts';

interface Heading {
  readonly id: string;
  readonly header: string;
  readonly align?: 'end';
  readonly sortBy?: unknown;
}

export interface TableHeadingsProps {
  readonly columns: readonly Heading[];
  readonly order: Order | undefined;
  readonly onOrder: (order: Order | undefined) => void;
}

export function TableHeadings({ columns, order, onOrder }: TableHeadingsProps) {
  return (
    <div role="row" aria-rowindex={1} className={classes.headings}>
      {columns.map(({ id, header, align, sortBy }) => {
        const direction = order?.column === id ? order.direction : undefined;
        return (
          <div
            key={id}
            role="columnheader"
            className={classes.cell}
            data-align={align}
            aria-sort={sortBy === undefined ? undefined : (direction ?? 'none')}
          >
            {sortBy === undefined ? (
              header
            ) : (
              <button
                type="button"
                className={classes.sort}
                onClick={() => onOrder(orderAfterClick(order, id))}
              >
                {header}
                {direction === 'ascending' && <IconChevronUp size={12} aria-hidden />}
                {direction === 'descending' && <IconChevronDown size={12} aria-hidden />}
              </button>
            )}
          </div>
        );
      })}
    </div>
  );
}
