/**
 * What a run says: medians over the rounds, the first server (Concord, where present) as a ratio to
 * each other one, as text for the terminal and as a value for the JSON file.
 */
import { cpus, release, totalmem } from 'node:os';
import type { Cell, Findings, StartUpCell } from './campaign.ts';
import type { Measurement } from './measured-window.ts';
import type { BenchOptions } from './options.ts';
import { scenarioNamed } from './scenario-list.ts';
import type { StartUp } from './start-up.ts';

/** The medians of one cell. */
export interface CellSummary {
  readonly scenario: string;
  readonly unit: 'calls' | 'events';
  readonly callers: number;
  readonly server: string;
  readonly operationsPerSecond: number;
  readonly p50Milliseconds: number;
  readonly p99Milliseconds: number;
  readonly p999Milliseconds: number;
  readonly serverCpuMicroseconds: number;
  readonly generatorCpuMicroseconds: number;
  readonly residentBytes: number;
}

/** The medians of one server's start-ups. */
export type StartUpSummary = StartUp & { readonly server: string };

/** All that is written to the JSON file. */
export interface Report {
  readonly date: string;
  readonly machine: string;
  /** As given; of the servers their names, because paths are this machine's alone. */
  readonly options: Omit<BenchOptions, 'servers' | 'out'> & {
    readonly servers: readonly string[];
    readonly out?: undefined;
  };
  readonly summaries: readonly CellSummary[];
  readonly startUps: readonly StartUpSummary[];
  /** Every round, for whoever doubts a median. */
  readonly findings: Findings;
}

/** Sums a run up. */
export function summarize(date: Date, options: BenchOptions, findings: Findings): Report {
  const memory = Math.round(totalmem() / 2 ** 30);
  return {
    date: date.toISOString(),
    machine: `${cpus()[0]?.model.trim() ?? 'unknown'}, ${cpus().length} processors, ${memory} GiB, ${release()}`,
    options: withoutPaths(options),
    summaries: findings.cells.map(summarizeCell),
    startUps: findings.startUps.map(summarizeStartUp),
    findings,
  };
}

function withoutPaths(options: BenchOptions): Report['options'] {
  return { ...options, out: undefined, servers: options.servers.map(({ name }) => name) };
}

function summarizeCell({ scenario, callers, server, rounds }: Cell): CellSummary {
  const of = (pick: (measurement: Measurement) => number): number => median(rounds.map(pick));
  return {
    scenario,
    unit: scenarioNamed(scenario).unit,
    callers,
    server,
    operationsPerSecond: of((m) => m.operationsPerSecond),
    p50Milliseconds: of((m) => m.latency.p50Milliseconds),
    p99Milliseconds: of((m) => m.latency.p99Milliseconds),
    p999Milliseconds: of((m) => m.latency.p999Milliseconds),
    serverCpuMicroseconds: of((m) => m.serverCpuMicroseconds),
    generatorCpuMicroseconds: of((m) => m.generatorCpuMicroseconds),
    residentBytes: of((m) => m.residentBytes),
  };
}

function summarizeStartUp({ server, rounds }: StartUpCell): StartUpSummary {
  const of = (pick: (startUp: StartUp) => number): number => median(rounds.map(pick));
  return {
    server,
    keys: of((s) => s.keys),
    keyBytes: of((s) => s.keyBytes),
    valueBytes: of((s) => s.valueBytes),
    emptyMilliseconds: of((s) => s.emptyMilliseconds),
    emptyResidentBytes: of((s) => s.emptyResidentBytes),
    loadSeconds: of((s) => s.loadSeconds),
    loadedResidentBytes: of((s) => s.loadedResidentBytes),
    loadedAnonymousBytes: of((s) => s.loadedAnonymousBytes),
    fullMilliseconds: of((s) => s.fullMilliseconds),
    fullResidentBytes: of((s) => s.fullResidentBytes),
    fullAnonymousBytes: of((s) => s.fullAnonymousBytes),
  };
}

