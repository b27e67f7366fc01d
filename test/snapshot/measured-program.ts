/** A program that is run to its end, and the most memory that it had. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';

export interface MeasuredRun {
  readonly stdout: string;
  readonly seconds: number;
  readonly peakMegabytes: number;
}

const lookMs = 50;

/** Throws what it says on stderr where it fails. */
export async function runMeasured(program: string, args: readonly string[]): Promise<MeasuredRun> {
  const beganMs = performance.now();
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ETCDCTL_API: '3' },
  });
  let [stdout, stderr, peakMegabytes] = ['', '', 0];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const looking = setInterval(() => {
    peakMegabytes = Math.max(peakMegabytes, peakMegabytesOf(child.pid ?? 0));
  }, lookMs);
  const [status] = (await once(child, 'close')) as [number | null];
  clearInterval(looking);
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr}`);
  return { stdout, seconds: (performance.now() - beganMs) / 1000, peakMegabytes };
}

/** As the kernel counts it; 0 for a process that is gone, and where there is no `/proc`. */
export function peakMegabytesOf(pid: number): number {
  try {
    const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Math.round(Number(kilobytes ?? 0) / 1024);
  } catch {
    return 0;
  }
}
