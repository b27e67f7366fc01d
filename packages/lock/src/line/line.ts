/** The line of one name: joining it, looking ahead, leaving it. Knows keys, not what they are waited for. */
import {
  compare,
  ConcordError,
  missing,
  op,
  type CallOptions,
  type Client,
  type Condition,
  type Entry,
  type Session,
} from '@concord/client';
import { isPlaceKey, linePrefix, placeKey, placeOf, type Place } from './place.ts';

/** Places read at once by those who look for the nearest in front of them: one, and others' lines that stand between. */
const NEAREST_PAGE = 16;

const OLDEST = { sort: 'createRevision', order: 'ascending' } as const;
const NEWEST = { sort: 'createRevision', order: 'descending' } as const;

/** A place that we took. */
export interface OwnPlace {
  readonly key: string;
  readonly createRevision: number;
}

/** A place as {@link Line.join} found it, or made it. */
export interface JoinedPlace extends OwnPlace {
  readonly isFirst: boolean;
  /** The session had no place in the line before, as far as is known. */
  readonly isNew: boolean;
  /** What lies under the key: of a place that was there before, what was written then. */
  readonly value: string;
}

/** Places in front of one, the newest first, as of a revision. */
export interface View {
  readonly revision: number;
  readonly places: readonly Place[];
}

export class Line {
  readonly name: string;
  readonly #client: Client;

  constructor(client: Client, name: string) {
    this.#client = client;
    this.name = name;
  }

  /** The keys of the line; those of lines below it stand between them. */
  get range(): { prefix: string } {
    return { prefix: linePrefix(this.name) };
  }

  /**
   * Takes the last place with a session that stands in no other line. When it fails, the place may have been taken all
   * the same: only the end of the session says that it is not.
   */
  async join(
    session: Pick<Session, 'lease'>,
    value: string,
    operation: string,
    call: CallOptions,
  ): Promise<JoinedPlace> {
    const { lease } = session;
    const key = placeKey(this.name, lease);
    const oldest = op.range(this.range, { ...OLDEST, limit: 1, keysOnly: true });
    const { succeeded, revision, results } = await this.#client.kv
      .txn()
      .if(missing(key))
      .then(op.put(key, value, { lease }), oldest)
      .else(op.get(key), oldest)
      // A second time finds the place that the first one took.
      .commit({ ...call, repeatable: true });
    const [own, line] = results;
    const earlier = own?.kind === 'get' ? own.entry : undefined;
    if (!succeeded && earlier?.lease !== lease) throw taken(key, operation);
    const first = line?.kind === 'range' ? line.entries[0] : undefined;
    return {
      key,
      createRevision: earlier?.createRevision ?? revision,
      isFirst: first?.key === key,
      isNew: succeeded,
      value: earlier?.text ?? value,
    };
  }

  /** All places in front of `own`, or the whole line without one. */
  async ahead(own: OwnPlace | undefined, call: CallOptions): Promise<View> {
    const { revision, entries } = await this.#client.kv.range(this.range, {
      ...NEWEST,
      ...before(own),
      ...call,
    });
    const places = entries.filter(({ key }) => isPlaceKey(this.name, key)).map(placeOf);
    return { revision, places };
  }

  /** The nearest place in front of `own` that `isMeant`, if there is one: no more is read than that takes. */
  async nearest(
    own: OwnPlace,
    isMeant: (place: Place) => boolean,
    call: CallOptions,
  ): Promise<View> {
    for (let end = own; ;) {
      const { revision, entries, more } = await this.#client.kv.range(this.range, {
        ...NEWEST,
        limit: NEAREST_PAGE,
        ...before(end),
        ...call,
      });
      const place = entries
        .filter(({ key }) => isPlaceKey(this.name, key))
        .map(placeOf)
        .find(isMeant);
      if (place !== undefined) return { revision, places: [place] };
      const last = entries.at(-1);
      if (!more || last === undefined) return { revision, places: [] };
      end = last;
    }
  }

  /** Whoever stands at the front, if anybody does. */
  async front(call: CallOptions): Promise<{ readonly revision: number; readonly entry?: Entry }> {
    for (let start = 0; ;) {
      const { revision, entries, more } = await this.#client.kv.range(this.range, {
        ...OLDEST,
        limit: NEAREST_PAGE,
        ...(start > 0 && { minCreateRevision: start }),
        ...call,
      });
      const entry = entries.find(({ key }) => isPlaceKey(this.name, key));
      if (entry !== undefined) return { revision, entry };
      const last = entries.at(-1);
      if (!more || last === undefined) return { revision };
      start = last.createRevision + 1;
    }
  }

  /** Gives up the place, unless it is not ours any more. */
  async leave(own: OwnPlace, call: CallOptions = {}): Promise<'released' | 'already-lost'> {
    const leaving = this.#client.kv.txn().if(isStillOurs(own)).then(op.delete(own.key));
    try {
      return (await leaving.commit(call)).succeeded ? 'released' : 'already-lost';
    } catch (error) {
      const isWorthTrying =
        ConcordError.is(error) && error.retryable && call.signal?.aborted !== true;
      if (!isWorthTrying) throw error;
      // It was ours when the first request was sent: if it is gone now, that request did it.
      await leaving.commit({ ...call, repeatable: true });
      return 'released';
    }
  }
}

/** For a transaction: nobody took the place away since we took it. */
export function isStillOurs({ key, createRevision }: OwnPlace): Condition {
  return compare(key).createRevision('=', createRevision);
}

function before(own: OwnPlace | undefined): { maxCreateRevision?: number } {
  return own === undefined ? {} : { maxCreateRevision: own.createRevision - 1 };
}

function taken(key: string, operation: string): ConcordError {
  return new ConcordError('CONFLICT', {
    operation,
    subject: key,
    problem: `"${key}" exists, though the lease that it is named after is ours`,
    remedy: 'let no other program write below the name of a lock',
  });
}
