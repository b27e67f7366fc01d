/** The keys that secrets are sealed with: one current, older ones to open what they sealed. Never printed. */
import { ConcordError } from '@concord/client';
import { inspect } from 'node:util';
import { seal, unseal, type Sealed } from './sealed.ts';

const KEY_BYTES = 32;

export interface KeyRingOptions {
  /** The id of the key that new secrets are sealed with. */
  readonly current: string;
  /** Every key that may be needed, by id: 32 bytes, or their base64. */
  readonly keys: Readonly<Record<string, string | Uint8Array>>;
}

export type Unsealed =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly problem: string };

export class KeyRing {
  readonly current: string;
  readonly #keys = new Map<string, Uint8Array>();

  /** @throws ConcordError `INVALID_ARGUMENT` for a key that isn't 32 bytes, or a current one that isn't there */
  constructor(operation: string, options: KeyRingOptions) {
    const refuse = (problem: string): ConcordError =>
      new ConcordError('INVALID_ARGUMENT', {
        operation,
        problem: `option "keys" ${problem}`,
        remedy: 'give { current: "2026", keys: { "2026": 32 bytes, or their base64 } }',
      });
    const given = options as { readonly keys?: unknown } | null | undefined;
    if (typeof given?.keys !== 'object' || given.keys === null) {
      throw refuse('has no "keys"');
    }
    for (const [id, key] of Object.entries(options.keys)) {
      const bytes = typeof key === 'string' ? Buffer.from(key, 'base64') : key;
      if (!((bytes as unknown) instanceof Uint8Array))
        throw refuse(`has a key ${JSON.stringify(id)} that is no base64`);
      if (bytes.length !== KEY_BYTES) {
        throw refuse(`has a key ${JSON.stringify(id)} of ${bytes.length} bytes, not ${KEY_BYTES}`);
      }
      this.#keys.set(id, Uint8Array.from(bytes));
    }
    if (!this.#keys.has(options.current)) {
      throw refuse(`has no key ${JSON.stringify(options.current)}, which "current" names`);
    }
    this.current = options.current;
  }

  /** @param name - `{namespace}/{path}` of the item */
  seal(text: string, name: string): Sealed {
    return seal(text, name, this.current, this.#keys.get(this.current)!);
  }

  open(content: Sealed, name: string): Unsealed {
    const key = this.#keys.get(content.key);
    if (key === undefined)
      return { ok: false, problem: `it is sealed with ${missingKey(content)}` };
    const text = unseal(content, name, key);
    if (text !== undefined) return { ok: true, text };
    return {
      ok: false,
      problem: `key ${JSON.stringify(content.key)} does not open it: another key, another item, or damage`,
    };
  }

  toJSON(): string {
    return '[key ring]';
  }

  [inspect.custom](): string {
    return `KeyRing { current: ${JSON.stringify(this.current)} }`;
  }
}

/** For whoever has no ring, or not the key. */
export const missingKey = ({ key }: Sealed): string =>
  `key ${JSON.stringify(key)}, which option "keys" does not hold`;
