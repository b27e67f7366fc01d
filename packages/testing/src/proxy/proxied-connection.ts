/** One connection of a client through a proxy: two sockets and the two ways between them. */
import { connect, type Socket } from 'node:net';
import { breakSocket } from './break-socket.ts';
import { Way, type WayOptions } from './way.ts';

export interface ConnectionOptions extends Pick<WayOptions, 'weather' | 'onBytes'> {
  readonly client: Socket;
  readonly target: { readonly host: string; readonly port: number };
  readonly onClose: () => void;
}

export class ProxiedConnection {
  /** Resolves when both of its sockets are closed. */
  readonly closed: Promise<void>;
  readonly #client: Socket;
  readonly #target: Socket;
  readonly #requests: Way;
  readonly #replies: Way;

  constructor({ client, target, weather, onBytes, onClose }: ConnectionOptions) {
    this.#client = client;
    this.#target = connect({ ...target, allowHalfOpen: true, noDelay: true });
    const shared = { weather, onBytes };
    this.#requests = new Way({
      ...shared,
      direction: 'request',
      source: client,
      target: this.#target,
    });
    this.#replies = new Way({
      ...shared,
      direction: 'reply',
      source: this.#target,
      target: client,
    });
    const closed = Promise.withResolvers<undefined>();
    this.closed = closed.promise;
    for (const socket of [this.#client, this.#target]) {
      // Always followed by `close`, from which the way learns of it.
      socket.on('error', () => undefined);
      socket.on('close', () => {
        if (!this.#client.closed || !this.#target.closed) return;
        this.#requests.close();
        this.#replies.close();
        onClose();
        closed.resolve(undefined);
      });
    }
  }

  /** Whether its client has been kept from hearing something. */
  get isLossy(): boolean {
    return this.#replies.isLossy;
  }

  /** Ends both sides at once, without a farewell; what was under way is lost. */
  break(): void {
    this.#requests.close();
    this.#replies.close();
    breakSocket(this.#client);
    breakSocket(this.#target);
  }

  /** The weather has changed. */
  pump(): void {
    this.#requests.pump();
    this.#replies.pump();
  }

  /** What is held for its time arrives now. */
  hurry(): void {
    this.#requests.hurry();
    this.#replies.hurry();
  }
}
