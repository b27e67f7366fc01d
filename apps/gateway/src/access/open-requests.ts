/**
 * Answers that go on for long, such as streams: whoever reads them is asked about again and again, so that what is taken
 * from a user ends what that user reads, within {@link LOOK_MS} and what {@link CURRENT_MS} adds.
 */
import type { FastifyReply } from 'fastify';
import type { KnownRequest } from './permission.ts';

const LOOK_MS = 2_000;

interface Open {
  readonly request: KnownRequest;
  readonly reply: FastifyReply;
  /** Rejects, or resolves to `false`, where it would not be answered any more. */
  readonly isAllowed: () => Promise<boolean>;
}

export class OpenRequests {
  readonly #open = new Set<Open>();
  #timer: NodeJS.Timeout | undefined;
  #isLooking = false;

  /** Looks after a request until its answer has ended. */
  add(open: Open): void {
    this.#open.add(open);
    const { socket } = open.request.raw;
    const forget = (): void => {
      this.#open.delete(open);
      socket.off('close', forget);
    };
    open.reply.raw.once('close', forget);
    // An upgraded connection is no answer any more, and ends by itself.
    socket.once('close', forget);
    this.#timer ??= setInterval(() => void this.#look(), LOOK_MS).unref();
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async #look(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    for (const open of [...this.#open]) {
      const isAllowed = await open.isAllowed().catch(() => false);
      if (!isAllowed && this.#open.has(open)) open.request.raw.socket.destroy();
    }
    this.#isLooking = false;
  }
}
