/**
 * The connections of the server, and which of them are in use: when the gateway stops, those that have nothing to say end
 * at once. Node ends idle ones once, when closing begins, and takes one that has never asked for one in use; browsers
 * open such connections in advance.
 */
import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** What an answer that is under way has to come to its end. */
const LAST_ANSWERS_MS = 10_000;
const LOOK_MS = 50;

export class Connections {
  readonly #open = new Set<Socket>();
  /** How many answers each has under way. */
  readonly #busy = new Map<Socket, number>();

  constructor(server: Server) {
    server.on('connection', (socket) => {
      this.#open.add(socket);
      socket.once('close', () => {
        this.#open.delete(socket);
        this.#busy.delete(socket);
      });
    });
    server.on('request', ({ socket }, response) => {
      this.#busy.set(socket, (this.#busy.get(socket) ?? 0) + 1);
      response.once('close', () => {
        const left = (this.#busy.get(socket) ?? 1) - 1;
        if (left > 0) this.#busy.set(socket, left);
        else this.#busy.delete(socket);
      });
    });
    // What becomes of it is for whoever has taken it over.
    server.on('upgrade', ({ socket }) => this.#busy.set(socket, 1));
  }

  /** Runs `close`, which waits for every connection to end. */
  async endAround(close: () => Promise<void>): Promise<void> {
    const look = setInterval(() => this.#end(false), LOOK_MS);
    const last = setTimeout(() => this.#end(true), LAST_ANSWERS_MS);
    try {
      await close();
    } finally {
      clearInterval(look);
      clearTimeout(last);
    }
  }

  #end(alsoBusy: boolean): void {
    for (const socket of this.#open) if (alsoBusy || !this.#busy.has(socket)) socket.destroy();
  }
}
