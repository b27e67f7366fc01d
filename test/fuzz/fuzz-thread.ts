/** The thread that runs the inputs of one target, one after the other, until its time is over. */
import { parentPort, workerData } from 'node:worker_threads';
import { Random } from '@concord/testing';
import { InputSlot } from './input-slot.ts';
import type { FuzzSession } from './target.ts';
import { loadTarget } from './targets.ts';

/** What the thread is started with. */
export interface ThreadOrder {
  readonly memory: SharedArrayBuffer;
  readonly target: string;
  readonly seed: number;
  readonly seconds: number;
  /** Runs this one alone. */
  readonly input?: Uint8Array;
}

/** What it tells. */
export type ThreadReport =
  /** An input, or the end of all, has failed; `stack` says how. */
  | { readonly kind: 'failed'; readonly stack: string; readonly isOfInput: boolean }
  | { readonly kind: 'done'; readonly outcomes: ReadonlyMap<string, number> };

/** After so many inputs timers and sockets have their turn, where a target leaves them none. */
const INPUTS_PER_TURN = 64;

const order = workerData as ThreadOrder;
const slot = new InputSlot(order.memory);
const outcomes = new Map<string, number>();
const report = (content: ThreadReport): void => parentPort?.postMessage(content);

async function runOne(session: FuzzSession, input: Uint8Array): Promise<void> {
  slot.begin(input);
  const outcome = await session.run(input);
  outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  slot.end();
}

async function runMany(session: FuzzSession): Promise<void> {
  const random = new Random(order.seed);
  const endMs = performance.now() + order.seconds * 1000;
  for (let count = 1; performance.now() < endMs && !slot.isStopping; count++) {
    await runOne(session, session.next(random.fork()));
    if (count % INPUTS_PER_TURN === 0) await new Promise((resolve) => setImmediate(resolve));
  }
}

try {
  const target = await loadTarget(order.target);
  const session = await target.open();
  if (order.input === undefined) await runMany(session);
  else await runOne(session, order.input);
  await session.close();
  report({ kind: 'done', outcomes });
} catch (error) {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  report({ kind: 'failed', stack, isOfInput: slot.isRunning });
}
