/** Server-sent events as a program that is not ours would read them: by the standard's rules, over a raw request. */
import { get, type IncomingMessage } from 'node:http';

export interface StreamEvent {
  readonly id: number;
  readonly name: string;
  readonly data: {
    readonly revision: number;
    readonly items?: readonly Readonly<Record<string, unknown>>[];
    readonly put?: readonly Readonly<Record<string, unknown>>[];
    readonly deleted?: readonly string[];
  };
}

export class EventStream implements Disposable {
  readonly status: number;
  readonly events: StreamEvent[] = [];
  /** Milliseconds, as the server asked for. */
  retryMs: number | undefined;
  /** The place to come back to. */
  lastEventId = '';
  isEnded = false;
  readonly #response: IncomingMessage;
  readonly #waiting = new Set<() => void>();
  #rest = '';

  private constructor(response: IncomingMessage) {
    this.#response = response;
    this.status = response.statusCode ?? 0;
    response.setEncoding('utf8');
    response.on('data', (text: string) => this.#take(text));
    response.on('close', () => {
      this.isEnded = true;
      this.#wake();
    });
    response.on('error', () => undefined);
  }

  static open(url: string, lastEventId?: string): Promise<EventStream> {
    const headers = {
      accept: 'text/event-stream',
      ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
    };
    return new Promise((resolve, reject) => {
      get(url, { headers, agent: false }, (response) => resolve(new EventStream(response))).on(
        'error',
        reject,
      );
    });
  }

  /** Resolves when `holds` does, which is asked after every event; rejects when the stream ends before. */
  async until(holds: (events: readonly StreamEvent[]) => boolean): Promise<void> {
    while (!holds(this.events)) {
      if (this.isEnded) throw new Error('the stream has ended');
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  async ended(): Promise<void> {
    while (!this.isEnded) await new Promise<void>((resolve) => this.#waiting.add(resolve));
  }

  [Symbol.dispose](): void {
    this.#response.destroy();
  }

  #take(text: string): void {
    const blocks = (this.#rest + text).split('\n\n');
    this.#rest = blocks.pop() ?? '';
    for (const block of blocks) this.#block(block);
    this.#wake();
  }

  #block(block: string): void {
    let [name, data] = ['message', ''];
    for (const line of block.split('\n')) {
      const [field = '', value = ''] = line.split(/: ?(.*)/s);
      if (field === 'id') this.lastEventId = value;
      else if (field === 'event') name = value;
      else if (field === 'data') data += value;
      else if (field === 'retry') this.retryMs = Number(value);
    }
    if (data === '') return;
    const id = Number(this.lastEventId);
    this.events.push({ id, name, data: JSON.parse(data) as StreamEvent['data'] });
  }

  #wake(): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const resolve of waiting) resolve();
  }
}

/** The items by their ids, as somebody knows them who has taken in these events. */
export function stateAfter(
  events: readonly StreamEvent[],
  key = 'id',
): Map<string, Readonly<Record<string, unknown>>> {
  const items = new Map<string, Readonly<Record<string, unknown>>>();
  for (const { name, data } of events) {
    if (name !== 'change') items.clear();
    for (const item of data.items ?? data.put ?? []) items.set(String(item[key]), item);
    for (const id of data.deleted ?? []) items.delete(id);
  }
  return items;
}
