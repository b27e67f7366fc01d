/** What passes between the main thread and the thread that writes the store. */
import type { StoreSize } from './environment.ts';
import type { Chunk } from './row-chunks.ts';

export interface StoreThreadOptions {
  readonly directory: string;
  readonly tableNames: readonly string[];
  readonly mapBytes: number;
}

export type StoreCommand =
  /** A part of a batch; the last one makes the thread commit it. The memory is transferred. */
  | { readonly kind: 'rows'; readonly chunk: Chunk; readonly isLast: boolean }
  | { readonly kind: 'close' };

export type StoreReply =
  /** The batch is durable; its memory comes back for the next one. */
  | {
      readonly kind: 'committed';
      readonly memories: readonly ArrayBuffer[];
      readonly size: StoreSize;
    }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'closed' };
