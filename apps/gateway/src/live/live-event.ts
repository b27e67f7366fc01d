/** What subscribers are told, encoded once for all of them. */

/**
 * - `snapshot`: everything, at the beginning.
 * - `change`: what is different since the event before.
 * - `resync`: everything again, because what was between is not known any more.
 */
export type LiveEventName = 'snapshot' | 'change' | 'resync';

/** Items as JSON, so that an item is made into text once, however many events hold it. */
export interface ItemChanges {
  readonly put: ReadonlyMap<string, string>;
  readonly deleted: ReadonlySet<string>;
}

export class LiveEvent {
  readonly name: LiveEventName;
  /** The cluster's, as of which it holds. */
  readonly revision: number;
  readonly #data: string;
  #sse: Buffer | undefined;
  #webSocket: Buffer | undefined;

  private constructor(name: LiveEventName, revision: number, data: string) {
    this.name = name;
    this.revision = revision;
    this.#data = data;
  }

  static whole(
    name: 'snapshot' | 'resync',
    revision: number,
    items: ReadonlyMap<string, string>,
  ): LiveEvent {
    const data = `{"revision":${revision},"items":[${[...items.values()].join()}]}`;
    return new LiveEvent(name, revision, data);
  }

  static change(revision: number, { put, deleted }: ItemChanges): LiveEvent {
    const gone = JSON.stringify([...deleted]);
    const data = `{"revision":${revision},"put":[${[...put.values()].join()}],"deleted":${gone}}`;
    return new LiveEvent('change', revision, data);
  }

  get length(): number {
    return this.#data.length;
  }

  /** A block of `text/event-stream`. JSON has no line breaks of its own. */
  get sse(): Buffer {
    this.#sse ??= Buffer.from(`id: ${this.revision}\nevent: ${this.name}\ndata: ${this.#data}\n\n`);
    return this.#sse;
  }

  /** A text message: the same three things as one object. */
  get webSocket(): Buffer {
    this.#webSocket ??= Buffer.from(
      `{"id":${this.revision},"event":"${this.name}","data":${this.#data}}`,
    );
    return this.#webSocket;
  }
}

/** Some events after each other, in the bytes that all who are equally far get. */
export class Packet {
  readonly events: readonly LiveEvent[];
  /** What a subscriber knows once it has them. */
  readonly revision: number;
  #sse: Buffer | undefined;

  constructor(events: readonly LiveEvent[], revision: number) {
    this.events = events;
    this.revision = revision;
  }

  get sse(): Buffer {
    const [first, second] = this.events;
    if (first !== undefined && second === undefined) return first.sse;
    return (this.#sse ??= Buffer.concat(this.events.map(({ sse }) => sse)));
  }
}
