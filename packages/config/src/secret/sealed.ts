/**
 * Sealed content: AES-256-GCM, as any language's library has it. The name of the item is authenticated with it, so
 * that nobody can move a sealed value to another item.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** NIST SP 800-38D recommends 96 bits for a random IV, good for 2^32 sealings with one key. */
const IV_BYTES = 12;
const TAG_BYTES = 16;

export interface Sealed {
  readonly sealed: 'A256GCM';
  /** The id of the key, not the key. */
  readonly key: string;
  /** These three in base64. */
  readonly iv: string;
  readonly tag: string;
  readonly data: string;
}

export function isSealed(content: unknown): content is Sealed {
  if (typeof content !== 'object' || content === null) return false;
  const { sealed, key, iv, tag, data } = content as Partial<Record<keyof Sealed, unknown>>;
  return sealed === 'A256GCM' && [key, iv, tag, data].every((part) => typeof part === 'string');
}

/** @param name - `{namespace}/{path}` of the item, authenticated but not stored */
export function seal(text: string, name: string, keyId: string, key: Uint8Array): Sealed {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(name));
  const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return {
    sealed: 'A256GCM',
    key: keyId,
    iv: iv.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
    data: data.toString('base64'),
  };
}

/** The text, or undefined if the key, the name or a byte is not that of the sealing. */
export function unseal(content: Sealed, name: string, key: Uint8Array): string | undefined {
  const iv = Buffer.from(content.iv, 'base64');
  const tag = Buffer.from(content.tag, 'base64');
  // Node would take a shorter tag, which is easier to forge.
  if (iv.length !== IV_BYTES || tag.length !== TAG_BYTES) return undefined;
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(name));
    decipher.setAuthTag(tag);
    return Buffer.concat([
      decipher.update(Buffer.from(content.data, 'base64')),
      decipher.final(),
    ]).toString('utf8');
  } catch {
    return undefined;
  }
}
