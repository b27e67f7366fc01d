/**
 * A whole run: in every round each server in turn (A B A B …) is started on a new directory, filled, put
 * through all scenarios and stopped, so that whatever else the machine does meanwhile falls on all alike.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateLoad } from './generator-process.ts';
import type { Measurement } from './measured-window.ts';
import type { BenchOptions } from './options.ts';
import { preload } from './preload.ts';
import { ServerGroup } from './server-group.ts';
import type { ServerKind } from './server-under-test.ts';
import { measureStartUp } from './start-up.ts';
import type { StartUp } from './start-up.ts';

/** All rounds of one scenario with one number of callers on one server. */
export interface Cell {
  readonly scenario: string;
  readonly callers: number;
  readonly server: string;
  readonly rounds: Measurement[];
}

/** All rounds of one server's start-up. */
export interface StartUpCell {
  readonly server: string;
  readonly rounds: StartUp[];
}

/** What a run found; cells are in the order of measuring, servers side by side. */
export interface Findings {
  readonly cells: Cell[];
  readonly startUps: StartUpCell[];
}

/** Measures what the options ask for; `log` gets a line of progress now and then. */
export async function runCampaign(
  options: BenchOptions,
  log: (line: string) => void,
): Promise<Findings> {
  const findings = emptyFindings(options);
  const folder = mkdtempSync(join(tmpdir(), 'concord-bench-'));
  try {
    for (let round = 1; round <= options.rounds; round++) {
      for (const kind of options.servers) {
        log(`round ${round} of ${options.rounds}: ${kind.name}`);
        await measureCells(kind, folder, options, findings);
      }
    }
    for (let round = 1; options.startUpKeys > 0 && round <= options.rounds; round++) {
      for (const { name, command } of options.servers) {
        log(`start-up round ${round} of ${options.rounds}: ${name}`);
        const space = { ...options.keySpace, keys: options.startUpKeys };
        const startUp = await measureStartUp({ name, command }, folder, space);
        findings.startUps.find((cell) => cell.server === name)?.rounds.push(startUp);
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return findings;
}

function emptyFindings({ scenarios, callers, servers, startUpKeys }: BenchOptions): Findings {
  return {
    cells: scenarios.flatMap((scenario) =>
      callers.flatMap((count) =>
        servers.map(({ name }) => ({ scenario, callers: count, server: name, rounds: [] })),
      ),
    ),
    startUps: startUpKeys > 0 ? servers.map(({ name }) => ({ server: name, rounds: [] })) : [],
  };
}

async function measureCells(
  kind: ServerKind,
  folder: string,
  options: BenchOptions,
  findings: Findings,
): Promise<void> {
  const cells = findings.cells.filter((cell) => cell.server === kind.name);
  if (cells.length === 0) return;
  const own = join(folder, kind.name);
  mkdirSync(own);
  const group = await ServerGroup.start({ kind, folder: own, members: options.members });
  await preload('127.0.0.1', group.clientPorts[0]!, options.keySpace);
  // Restarted, because a burst of large transactions leaves marks that no steady load leaves: etcd 3.4
  // copies a buffer as large as the largest batch it has seen for every read.
  await group.restart();
  const where = { host: '127.0.0.1', ports: group.clientPorts, serverPids: group.pids };
  try {
    for (const { scenario, callers, rounds } of cells) {
      const { keySpace, warmUpSeconds, seconds } = options;
      const job = { ...where, scenario, callers, keySpace, warmUpSeconds, seconds };
      rounds.push(await generateLoad(job, options.generatorCpu));
    }
  } finally {
    await group.stop();
    rmSync(own, { recursive: true, force: true });
  }
}
