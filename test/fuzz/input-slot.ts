/**
 * The input that is being run, in memory that two threads share: whatever becomes of the thread that runs it, the other
 * still has it, and sees how long it has been there.
 */

/** Larger inputs would be cut, so none is made. */
export const INPUT_BYTES_MAX = 1024 * 1024;

/** Offsets in the header, in words. */
const COUNT = 0;
const LENGTH = 1;
const IS_RUNNING = 2;
const IS_STOPPING = 3;
const HEADER_WORDS = 4;

export class InputSlot {
  readonly memory: SharedArrayBuffer;
  readonly #header: Int32Array;
  readonly #bytes: Uint8Array;

  constructor(memory = new SharedArrayBuffer(HEADER_WORDS * 4 + INPUT_BYTES_MAX)) {
    this.memory = memory;
    this.#header = new Int32Array(memory, 0, HEADER_WORDS);
    this.#bytes = new Uint8Array(memory, HEADER_WORDS * 4);
  }

  /** Inputs begun so far. */
  get count(): number {
    return Atomics.load(this.#header, COUNT);
  }

  get isRunning(): boolean {
    return Atomics.load(this.#header, IS_RUNNING) === 1;
  }

  get isStopping(): boolean {
    return Atomics.load(this.#header, IS_STOPPING) === 1;
  }

  /** A copy of the input begun last. */
  get input(): Uint8Array {
    return this.#bytes.slice(0, Atomics.load(this.#header, LENGTH));
  }

  begin(input: Uint8Array): void {
    if (input.length > INPUT_BYTES_MAX) {
      throw new RangeError(`expected at most ${INPUT_BYTES_MAX} bytes, got ${input.length}`);
    }
    this.#bytes.set(input);
    Atomics.store(this.#header, LENGTH, input.length);
    Atomics.add(this.#header, COUNT, 1);
    Atomics.store(this.#header, IS_RUNNING, 1);
  }

  end(): void {
    Atomics.store(this.#header, IS_RUNNING, 0);
  }

  /** Asks the running thread to end after the present input. */
  stop(): void {
    Atomics.store(this.#header, IS_STOPPING, 1);
  }
}
