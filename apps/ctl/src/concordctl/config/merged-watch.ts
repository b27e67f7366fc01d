/** Several watches as one, in the order in which they tell. */
import type { Change, Watch } from '@concord/client';

/** Ends when one of them ends; whoever asks closes them. */
export async function* merged(watches: readonly Watch[]): AsyncGenerator<Change> {
  const next = async (watch: Watch) => ({ watch, result: await watch.next() });
  const pending = new Map(watches.map((watch) => [watch, next(watch)]));
  while (pending.size > 0) {
    const { watch, result } = await Promise.race(pending.values());
    if (result.done === true) return;
    pending.set(watch, next(watch));
    if (result.value.type === 'changes') yield* result.value.changes;
  }
}
