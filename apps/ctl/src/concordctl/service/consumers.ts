/** Waits until consumers have seen that an instance is not to be picked any more, instead of sleeping for some time. */
import type { Client } from '@concord/client';
import { registryKeys } from '@concord/registry/records';

export interface Seen {
  readonly outcome: 'acknowledged' | 'timeout' | 'skipped';
  readonly acknowledged: number;
  /** Consumers that had not seen it when the time was over. */
  readonly pending: readonly string[];
  readonly waitedMs: number;
}

interface Wait {
  /** Which of a consumer's revisions it is about: of what instances say, or of what operators decide. */
  readonly of: 'instances' | 'overrides';
  readonly revision: number;
  /** 0 does not wait. */
  readonly waitMs: number;
  readonly signal: AbortSignal;
}

export async function waitForConsumers(client: Client, service: string, wait: Wait): Promise<Seen> {
  const startMs = performance.now();
  const prefix = registryKeys.observers(service);
  await using mirror = client.mirror({ prefix });
  await mirror.ready({ signal: wait.signal });
  const pending = (): string[] =>
    [...mirror.entries]
      .filter(([, { text }]) => revisionIn(text, wait.of) < wait.revision)
      .map(([key]) => key.slice(prefix.length));
  if (wait.waitMs > 0 && pending().length > 0) {
    await new Promise<void>((resolve) => {
      const finish = (): void => {
        clearTimeout(timer);
        listening[Symbol.dispose]();
        wait.signal.removeEventListener('abort', finish);
        resolve();
      };
      const timer = setTimeout(finish, wait.waitMs);
      const listening = mirror.onBatch(() => {
        if (pending().length === 0) finish();
      });
      if (wait.signal.aborted) finish();
      else wait.signal.addEventListener('abort', finish, { once: true });
    });
  }
  const left = pending();
  return {
    outcome: left.length === 0 ? 'acknowledged' : wait.waitMs === 0 ? 'skipped' : 'timeout',
    acknowledged: mirror.entries.size - left.length,
    pending: left,
    waitedMs: Math.round(performance.now() - startMs),
  };
}

/** What can't be read is nobody's acknowledgement, and nobody to wait for either. */
function revisionIn(text: string, of: Wait['of']): number {
  try {
    const seen = JSON.parse(text) as { revision?: unknown; overrides?: unknown };
    const revision = of === 'instances' ? seen.revision : seen.overrides;
    return typeof revision === 'number' ? revision : Infinity;
  } catch {
    return Infinity;
  }
}
