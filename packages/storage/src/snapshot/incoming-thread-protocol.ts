/** What passes between the main thread and the thread that builds an incoming snapshot. */

export interface IncomingThreadOptions {
  readonly directory: string;
  readonly name: Uint8Array;
  readonly origin: Uint8Array;
  /** Whether `directory` holds what a process before has stored of it. */
  readonly isInterrupted: boolean;
  readonly mapBytes: number;
}

/** Each is answered, in order. */
export type IncomingCommand =
  | { readonly kind: 'chunk'; readonly bytes: Uint8Array }
  /** The thread ends when it has succeeded. */
  | { readonly kind: 'finish' }
  /** The thread ends. */
  | { readonly kind: 'close' };

export type IncomingReply =
  | { readonly kind: 'done' }
  /** The chunk does not belong here; nothing has changed. */
  | {
      readonly kind: 'refused';
      readonly found: string;
      readonly expected: string;
      readonly isUnknownFormat: boolean;
    }
  /** Nothing more can be stored. */
  | { readonly kind: 'failed'; readonly message: string };
