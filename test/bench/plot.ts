/**
 * Draws a report as one SVG: for every scenario and number of callers the servers' throughput as bars,
 * relative to the fastest of them, with the figures and the median and p99 latency beside.
 */
import type { CellSummary, Report } from './report.ts';

const WIDTH = 960;
const LEFT = 210;
const BAR_WIDTH_MAX = 430;
const BAR_HEIGHT = 14;
const BLOCK_GAP = 12;
const TOP = 84;
/** One colour a server, in the order of the report; told apart by the colour-blind too. */
const COLOURS = ['#0b6e4f', '#8d99ae', '#f4a259', '#5b8e7d', '#bc4b51'];

/** The report's plot, as the text of an SVG file. */
export function plotReport(report: Report): string {
  const blocks = blocksOf(report.summaries);
  const servers = [...new Set(report.summaries.map((summary) => summary.server))];
  const parts: string[] = [];
  let y = TOP;
  for (const block of blocks) {
    parts.push(...drawBlock(block, servers, y));
    y += block.length * BAR_HEIGHT + BLOCK_GAP;
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${y + BLOCK_GAP}" font-family="sans-serif" font-size="11">`,
    '<rect width="100%" height="100%" fill="#ffffff"/>',
    text(16, 26, 'Throughput; median and p99 latency', 'font-size="16" font-weight="bold"'),
    text(16, 44, `${report.date.slice(0, 10)}, ${report.machine}`, 'fill="#555555"'),
    ...drawLegend(servers),
    ...parts,
    '</svg>',
    '',
  ].join('\n');
}

function blocksOf(summaries: readonly CellSummary[]): CellSummary[][] {
  const blocks = new Map<string, CellSummary[]>();
  for (const summary of summaries) {
    const key = `${summary.scenario} ${summary.callers}`;
    blocks.set(key, [...(blocks.get(key) ?? []), summary]);
  }
  return [...blocks.values()];
}

function drawLegend(servers: readonly string[]): string[] {
  return servers.flatMap((server, position) => [
    `<rect x="${LEFT + position * 130}" y="56" width="10" height="10" fill="${colour(position)}"/>`,
    text(LEFT + position * 130 + 15, 65, server),
  ]);
}

function drawBlock(
  block: readonly CellSummary[],
  servers: readonly string[],
  top: number,
): string[] {
  const fastest = Math.max(...block.map((summary) => summary.operationsPerSecond), 1);
  const { scenario, callers } = block[0]!;
  const label = `${scenario}, ${callers} caller${callers === 1 ? '' : 's'}`;
  return [
    text(LEFT - 10, top + BAR_HEIGHT - 4, label, 'text-anchor="end"'),
    ...block.flatMap((summary, position) => {
      const y = top + position * BAR_HEIGHT;
      const width = Math.max(1, (summary.operationsPerSecond / fastest) * BAR_WIDTH_MAX);
      const figures =
        `${Math.round(summary.operationsPerSecond).toLocaleString('en')} ${summary.unit}/s, ` +
        `p50 ${summary.p50Milliseconds.toFixed(2)} ms, p99 ${summary.p99Milliseconds.toFixed(2)} ms`;
      const fill = colour(servers.indexOf(summary.server));
      return [
        `<rect x="${LEFT}" y="${y}" width="${width.toFixed(1)}" height="${BAR_HEIGHT - 2}" fill="${fill}"/>`,
        text(LEFT + width + 6, y + BAR_HEIGHT - 4, figures, 'fill="#333333"'),
      ];
    }),
  ];
}

function colour(position: number): string {
  return COLOURS[position % COLOURS.length]!;
}

function text(x: number, y: number, content: string, attributes = ''): string {
  const escaped = content.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<text x="${x.toFixed(1)}" y="${y}" ${attributes}>${escaped}</text>`;
}
