/** What was answered last, for when the cluster is away. Bounded: the answers that were asked for longest ago go first. */
import { Buffer } from 'node:buffer';

/** All of them together. */
const BYTES_MAX = 32 * 1024 * 1024;
/** A larger one is a download, and not worth hundreds of others. */
const ANSWER_BYTES_MAX = 1024 * 1024;

export interface KnownAnswer {
  readonly body: unknown;
  readonly etag: string | undefined;
  /** When it was true, by the wall clock in milliseconds. */
  readonly atMs: number;
}

interface Kept extends KnownAnswer {
  readonly bytes: number;
}

export class LastKnown {
  readonly #bytesMax: number;
  /** In the order of their latest use. */
  readonly #answers = new Map<string, Kept>();
  #bytes = 0;

  constructor(bytesMax = BYTES_MAX) {
    this.#bytesMax = bytesMax;
  }

  /** @param key - who asked, and what: an answer is shown to nobody else */
  keep(key: string, answer: KnownAnswer): void {
    this.#forget(key);
    const bytes = key.length + Buffer.byteLength(JSON.stringify(answer.body));
    if (bytes > ANSWER_BYTES_MAX) return;
    this.#answers.set(key, { ...answer, bytes });
    this.#bytes += bytes;
    for (const oldest of this.#answers.keys()) {
      if (this.#bytes <= this.#bytesMax) break;
      this.#forget(oldest);
    }
  }

  get(key: string): KnownAnswer | undefined {
    const kept = this.#answers.get(key);
    if (kept === undefined) return undefined;
    this.#answers.delete(key);
    this.#answers.set(key, kept);
    return kept;
  }

  #forget(key: string): void {
    const kept = this.#answers.get(key);
    if (kept === undefined) return;
    this.#answers.delete(key);
    this.#bytes -= kept.bytes;
  }
}