/** The middle value, or the mean of the two middle ones; 0 of nothing. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

/** The report as text: a block per scenario and number of callers, a line per server. */
export function formatReport(report: Report): string {
  return [
    `${report.date}  ${report.machine}`,
    'Medians of ' +
      `${report.options.rounds} round(s) of ${report.options.seconds} s; "x" is the first server's ` +
      'figure divided by this one (throughput: above 1 the first is faster; latency, CPU, memory: below 1 it needs less).',
    '',
    ...formatCells(report.summaries),
    ...formatStartUps(report.startUps),
  ].join('\n');
}

function formatCells(summaries: readonly CellSummary[]): string[] {
  if (summaries.length === 0) return [];
  const header = row(
    ['scenario', 'callers', 'server'],
    ['ops/s', 'x', 'p50 ms', 'x', 'p99 ms', 'x', 'p99.9 ms', 'cpu us/op', 'x', 'rss MB', 'gen us'],
  );
  const lines = [header, '-'.repeat(header.length)];
  let first = summaries[0]!;
  for (const summary of summaries) {
    const newBlock = summary.scenario !== first.scenario || summary.callers !== first.callers;
    if (newBlock) first = summary;
    lines.push(
      row(
        [`${summary.scenario} (${summary.unit})`, String(summary.callers), summary.server],
        [
          Math.round(summary.operationsPerSecond).toLocaleString('en'),
          ratio(first.operationsPerSecond, summary.operationsPerSecond),
          summary.p50Milliseconds.toFixed(3),
          ratio(first.p50Milliseconds, summary.p50Milliseconds),
          summary.p99Milliseconds.toFixed(3),
          ratio(first.p99Milliseconds, summary.p99Milliseconds),
          summary.p999Milliseconds.toFixed(3),
          summary.serverCpuMicroseconds.toFixed(1),
          ratio(first.serverCpuMicroseconds, summary.serverCpuMicroseconds),
          megabytes(summary.residentBytes),
          summary.generatorCpuMicroseconds.toFixed(1),
        ],
      ),
    );
  }
  return [...lines, ''];
}

function formatStartUps(startUps: readonly StartUpSummary[]): string[] {
  const first = startUps[0];
  if (first === undefined) return [];
  const header = row(
    [`start-up, ${first.keys.toLocaleString('en')} keys`, '', 'server'],
    [
      'empty ms',
      'x',
      'rss MB',
      'load s',
      'rss MB',
      'x',
      'anon MB',
      'full ms',
      'x',
      'rss MB',
      'x',
      'anon MB',
    ],
  );
  const lines = startUps.map((startUp) =>
    row(
      [`${startUp.keyBytes} B keys, ${startUp.valueBytes} B values`, '', startUp.server],
      [
        startUp.emptyMilliseconds.toFixed(0),
        ratio(first.emptyMilliseconds, startUp.emptyMilliseconds),
        megabytes(startUp.emptyResidentBytes),
        startUp.loadSeconds.toFixed(1),
        megabytes(startUp.loadedResidentBytes),
        ratio(first.loadedResidentBytes, startUp.loadedResidentBytes),
        megabytes(startUp.loadedAnonymousBytes),
        startUp.fullMilliseconds.toFixed(0),
        ratio(first.fullMilliseconds, startUp.fullMilliseconds),
        megabytes(startUp.fullResidentBytes),
        ratio(first.fullResidentBytes, startUp.fullResidentBytes),
        megabytes(startUp.fullAnonymousBytes),
      ],
    ),
  );
  return [header, '-'.repeat(header.length), ...lines, ''];
}

/** Texts to the left, numbers to the right. */
function row(texts: readonly string[], numbers: readonly string[]): string {
  const widths = [28, 8, 14];
  return (
    texts.map((text, column) => text.padEnd(widths[column] ?? 0)).join('') +
    numbers
      .map((number) =>
        number === 'x' || /x$/.test(number) ? number.padStart(8) : number.padStart(11),
      )
      .join('')
  );
}

function ratio(first: number, other: number): string {
  return other === 0 ? '-x' : `${(first / other).toFixed(2)}x`;
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0);
}
