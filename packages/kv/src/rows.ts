/**
 * The tables as the state machine sees them: what is stored, with the writes that are not stored yet on top.
 * Writes become durable together with the applied index, never before and never without it.
 */
import type { ByteString } from '@concord/protocol';
import type { ScanRange, Table } from './ordered-store.ts';

export interface Rows {
  /** The bytes are valid until the next call: copy what is kept. */
  get(table: Table, key: ByteString): Uint8Array | undefined;
  scan(
    table: Table,
    range: ScanRange,
    visit: (key: ByteString, value: Uint8Array) => boolean | void,
  ): void;
  /** `null` deletes. The value is copied. */
  set(table: Table, key: ByteString, value: Uint8Array | null): void;
}
