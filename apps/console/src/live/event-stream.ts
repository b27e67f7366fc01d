/**
 * One connection a path, however many components listen: Server-Sent Events, taken up again where they broke off.
 * Whoever joins gets the events from then on; `live-collections.ts` keeps what was before.
 * Streams of a page that nobody looks at are closed, since browsers allow six connections to one host over HTTP/1.1.
 */

/** What the gateway sends: all there is, what changed since, or all again because history was gone. */
export type LiveEvent =
  | { readonly kind: 'snapshot'; readonly data: unknown }
  | { readonly kind: 'change'; readonly data: unknown };

export type StreamState = 'connecting' | 'live' | 'lost';

export interface LiveListener {
  /** Events that came together are handed over together. */
  readonly onEvents: (events: readonly LiveEvent[]) => void;
  readonly onState: (state: StreamState) => void;
}

/** Events are gathered for so long: a page is drawn ten times a second at most, whatever the cluster does. */
const GATHER_MS = 100;
/** How long a hidden page keeps its streams: switching between two tabs should not reconnect. */
const HIDDEN_GRACE_MS = 30_000;
/** Between attempts after the gateway refused: EventSource itself comes back only from broken connections. */
const RETRY_FIRST_MS = 1_000;
const RETRY_LONGEST_MS = 15_000;
const streams = new Map<string, SharedStream>();

/** Listens to the events of `url`; answers a function that stops. */
export function listen(url: string, listener: LiveListener): () => void {
  let stream = streams.get(url);
  if (stream === undefined) streams.set(url, (stream = new SharedStream(url)));
  return stream.add(listener);
}

/** The address to go on from an event; as it is where there was none yet. */
export function resumed(url: string, lastEventId: string): string {
  if (lastEventId === '') return url;
  const address = new URL(url);
  address.searchParams.set('lastEventId', lastEventId);
  return address.href;
}

class SharedStream {
  readonly #url: string;
  readonly #listeners = new Set<LiveListener>();
  #source: EventSource | undefined;
  #state: StreamState = 'connecting';
  /** Where to go on after the stream was closed; EventSource itself knows it only while it is open. */
  #lastEventId = '';
  #gathered: LiveEvent[] = [];
  #gathering: ReturnType<typeof setTimeout> | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #retryMs = RETRY_FIRST_MS;
  #closing: ReturnType<typeof setTimeout> | undefined;

  constructor(url: string) {
    this.#url = url;
    document.addEventListener('visibilitychange', this.#followVisibility);
  }

  add(listener: LiveListener): () => void {
    this.#listeners.add(listener);
    if (this.#source === undefined) this.#open();
    listener.onState(this.#state);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      this.#close();
      document.removeEventListener('visibilitychange', this.#followVisibility);
      streams.delete(this.#url);
    };
  }

  #open(): void {
    clearTimeout(this.#retry);
    this.#source?.close();
    const source = new EventSource(resumed(this.#url, this.#lastEventId));
    this.#source = source;
    source.onopen = () => {
      this.#retryMs = RETRY_FIRST_MS;
      this.#become('live');
    };
    source.onerror = () => {
      this.#become('lost');
      if (source.readyState === EventSource.CLOSED) this.#openLater();
    };
    for (const name of ['snapshot', 'resync'] as const) {
      source.addEventListener(name, (event) => this.#gather('snapshot', event));
    }
    for (const name of ['change', 'status'] as const) {
      source.addEventListener(name, (event) => this.#gather('change', event));
    }
  }

  #gather(kind: LiveEvent['kind'], message: MessageEvent): void {
    const event: LiveEvent = { kind, data: JSON.parse(message.data as string) as unknown };
    this.#lastEventId = message.lastEventId;
    // A snapshot holds all that was gathered before it.
    this.#gathered = kind === 'snapshot' ? [event] : [...this.#gathered, event];
    this.#gathering ??= setTimeout(() => this.#handOver(), GATHER_MS);
  }

  #handOver(): void {
    clearTimeout(this.#gathering);
    this.#gathering = undefined;
    const events = this.#gathered;
    this.#gathered = [];
    if (events.length === 0) return;
    for (const listener of this.#listeners) listener.onEvents(events);
  }

  #openLater(): void {
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#open(), this.#retryMs);
    this.#retryMs = Math.min(this.#retryMs * 2, RETRY_LONGEST_MS);
  }

  #become(state: StreamState): void {
    if (state === this.#state) return;
    this.#state = state;
    for (const listener of this.#listeners) listener.onState(state);
  }

  readonly #followVisibility = (): void => {
    clearTimeout(this.#closing);
    if (document.visibilityState === 'hidden') {
      this.#closing = setTimeout(() => this.#close(), HIDDEN_GRACE_MS);
    } else if (this.#source === undefined) {
      this.#open();
    }
  };

  #close(): void {
    this.#source?.close();
    this.#source = undefined;
    for (const timer of [this.#closing, this.#retry]) clearTimeout(timer);
    // They lie before the place where the stream will go on.
    this.#handOver();
    this.#become('connecting');
  }
}
