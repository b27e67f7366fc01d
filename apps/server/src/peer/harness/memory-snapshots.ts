/** Content of snapshots in memory, with a place to interfere: every chunk passes a gate. */
import type {
  IncomingSnapshot,
  InterruptedSnapshot,
  SnapshotSink,
  SnapshotSource,
} from '@concord/storage';

const keyOf = (name: Uint8Array): string => Buffer.from(name).toString('hex');

export class MemorySource implements SnapshotSource {
  readonly released: string[] = [];
  /** How often content was asked for, from which chunk on. */
  readonly opened: number[] = [];
  /** Awaited before each chunk is given. */
  gate: (chunk: number) => Promise<void> = () => Promise.resolve();
  readonly #contents = new Map<string, readonly Uint8Array[]>();

  hold(name: Uint8Array, chunks: readonly Uint8Array[]): void {
    this.#contents.set(keyOf(name), chunks);
  }

  open(name: Uint8Array, fromChunk: number): AsyncIterable<Uint8Array> | undefined {
    const chunks = this.#contents.get(keyOf(name));
    if (chunks === undefined) return undefined;
    this.opened.push(fromChunk);
    const pass = (chunk: number): Promise<void> => this.gate(chunk);
    return (async function* () {
      for (let i = fromChunk; i < chunks.length; i++) {
        await pass(i);
        yield chunks[i]!;
      }
    })();
  }

  release(name: Uint8Array): void {
    this.released.push(keyOf(name));
  }
}

export class MemorySink implements SnapshotSink {
  readonly finished = new Map<string, Uint8Array>();
  readonly aborted: string[] = [];
  /** What was not finished, by name, and where it came from. */
  readonly begun = new Map<
    string,
    { readonly origin: Uint8Array; readonly chunks: Uint8Array[] }
  >();
  interrupted: InterruptedSnapshot | undefined;
  /** Awaited before each chunk is taken. */
  gate: (chunk: number) => Promise<void> = () => Promise.resolve();

  begin(name: Uint8Array, origin = new Uint8Array(0)): IncomingSnapshot {
    const key = keyOf(name);
    this.interrupted = undefined;
    const chunks: Uint8Array[] = this.begun.get(key)?.chunks ?? [];
    this.begun.set(key, { origin, chunks });
    return {
      nextChunk: chunks.length,
      write: async (chunk) => {
        await this.gate(chunks.length);
        chunks.push(chunk);
      },
      finish: () => {
        this.finished.set(key, Buffer.concat(chunks));
        this.begun.delete(key);
        return Promise.resolve();
      },
      abort: () => {
        this.aborted.push(key);
        this.begun.delete(key);
        return Promise.resolve();
      },
    };
  }
}
