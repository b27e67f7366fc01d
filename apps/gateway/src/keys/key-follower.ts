/** Tells one stream of every change of keys under a prefix, straight from a watch. */
import { ConcordError, type Change, type Client, type KeyRange } from '@concord/client';
import type { PlainStream } from '../live/plain-streams.ts';
import { entryDocument } from './entry-document.ts';

/** Any key: the answer says where the store is. */
const PROBE = '/concord/gateway/probe';

export interface Following {
  readonly prefix: string;
  readonly from?: number | undefined;
  readonly valueBytesMax: number;
}

export class KeyFollower {
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  /** Goes on until the stream ends. */
  follow(following: Following, stream: PlainStream): void {
    void this.#tell(following, stream).finally(() => stream.end());
  }

  async #tell(following: Following, stream: PlainStream): Promise<void> {
    let { from } = following;
    while (!stream.signal.aborted) {
      const watch = this.#client.watch(rangeOf(following.prefix), { from, signal: stream.signal });
      try {
        await watch.created();
        // A place to come back to, before anything has happened.
        stream.send('begin', watch.revision, { revision: watch.revision });
        for await (const batch of watch) {
          if (batch.type !== 'changes') continue;
          stream.send('change', batch.revision, changeDocument(batch, following.valueBytesMax));
        }
        return;
      } catch (error) {
        if (!ConcordError.is(error, 'COMPACTED')) return;
        const { revision } = await this.#client.kv.range(PROBE, {
          countOnly: true,
        });
        stream.send('resync', revision, { revision });
        from = revision + 1;
      }
    }
  }
}

const rangeOf = (prefix: string): KeyRange => (prefix === '' ? { from: '\0' } : { prefix });

function changeDocument(
  { revision, changes }: { readonly revision: number; readonly changes: readonly Change[] },
  valueBytesMax: number,
): unknown {
  return {
    revision,
    put: changes.flatMap((change) =>
      change.kind === 'put' ? [entryDocument(change.entry, { valueBytesMax })] : [],
    ),
    deleted: changes.flatMap((change) => (change.kind === 'delete' ? [change.key] : [])),
  };
}
