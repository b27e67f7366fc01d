/**
 * When which fault begins: a few lanes side by side, each one fault after the other with pauses between them, drawn
 * from the seed. The seed fixes what is tried; what comes of it is the machine's.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '@concord/testing';
import type { Fault, FaultContext } from './fault.ts';

const REST_MS = { min: 300, max: 5_000 } as const;
/** A fault without an opportunity is not waited for long. */
const RETRY_MS = 200;

export interface FaultReport {
  readonly name: string;
  readonly description: string;
  readonly beganAtMs: number;
  readonly endedAtMs: number;
}

/** Injects faults until `signal` says that it is enough, and lets each one end. */
export async function injectFaults(
  faults: readonly Fault[],
  lanes: number,
  context: FaultContext,
  signal: AbortSignal,
  tell: (report: FaultReport) => void,
): Promise<void> {
  const lane = async (random: Random): Promise<void> => {
    await rest(random.magnitude(REST_MS.min, REST_MS.max), signal);
    while (!signal.aborted) {
      const fault = random.pick(faults);
      const beganAtMs = performance.now();
      const description = await fault.inject({ ...context, random });
      if (description === undefined) {
        await rest(RETRY_MS, signal);
        continue;
      }
      tell({ name: fault.name, description, beganAtMs, endedAtMs: performance.now() });
      await rest(random.magnitude(REST_MS.min, REST_MS.max), signal);
    }
  };
  await Promise.all(Array.from({ length: lanes }, () => lane(context.random.fork())));
}

async function rest(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => undefined);
}
