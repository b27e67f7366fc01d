/** The leader of an election as others see it. */
import { ConcordError, type Client, type Entry } from '@concord/client';
import { Line } from './line/line.ts';
import { pause } from './pause.ts';

/** Between attempts while the cluster does not answer. */
const AGAIN_MS = 500;

export interface Leader {
  /** What it proclaimed. */
  readonly value: string;
  /** Its term: the fencing token of its leadership. */
  readonly token: number;
  readonly key: string;
  readonly lease: bigint;
  /** Revision at which it proclaimed the value. */
  readonly revision: number;
}

export function leaderOf({ text, createRevision, key, lease, modRevision }: Entry): Leader {
  return { value: text, token: createRevision, key, lease, revision: modRevision };
}

/** The leader now and at every change that is seen, undefined for none; ends when `signal` aborts. */
export function observeLeader(
  client: Client,
  name: string,
  signal: AbortSignal | undefined,
): AsyncIterableIterator<Leader | undefined> {
  const ended = new AbortController();
  const signals = signal === undefined ? [ended.signal] : [ended.signal, signal];
  const changes = leaders(client, new Line(client, name), AbortSignal.any(signals));
  return {
    next: () => changes.next(),
    return: () => {
      // A generator that waits would not hear of it.
      ended.abort();
      return changes.return(undefined);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

async function* leaders(
  client: Client,
  line: Line,
  signal: AbortSignal,
): AsyncGenerator<Leader | undefined, undefined> {
  let told: Leader | undefined | 'nobody asked yet' = 'nobody asked yet';
  for (;;) {
    try {
      const { revision, entry } = await line.front({ signal });
      const leader = entry && leaderOf(entry);
      if (told === 'nobody asked yet' || leader?.revision !== told?.revision) yield leader;
      told = leader;
      await untilChange(client, line, leader, revision, signal);
    } catch (error) {
      if (signal.aborted) return;
      if (!ConcordError.is(error) || (!error.retryable && error.code !== 'COMPACTED')) throw error;
      client.logger.debug('concord.election: observing on', { error: String(error) });
      await pause(AGAIN_MS, signal);
    }
  }
}

/** Resolves when the leader's key changes, or a key appears where there was none. */
async function untilChange(
  client: Client,
  line: Line,
  leader: Leader | undefined,
  revision: number,
  signal: AbortSignal,
): Promise<void> {
  const range = leader?.key ?? line.range;
  await using watch = client.watch(range, { from: revision + 1, signal });
  for await (const batch of watch) {
    if (batch.type === 'changes' && batch.changes.length > 0) return;
  }
}
