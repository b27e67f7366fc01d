/** Draws a view of a cluster: lines of text no wider than the terminal, and no more of them than it has. */
import type { ClusterView, MemberRow, MethodRow } from './cluster-view.ts';
import { columns, sortedRows, type Sort } from './columns.ts';
import { milliseconds, rate } from './numbers.ts';

export interface Frame {
  readonly width: number;
  /** Lines that there are room for; undefined: as many as it takes. */
  readonly height?: number | undefined;
  readonly hasColour: boolean;
  readonly sort: Sort;
  readonly isPaused: boolean;
  /** Whether keys can be pressed. */
  readonly isLive: boolean;
  /** Why there is nothing newer, if so. */
  readonly problem?: string | undefined;
}

/** What marks a text: not counted when widths are. */
type Paint = (text: string) => string;

export function draw(view: ClusterView | undefined, frame: Frame): readonly string[] {
  const bold = paint(frame.hasColour, 1);
  const red = paint(frame.hasColour, 31);
  const lines = [
    ...(view === undefined ? [] : head(view, bold, red)),
    ...(frame.problem === undefined
      ? []
      : [red(`the cluster could not be asked: ${frame.problem}`)]),
    ...(view === undefined ? [] : ['', ...memberTable(view, frame, bold, red)]),
    ...(view === undefined || view.methods.length === 0 ? [] : ['', ...methodTable(view, bold)]),
  ];
  const help = frame.isLive ? ['', keys(frame)] : [];
  const room = frame.height === undefined ? lines.length : frame.height - help.length;
  return [...lines.slice(0, Math.max(1, room)), ...help].map((line) => cut(line, frame.width));
}

function head(view: ClusterView, bold: Paint, red: Paint): readonly string[] {
  const { clusterId, leader, revision, requestsPerSecond, eventsPerSecond } = view;
  const time = new Date(view.atMs).toISOString().slice(11, 19);
  const rates =
    requestsPerSecond === undefined
      ? ''
      : `, ${rate(requestsPerSecond)} requests/s, ${rate(eventsPerSecond ?? 0)} events/s`;
  const state = !view.isMajority
    ? red('no majority: nothing can be written')
    : `leader ${leader ?? 'unknown'}`;
  const pending = view.proposalsPending > 0 ? `, ${view.proposalsPending} proposals pending` : '';
  const alarms = view.alarms.length === 0 ? 'no alarms' : red(`ALARM ${view.alarms.join(', ')}`);
  return [
    `${bold(`cluster ${clusterId ?? '?'}`)}  ${time}Z  ${state}, revision ${revision ?? '?'}${rates}${pending}`,
    alarms,
  ];
}

function memberTable(
  view: ClusterView,
  { sort, isLive }: Frame,
  bold: Paint,
  red: Paint,
): readonly string[] {
  const mark = sort.isDescending ? '▼' : '▲';
  const titles = columns.map(({ title }, at) =>
    isLive && at === sort.column ? `${title}${mark}` : title,
  );
  const rows = sortedRows(view.members, sort);
  const cells = rows.map((row) => columns.map(({ show }) => show(row)));
  const [header = '', ...body] = aligned([titles, ...cells], (at) => at < 3);
  return [
    bold(header),
    ...body.map((line, at) => {
      const row = rows[at]!;
      const isWrong = row.role === 'silent' || row.role === 'no leader';
      return isWrong ? red(`${line}${why(row)}`) : line;
    }),
  ];
}

const why = ({ problem }: MemberRow): string => (problem === undefined ? '' : `  ${problem}`);

function methodTable({ methods }: ClusterView, bold: Paint): readonly string[] {
  const titles = ['METHOD', 'CALLS/S', 'ERRORS/S', 'P50 MS', 'P99 MS'];
  const cells = methods.map((row: MethodRow) => [
    row.method,
    rate(row.perSecond),
    row.errorsPerSecond === 0 ? '' : rate(row.errorsPerSecond),
    milliseconds(row.latencyP50Ms),
    milliseconds(row.latencyP99Ms),
  ]);
  const [header = '', ...body] = aligned([titles, ...cells], (at) => at === 0);
  return [bold(header), ...body];
}

const keys = ({ isPaused }: Frame): string =>
  `q quit  p ${isPaused ? 'go on (paused)' : 'pause'}  ←→ sort by  ↑↓ turn round`;

/** @param isLeft - whether the column of that number begins at the left */
function aligned(rows: readonly (readonly string[])[], isLeft: (at: number) => boolean): string[] {
  const widths = (rows[0] ?? []).map((_, at) =>
    Math.max(...rows.map((row) => (row[at] ?? '').length)),
  );
  return rows.map((row) =>
    row
      .map((cell, at) =>
        isLeft(at) ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
}

const paint =
  (hasColour: boolean, code: number): Paint =>
  (text) =>
    hasColour ? `\x1b[${code}m${text}\x1b[0m` : text;

const MARKED = /(\x1b\[\d+m)/;

/** The first `width` characters that are seen; marks are kept, so that none goes on beyond its line. */
function cut(line: string, width: number): string {
  let left = width;
  return line
    .split(MARKED)
    .map((part) => {
      if (MARKED.test(part)) return part;
      const kept = part.slice(0, left);
      left -= kept.length;
      return kept;
    })
    .join('');
}
