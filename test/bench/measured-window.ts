/**
 * The stretch of time that a measurement counts: after a warm-up, for a fixed length. Operations that
 * finish inside it are counted with their latency; the server's and the generator's CPU time is read at
 * both of its ends.
 */
import { Histogram } from './histogram.ts';
import type { LatencySummary } from './histogram.ts';
import { processUsage } from './process-usage.ts';
import type { ProcessUsage } from './process-usage.ts';

/** What one run of one scenario found. */
export interface Measurement {
  readonly operationsPerSecond: number;
  readonly latency: LatencySummary;
  /** CPU time of the server per operation. */
  readonly serverCpuMicroseconds: number;
  /** CPU time of the load generator per operation. */
  readonly generatorCpuMicroseconds: number;
  /** The server's resident memory at the end. */
  readonly residentBytes: number;
  /** Calls that failed, and the first one's text. */
  readonly failures: number;
  readonly firstFailure: string;
}

/** How long, and whose CPU time. */
export interface WindowOptions {
  readonly warmUpSeconds: number;
  readonly seconds: number;
  /** The server's processes: one, or those of a cluster. */
  readonly serverPids: readonly number[];
}

/** One measured window. */
export class MeasuredWindow {
  readonly #options: WindowOptions;
  readonly #latency = new Histogram();
  #begin = Infinity;
  #end = Infinity;
  #serverCpuSeconds = 0;
  #generatorCpuSeconds = 0;
  #residentBytes = 0;
  #failures = 0;
  #firstFailure = '';

  constructor(options: WindowOptions) {
    this.#options = options;
  }

  /** Whether the load should be kept up at this `performance.now()`. */
  isOpen(now: number): boolean {
    return now < this.#end && this.#failures === 0;
  }

  /** Starts the clock: from now the warm-up, then the window. Resolves when the window is over. */
  async measure(): Promise<void> {
    const now = performance.now();
    const { warmUpSeconds, seconds, serverPids } = this.#options;
    this.#begin = now + warmUpSeconds * 1000;
    this.#end = this.#begin + seconds * 1000;
    await at(this.#begin);
    const server = usageOf(serverPids);
    const generator = process.cpuUsage();
    await at(this.#end);
    const usage = usageOf(serverPids);
    const own = process.cpuUsage(generator);
    this.#serverCpuSeconds = usage.cpuSeconds - server.cpuSeconds;
    this.#generatorCpuSeconds = (own.user + own.system) / 1e6;
    this.#residentBytes = usage.residentBytes;
  }

  /** Counts an operation that began at this `performance.now()` and is finished now. */
  finished(startedAt: number, now: number): void {
    if (now >= this.#begin && now < this.#end) this.#latency.record(now - startedAt);
  }

  /** Notes a failed call; the load stops at the first. */
  failed(text: string): void {
    if (this.#failures++ === 0) this.#firstFailure = text;
  }

  /** The findings. */
  result(): Measurement {
    const operations = this.#latency.total;
    const perOperation = (cpuSeconds: number): number =>
      (cpuSeconds * 1e6) / Math.max(1, operations);
    return {
      operationsPerSecond: operations / this.#options.seconds,
      latency: this.#latency.summary(),
      serverCpuMicroseconds: perOperation(this.#serverCpuSeconds),
      generatorCpuMicroseconds: perOperation(this.#generatorCpuSeconds),
      residentBytes: this.#residentBytes,
      failures: this.#failures,
      firstFailure: this.#firstFailure,
    };
  }
}

/** Resolves at this `performance.now()`. */
function at(time: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, Math.max(0, time - performance.now()));
  });
}

/** What all processes use together. */
function usageOf(pids: readonly number[]): Pick<ProcessUsage, 'cpuSeconds' | 'residentBytes'> {
  const usages = pids.map(processUsage);
  return {
    cpuSeconds: usages.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0),
    residentBytes: usages.reduce((sum, { residentBytes }) => sum + residentBytes, 0),
  };
}
