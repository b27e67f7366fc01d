/**
 * Which revision the store had at a moment. Revisions know no time, so each minute one gateway notes where the store is, in
 * the store itself; the newest minutes are also known from what the sampler saw.
 */
import { missing, op, type Client } from '@concord/client';
import { Problem } from '../http/problem.ts';
import type { Log } from '../log.ts';

const NOTES = '/concord/gateway/clock/';
const NOTE_EVERY_MS = 60_000;
/** History that is older has been compacted nearly everywhere: a week of minutes is ten thousand small keys. */
const NOTES_KEPT_MS = 7 * 24 * 3_600_000;
/** Milliseconds have 13 digits until the year 2286: texts in order are moments in order. */
const DIGITS = 13;

/** A moment, and the revision that the store had then. */
export interface Moment {
  readonly atMs: number;
  readonly revision: number;
}

const noteKey = (atMs: number): string => `${NOTES}${String(atMs).padStart(DIGITS, '0')}`;

export class RevisionClock {
  readonly #client: Client;
  readonly #seen: () => readonly Moment[];
  readonly #log: Log;
  #timer: NodeJS.Timeout | undefined;

  /** @param seen - what is known beside the notes, oldest first */
  constructor(client: Client, seen: () => readonly Moment[], log: Log) {
    this.#client = client;
    this.#seen = seen;
    this.#log = log;
  }

  start(): void {
    this.#timer = setTimeout(
      () => {
        void this.#note(Math.floor(Date.now() / NOTE_EVERY_MS) * NOTE_EVERY_MS);
        this.start();
      },
      NOTE_EVERY_MS - (Date.now() % NOTE_EVERY_MS),
    );
    this.#timer.unref();
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  /**
   * The newest moment at or before `atMs` whose revision is known.
   *
   * @throws Problem `invalid-request` for the future, `not-found` for what is before the first note
   */
  async at(atMs: number): Promise<Moment> {
    if (atMs > Date.now()) {
      const message = 'is in the future: nothing can be read of it yet';
      throw new Problem('invalid-request', {
        detail: `query.at: ${message}`,
        errors: [{ field: 'query.at', message }],
      });
    }
    const seen = this.#seen().findLast((moment) => moment.atMs <= atMs);
    const noted = await this.#noteBefore(atMs);
    const newest = [seen, noted]
      .filter((moment) => moment !== undefined)
      .sort((one, other) => other.atMs - one.atMs)[0];
    if (newest !== undefined) return newest;
    throw new Problem('not-found', {
      detail: `no gateway has noted a revision before ${new Date(atMs).toISOString()}: they do so every minute, and keep it for a week`,
    });
  }

  async #noteBefore(atMs: number): Promise<Moment | undefined> {
    const range = { from: NOTES, to: noteKey(atMs + 1) };
    const { entries } = await this.#client.kv.range(range, {
      limit: 1,
      sort: 'key',
      order: 'descending',
    });
    const [entry] = entries;
    // A note is written behind what it notes: the revision before its own.
    return (
      entry && { atMs: Number(entry.key.slice(NOTES.length)), revision: entry.modRevision - 1 }
    );
  }

  /** The first gateway to come notes the minute; all others find it noted. */
  async #note(atMs: number): Promise<void> {
    const key = noteKey(atMs);
    try {
      await this.#client.kv
        .txn()
        .if(missing(key))
        .then(op.put(key, ''), op.delete({ from: NOTES, to: noteKey(atMs - NOTES_KEPT_MS) }))
        .commit({ repeatable: true });
    } catch (error) {
      this.#log.debug({ err: error }, 'the minute could not be noted');
    }
  }
}
