/** Which columns of a table there is room for, and how wide each is: a table never stands out at its right. */

interface Measured {
  /** As CSS grid writes it: `120px`, `minmax(160px, 2fr)`. */
  readonly width?: string;
  /** Left out where the table is narrower than so many pixels. */
  readonly fromWidth?: number;
}

/** Between columns, and at both sides of a row: as in `data-table.module.css`. */
const GAP = 16;
const SIDES = 2 * 16;

export interface Fitting<Column> {
  readonly shown: readonly Column[];
  /** Of the grid. */
  readonly template: string;
}

/**
 * Columns that can be left out go, the least important first, until the others fit. What is left on a phone shares the
 * room: names are cut off rather than what stands at the end of the row.
 *
 * @param width - of the table in pixels; 0 while it is not known
 */
export function fittingColumns<Column extends Measured>(
  columns: readonly Column[],
  width: number,
): Fitting<Column> {
  if (width === 0) return { shown: columns, template: templateOf(columns) };
  let shown = columns.filter(({ fromWidth = 0 }) => width >= fromWidth);
  while (leastOf(shown) > width) {
    const widest = Math.max(...shown.map(({ fromWidth = 0 }) => fromWidth));
    const last = shown.findLastIndex(({ fromWidth = 0 }) => fromWidth === widest);
    if (widest === 0 || last < 0) break;
    shown = shown.toSpliced(last, 1);
  }
  const template = templateOf(shown);
  return {
    shown,
    template: leastOf(shown) > width ? template.replace(/minmax\(\d+px/g, 'minmax(0') : template,
  };
}

const templateOf = (columns: readonly Measured[]): string =>
  columns.map(({ width = 'minmax(0, 1fr)' }) => width).join(' ');

/** Narrower than that the columns stand out. */
function leastOf(columns: readonly Measured[]): number {
  const widths = columns.map(({ width = '' }) => Number(/(\d+)px/.exec(width)?.[1] ?? 0));
  const inside = widths.reduce((sum, least) => sum + least, 0);
  return inside + GAP * Math.max(0, columns.length - 1) + SIDES;
}
