/** A key and its value as the store has it at some revision. */
import { Buffer } from 'node:buffer';
import type { KeyValue } from '@concord/protocol';
import { keyText } from '../key-text.ts';
import type { KeySpace } from './key-space.ts';

/** A key, its value, and where both stand in the store's history. */
export class Entry {
  /** The key as text, without the client's namespace. */
  readonly key: string;
  /** The same as bytes. */
  readonly keyBytes: Uint8Array;
  readonly value: Uint8Array;
  /** Revision that created the key; a key that is deleted and written again has a new one. */
  readonly createRevision: number;
  /** Revision of the latest write. */
  readonly modRevision: number;
  /** Writes since it was created, that one included. */
  readonly version: number;
  /** The lease that it goes with, `0n` for none. */
  readonly lease: bigint;

  constructor(pair: KeyValue, space: Pick<KeySpace, 'strip'>) {
    this.keyBytes = space.strip(pair.key);
    this.key = keyText(this.keyBytes);
    this.value = pair.value;
    this.createRevision = pair.createRevision;
    this.modRevision = pair.modRevision;
    this.version = pair.version;
    this.lease = pair.lease;
  }

  /**
   * The same entry in bytes of its own. As it comes, an entry's bytes are part of the whole answer's, which stays in
   * memory as long as the entry does: whoever keeps a few of many for long keeps them detached.
   */
  detached(): Entry {
    const { createRevision, modRevision, version, lease } = this;
    const [key, value] = [new Uint8Array(this.keyBytes), new Uint8Array(this.value)];
    return new Entry({ key, value, createRevision, modRevision, version, lease }, asTheyAre);
  }

  /** The value as UTF-8. */
  get text(): string {
    const { buffer, byteOffset, byteLength } = this.value;
    return Buffer.from(buffer, byteOffset, byteLength).toString('utf8');
  }

  /**
   * The value as JSON.
   *
   * @throws SyntaxError if it is none
   */
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- says at the call what is expected
  json<T = unknown>(): T {
    return JSON.parse(this.text) as T;
  }
}

const asTheyAre: Pick<KeySpace, 'strip'> = { strip: (key) => key };
