/** Runs a program of v2 requests on Concord and etcd, step by step, and tells the first difference. */
import { assertSame, Pair } from './pair.ts';
import type { V2Request } from './exchange.ts';
import type { V2Step } from './program.ts';

/** How long a wait may take to be told of a write that was answered already. */
const TOLD_MS = 150;

export interface Difference {
  readonly at: number;
  readonly step: V2Step;
  readonly message: string;
}

/** Undefined when all answers were the same. */
export async function findDifference(program: readonly V2Step[]): Promise<Difference | undefined> {
  await using pair = await Pair.start();
  for (const [at, step] of program.entries()) {
    try {
      await run(pair, step);
    } catch (error) {
      return { at, step, message: error instanceof Error ? error.message : String(error) };
    }
  }
  return undefined;
}

async function run(pair: Pair, step: V2Step): Promise<void> {
  switch (step.kind) {
    case 'ask':
      await pair.same(step.request);
      return;
    case 'wait': {
      // Both have the wait before the write comes: its headers were flushed.
      const told = pair.ask({ ...step.wait, milliseconds: TOLD_MS });
      await new Promise((resolve) => setTimeout(resolve, TOLD_MS / 3));
      await pair.same(step.write);
      const [ours, theirs] = await told;
      assertSame(ours, theirs, `the wait ${JSON.stringify(step.wait)}`);
      return;
    }
    case 'expire': {
      const { path, body } = step;
      const { status, headers } = await pair.same({ method: 'PUT', path, body });
      if (status >= 400) return;
      const next = Number(headers['x-etcd-index']) + 1;
      const gone: V2Request = { path: `${path}?wait=true&waitIndex=${next}` };
      await pair.ask(gone);
      await pair.same(gone);
      return;
    }
  }
}
