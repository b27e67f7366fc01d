/**
 * What happened in a run, as one number: two runs of a seed are the same run if they have the same hash. Told to,
 * it also says each thing as it happens.
 */
import type { EventQueue } from '@concord/testing';

/** Constants of FNV-1a with 32 bits. */
const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

export class Trace {
  readonly #print: ((line: string) => void) | undefined;
  #hash = FNV_OFFSET;

  constructor(print: ((line: string) => void) | undefined) {
    this.#print = print;
  }

  /** Eight hexadecimal digits. */
  get hash(): string {
    return (this.#hash >>> 0).toString(16).padStart(8, '0');
  }

  /** Something took place that the seed decides. */
  note(nowMs: number, text: string): void {
    this.#fold(`${nowMs}`);
    this.#fold(text);
  }

  /** The same, and it is worth reading. */
  tell(queue: EventQueue, text: string): void {
    this.note(queue.nowMs, text);
    this.#print?.(`${queue.nowMs.toFixed(3).padStart(11)} ms  ${text}`);
  }

  bytes(bytes: Uint8Array): void {
    for (const byte of bytes) this.#hash = Math.imul(this.#hash ^ byte, FNV_PRIME);
  }

  #fold(text: string): void {
    for (let i = 0; i < text.length; i++) {
      this.#hash = Math.imul(this.#hash ^ text.charCodeAt(i), FNV_PRIME);
    }
  }
}
