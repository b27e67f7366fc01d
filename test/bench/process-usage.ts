/**
 * CPU time and resident memory of a server and of the processes that it started, read from `/proc`
 * (Linux). An executable may be a launcher of the real process, so the whole tree counts.
 */
import { readFileSync, readdirSync } from 'node:fs';

/** Kernel clock ticks a second: 100 on every Linux that Node runs on (`getconf CLK_TCK`). */
const TICKS_PER_SECOND = 100;
const PAGE_BYTES = 4096;

/** What a process tree uses. */
export interface ProcessUsage {
  /** User and system time since each process began. */
  readonly cpuSeconds: number;
  readonly residentBytes: number;
  /** The part of it that is no file's: what the kernel could not drop and read again. */
  readonly anonymousBytes: number;
}

/** The usage of this process and its descendants; zeros for a process that is gone or where `/proc` is missing. */
export function processUsage(pid: number): ProcessUsage {
  const parents = new Map<number, number>();
  for (const name of listProcesses()) {
    const stat = statFields(name);
    if (stat !== undefined) parents.set(name, Number(stat[1]));
  }
  let cpuTicks = 0;
  let residentPages = 0;
  let filePages = 0;
  for (const candidate of parents.keys()) {
    if (!descendsFrom(parents, candidate, pid)) continue;
    const stat = statFields(candidate);
    if (stat === undefined) continue;
    cpuTicks += Number(stat[11]) + Number(stat[12]);
    const [, resident, ofFiles] = pageCounts(candidate);
    residentPages += resident;
    filePages += ofFiles;
  }
  return {
    cpuSeconds: cpuTicks / TICKS_PER_SECOND,
    residentBytes: residentPages * PAGE_BYTES,
    anonymousBytes: (residentPages - filePages) * PAGE_BYTES,
  };
}

function listProcesses(): number[] {
  try {
    return readdirSync('/proc').map(Number).filter(Number.isInteger);
  } catch {
    return []; // No /proc on this system: usage is reported as zero.
  }
}

/** The fields of `/proc/PID/stat` after the command name: state, parent, … (proc(5) field 3 onward). */
function statFields(pid: number): string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined; // The process ended between listing and reading.
  }
}

/** `/proc/PID/statm`: all pages of the process, resident ones, resident ones of files. */
function pageCounts(pid: number): [number, number, number] {
  try {
    const [all = 0, resident = 0, ofFiles = 0] = readFileSync(`/proc/${pid}/statm`, 'latin1')
      .split(' ')
      .map(Number);
    return [all, resident, ofFiles];
  } catch {
    return [0, 0, 0]; // The process ended meanwhile.
  }
}

function descendsFrom(
  parents: ReadonlyMap<number, number>,
  pid: number,
  ancestor: number,
): boolean {
  for (let at: number | undefined = pid; at !== undefined && at > 1; at = parents.get(at)) {
    if (at === ancestor) return true;
  }
  return false;
}
