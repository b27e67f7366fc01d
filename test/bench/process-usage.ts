/**
 * CPU time and resident memory of a server, read from `/proc` (Linux). Executables that launch the real
 * server do so by `exec`, which keeps the process id, so one process is the whole of it.
 */
import { readFileSync } from 'node:fs';

/** Kernel clock ticks a second: 100 on every Linux that Node runs on (`getconf CLK_TCK`). */
const TICKS_PER_SECOND = 100;
const PAGE_BYTES = 4096;

/** What a process uses. */
export interface ProcessUsage {
  /** User and system time since it began. */
  readonly cpuSeconds: number;
  readonly residentBytes: number;
  /** The part of it that is no file's: what the kernel could not drop and read again. */
  readonly anonymousBytes: number;
}

/** The usage of this process; zeros where there is no `/proc`. Throws when the process is gone. */
export function processUsage(pid: number): ProcessUsage {
  if (process.platform !== 'linux') return { cpuSeconds: 0, residentBytes: 0, anonymousBytes: 0 };
  // After the command name, which is in parentheses: state, parent, … (proc(5), field 3 onward).
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const cpuTicks = Number(fields[11]) + Number(fields[12]);
  const pages = readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ').map(Number);
  const [, resident = 0, ofFiles = 0] = pages;
  return {
    cpuSeconds: cpuTicks / TICKS_PER_SECOND,
    residentBytes: resident * PAGE_BYTES,
    anonymousBytes: (resident - ofFiles) * PAGE_BYTES,
  };
}
