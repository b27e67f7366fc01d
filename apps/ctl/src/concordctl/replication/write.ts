/** What is to be done at a destination, and how much of it goes into one transaction. */
import { op, type Operation } from '@concord/client';

export type Write =
  | { readonly kind: 'put'; readonly key: Uint8Array; readonly value: Uint8Array }
  | { readonly kind: 'delete'; readonly key: Uint8Array };

/** Of etcd's own kinds of limits: 128 operations, and 1.5 MiB a request, of which a part stays for what is around. */
export const TXN_OPS_MAX = 128;
export const TXN_BYTES_MAX = 1024 * 1024;

/** A key and its neighbours in the message; generous. */
const OVERHEAD_BYTES = 32;

export const bytesOf = (write: Write): number =>
  OVERHEAD_BYTES + write.key.length + (write.kind === 'put' ? write.value.length : 0);

export const operationOf = (write: Write): Operation =>
  write.kind === 'put' ? op.put(write.key, write.value) : op.delete(write.key);

/** Writes for one transaction, each key once. */
export class Batch {
  readonly #opsMax: number;
  readonly #writes = new Map<string, Write>();
  #bytes = 0;

  constructor(opsMax: number = TXN_OPS_MAX) {
    this.#opsMax = opsMax;
  }

  get writes(): readonly Write[] {
    return [...this.#writes.values()];
  }

  get isEmpty(): boolean {
    return this.#writes.size === 0;
  }

  has(write: Write): boolean {
    return this.#writes.has(nameOf(write));
  }

  /** Whether it is better sent before `write` goes in. */
  isFullFor(write: Write): boolean {
    if (this.isEmpty || this.has(write)) return false;
    return this.#writes.size >= this.#opsMax || this.#bytes + bytesOf(write) > TXN_BYTES_MAX;
  }

  /** The newest write of a key is the one that counts. */
  add(write: Write): void {
    const name = nameOf(write);
    const before = this.#writes.get(name);
    this.#bytes += bytesOf(write) - (before === undefined ? 0 : bytesOf(before));
    this.#writes.delete(name);
    this.#writes.set(name, write);
  }

  clear(): void {
    this.#writes.clear();
    this.#bytes = 0;
  }
}

/** Each byte a character: keys of any bytes can be told apart. */
const nameOf = ({ key }: Write): string => Buffer.from(key).toString('latin1');
