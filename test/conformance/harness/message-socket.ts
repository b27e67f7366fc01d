/** A WebSocket client that is read message by message; Node's own, which shares nothing with the server's. */
import { once } from 'node:events';

/** No message takes longer, unless the server has lost the call. */
const MESSAGE_MS_MAX = 20_000;

export class MessageSocket implements AsyncDisposable {
  readonly #socket: WebSocket;
  readonly #closed: Promise<unknown>;
  readonly #messages: string[] = [];
  #news = Promise.withResolvers<void>();

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    // It is told by an error alone, or by an error first, where there is no goodbye.
    this.#closed = Promise.race([once(socket, 'close'), once(socket, 'error')]);
    socket.addEventListener('message', ({ data }) => {
      this.#messages.push(String(data));
      this.#news.resolve();
      this.#news = Promise.withResolvers();
    });
  }

  /** Rejects where the server, or this client, does not agree to it. */
  static async open(url: string, protocols: readonly string[] = []): Promise<MessageSocket> {
    const socket = new WebSocket(url, [...protocols]);
    const opened = new MessageSocket(socket);
    const failed = once(socket, 'error').then(() =>
      Promise.reject(new Error(`no WebSocket at ${url}`)),
    );
    failed.catch(() => undefined);
    await Promise.race([once(socket, 'open'), failed]);
    return opened;
  }

  get protocol(): string {
    return this.#socket.protocol;
  }

  send(text: string): void {
    this.#socket.send(text);
  }

  /** The next message. */
  async message(): Promise<string> {
    const signal = AbortSignal.timeout(MESSAGE_MS_MAX);
    const expired = once(signal, 'abort').then(() => Promise.reject(new Error('no message')));
    const ended = this.#closed.then(() => Promise.reject(new Error('the WebSocket is closed')));
    for (const each of [expired, ended]) each.catch(() => undefined);
    for (;;) {
      const message = this.#messages.shift();
      if (message !== undefined) return message;
      await Promise.race([this.#news.promise, ended, expired]);
    }
  }

  /** Resolves when the connection has ended, in whatever way. */
  async closed(): Promise<void> {
    await this.#closed;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#socket.close();
    await this.#closed;
  }
}
