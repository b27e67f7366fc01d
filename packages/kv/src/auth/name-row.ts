/**
 * Names of users and roles as keys of rows: their UTF-8, so that rows stand in the order in which etcd lists names.
 * Bytes that are no UTF-8 come back as they were (`utf8.ts` of the protocol package).
 */
import {
  decodeUtf8,
  fromByteString,
  toByteString,
  utf8Length,
  writeUtf8,
  type ByteString,
} from '@concord/protocol';

export function nameToBytes(name: string): Uint8Array {
  const bytes = new Uint8Array(utf8Length(name));
  writeUtf8(name, bytes, 0);
  return bytes;
}

export const nameKey = (name: string): ByteString => toByteString(nameToBytes(name));

export const nameFromBytes = (bytes: Uint8Array): string => decodeUtf8(bytes, 0, bytes.length);

export const nameFromKey = (key: ByteString): string => nameFromBytes(fromByteString(key));
