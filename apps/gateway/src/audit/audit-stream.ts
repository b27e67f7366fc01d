/** The audit as it happens, as server-sent events: what is new since a revision, on whichever gateway one asks. */
import { Readable } from 'node:stream';
import { ConcordError, type Client } from '@concord/client';
import { Problem } from '../http/problem.ts';
import { recordOf, type AuditArchive } from './audit-archive.ts';
import { AUDIT_PREFIX, type AuditRecord } from './audit-record.ts';

/** A snapshot begins with so many; older ones are a list away. */
const SNAPSHOT_RECORDS = 50;
/** Proxies cut connections that say nothing. */
const ALIVE_MS = 15_000;
/** Administrators who look at once. */
const READERS_MAX = 100;
/** Records that wait for a slow reader before its watch pauses. */
const BUFFERED_MAX = 1000;

export class AuditStream {
  readonly #client: Client;
  readonly #archive: AuditArchive;
  readonly #end = new AbortController();
  #readers = 0;

  constructor(client: Client, archive: AuditArchive) {
    this.#client = client;
    this.#archive = archive;
  }

  /**
   * @param after - the revision up to which the reader knows everything; without it a snapshot comes first
   * @throws Problem `too-many-requests`
   */
  open(after: number | undefined): Readable {
    if (this.#readers >= READERS_MAX)
      throw new Problem('too-many-requests', {
        detail: `${READERS_MAX} others follow the audit on this gateway`,
      });
    this.#readers += 1;
    const own = new AbortController();
    const signal = AbortSignal.any([own.signal, this.#end.signal]);
    const stream = Readable.from(this.#events(after, signal), { objectMode: false });
    stream.once('close', () => {
      own.abort();
      this.#readers -= 1;
    });
    return stream;
  }

  /** Ends all readers in good order: they come back to another gateway. */
  close(): void {
    this.#end.abort();
  }

  async *#events(after: number | undefined, signal: AbortSignal): AsyncGenerator<string> {
    yield 'retry: 1000\n\n';
    let from = after;
    for (let kind: 'snapshot' | 'resync' = 'snapshot'; !signal.aborted; kind = 'resync') {
      if (from === undefined) {
        // The revision first: what is written meanwhile comes twice rather than never; ids tell.
        const { revision } = await this.#client.kv.range(AUDIT_PREFIX, { countOnly: true });
        const { records } = await this.#archive.newest({}, SNAPSHOT_RECORDS);
        yield eventOf(kind, revision, { revision, items: records });
        from = revision;
      }
      try {
        yield* this.#changes(from, signal);
        return;
      } catch (error) {
        if (!ConcordError.is(error, 'COMPACTED')) return;
        from = undefined;
      }
    }
  }

  async *#changes(after: number, signal: AbortSignal): AsyncGenerator<string> {
    const range = { prefix: AUDIT_PREFIX };
    const options = { from: after + 1, noDelete: true, signal, bufferMax: BUFFERED_MAX };
    await using watch = this.#client.watch(range, options);
    for (let next = watch.next(); ;) {
      const read = await withinAlive(next);
      if (read === undefined) {
        yield ': alive\n\n';
        continue;
      }
      if (read.done === true) return;
      next = watch.next();
      const batch = read.value;
      const { revision } = batch;
      if (batch.type === 'progress') {
        yield `: alive\nid: ${revision}\n\n`;
        continue;
      }
      const put: AuditRecord[] = batch.changes
        .flatMap((change) => (change.kind === 'put' ? [recordOf(change.entry)] : []))
        .filter((record) => record !== undefined);
      if (put.length > 0) yield eventOf('change', revision, { revision, put, deleted: [] });
    }
  }
}

/** What `pending` brings; `undefined` when it takes so long that something else has to be said meanwhile. */
async function withinAlive<T>(pending: Promise<T>): Promise<T | undefined> {
  const late = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => late.resolve(undefined), ALIVE_MS).unref();
  try {
    return await Promise.race([pending, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

const eventOf = (name: string, revision: number, data: unknown): string =>
  `id: ${revision}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
