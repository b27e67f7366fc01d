/**
 * Runs one target in a thread and watches it from outside: an input that takes too long, a heap that is full, memory
 * that grows, and whatever else ends the thread are failures, and each leaves the input in a file.
 */
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { ThreadOrder, ThreadReport } from './fuzz-thread.ts';
import { InputSlot } from './input-slot.ts';
import type { FuzzTarget } from './target.ts';
import { loadTarget } from './targets.ts';

export interface CampaignOptions {
  readonly target: string;
  readonly seed: number;
  readonly seconds: number;
  /** Runs this one alone. */
  readonly input?: Uint8Array;
  /** Ends the campaign early, as its time would. */
  readonly signal?: AbortSignal;
}

export interface CampaignReport {
  readonly inputs: number;
  /** How many inputs became what. */
  readonly outcomes: ReadonlyMap<string, number>;
  /** From the first quarter of the time on. */
  readonly growthBytes: number;
}

/** Something is wrong; the message says what, and how to see it again. */
export class FuzzFailure extends Error {
  override readonly name = 'FuzzFailure';
}

const WATCH_MS = 50;
/** The heap of the thread; it holds a few inputs at a time and the corpus. */
const HEAP_MIB_MAX = 512;
/** Until then code is compiled and pools are filled. */
const WARM_SHARE = 0.25;
const WARM_MS_MAX = 30_000;
/** For a session to begin and to end, members included. */
const EDGE_MS_MAX = 60_000;

export async function runCampaign(options: CampaignOptions): Promise<CampaignReport> {
  const target = await loadTarget(options.target);
  const slot = new InputSlot();
  const order: ThreadOrder = { ...withoutSignal(options), memory: slot.memory };
  const thread = new Worker(new URL('./fuzz-thread.ts', import.meta.url), {
    workerData: order,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MIB_MAX },
  });
  const watch = new Watch(options, target, slot);
  const stop = (): void => slot.stop();
  options.signal?.addEventListener('abort', stop);
  try {
    const outcomes = await Promise.race([reportOf(thread, options, slot), watch.trouble]);
    return { inputs: slot.count, outcomes, growthBytes: watch.growthBytes };
  } finally {
    watch.end();
    options.signal?.removeEventListener('abort', stop);
    await thread.terminate();
  }
}

function withoutSignal({
  target,
  seed,
  seconds,
  input,
}: CampaignOptions): Omit<ThreadOrder, 'memory'> {
  return { target, seed, seconds, ...(input !== undefined && { input }) };
}

/** What the thread says in the end, or how it ended instead. */
function reportOf(
  thread: Worker,
  options: CampaignOptions,
  slot: InputSlot,
): Promise<ReadonlyMap<string, number>> {
  return new Promise((resolve, reject) => {
    const fail = (what: string): void => reject(failure(options, slot, what));
    thread.on('message', (report: ThreadReport) => {
      if (report.kind === 'done') resolve(report.outcomes);
      else fail(report.isOfInput ? report.stack : `between inputs: ${report.stack}`);
    });
    thread.on('error', (error: Error) => fail(`nobody has caught ${error.stack ?? error.message}`));
    thread.on('exit', (code) => fail(`the thread ended with status ${code}`));
  });
}

/** Looks at a thread from outside, every {@link WATCH_MS}. */
class Watch {
  /** Rejects when something is wrong. */
  readonly trouble: Promise<never>;
  readonly #timer: NodeJS.Timeout;
  readonly #startedMs = performance.now();
  #warmBytes = 0;
  #largestBytes = 0;

  constructor(options: CampaignOptions, target: FuzzTarget, slot: InputSlot) {
    const warmMs = Math.min(WARM_MS_MAX, options.seconds * 1000 * WARM_SHARE);
    let seenCount = -1;
    let seenMs = 0;
    const { promise, reject } = Promise.withResolvers<never>();
    this.trouble = promise;
    this.trouble.catch(() => undefined);
    this.#timer = setInterval(() => {
      const now = performance.now();
      if (slot.count !== seenCount) {
        seenCount = slot.count;
        seenMs = now;
      }
      const patienceMs = slot.isRunning ? target.hangMs : EDGE_MS_MAX;
      if (now - seenMs > patienceMs) {
        reject(failure(options, slot, `nothing has happened for ${patienceMs} ms`));
      }
      this.#measure(now > this.#startedMs + warmMs);
      if (this.growthBytes > target.growthBytesMax) {
        const grown = `memory has grown by ${this.growthBytes} bytes`;
        reject(failure(options, slot, `${grown}, more than ${target.growthBytesMax}`));
      }
    }, WATCH_MS);
  }

  get growthBytes(): number {
    return Math.max(0, this.#largestBytes - this.#warmBytes);
  }

  end(): void {
    clearInterval(this.#timer);
  }

  #measure(isWarm: boolean): void {
    const bytes = process.memoryUsage.rss();
    if (isWarm) this.#largestBytes = Math.max(this.#largestBytes, bytes);
    else this.#warmBytes = Math.max(this.#warmBytes, bytes);
  }
}

function failure(
  { target, seed, input }: CampaignOptions,
  slot: InputSlot,
  what: string,
): FuzzFailure {
  const place = `${target}, seed ${seed}, input ${slot.count}`;
  if (input !== undefined || slot.count === 0) return new FuzzFailure(`${place}: ${what}`);
  const file = join(tmpdir(), `concord-fuzz-${target}-${seed}-${slot.count}.bin`);
  writeFileSync(file, slot.input);
  return new FuzzFailure(
    `${place}: ${what}\n\nThe input is in ${file}. To run it again: ` +
      `npm run fuzz -- --target ${target} --replay ${file}\n` +
      `To run all up to it: npm run fuzz -- --target ${target} --seed ${seed}`,
  );
}
