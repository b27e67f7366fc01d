/**
 * Reads the header blocks of a server's answers (HPACK, RFC 7541), enough to learn `grpc-status` and
 * `grpc-message`. Written apart from the server's own HPACK so that a mistake there cannot hide here.
 *
 * A server repeats the same few blocks for ever, so a block that leaves the dynamic table untouched is
 * decoded once and then recognised by its bytes.
 * Invariant: `known` is valid for the present contents of the dynamic table only.
 */

/** One header field. */
export interface HeaderField {
  readonly name: string;
  readonly value: string;
}

/** Bytes that an entry costs beyond its text (RFC 7541 section 4.1). */
const ENTRY_OVERHEAD_BYTES = 32;
/** The table size in force until a peer says otherwise (RFC 9113 section 6.5.2). */
const TABLE_BYTES_DEFAULT = 4096;
/** Blocks remembered; a server that never repeats itself must not fill memory. */
const KNOWN_BLOCKS_MAX = 256;

/** Appendix A, `name` or `name=value`; position 0 is index 1. */
const STATIC_TABLE: readonly HeaderField[] = (
  ':authority|:method=GET|:method=POST|:path=/|:path=/index.html|:scheme=http|:scheme=https|' +
  ':status=200|:status=204|:status=206|:status=304|:status=400|:status=404|:status=500|' +
  'accept-charset|accept-encoding=gzip, deflate|accept-language|accept-ranges|accept|' +
  'access-control-allow-origin|age|allow|authorization|cache-control|content-disposition|' +
  'content-encoding|content-language|content-length|content-location|content-range|content-type|' +
  'cookie|date|etag|expect|expires|from|host|if-match|if-modified-since|if-none-match|if-range|' +
  'if-unmodified-since|last-modified|link|location|max-forwards|proxy-authenticate|' +
  'proxy-authorization|range|referer|refresh|retry-after|server|set-cookie|' +
  'strict-transport-security|transfer-encoding|user-agent|vary|via|www-authenticate'
)
  .split('|')
  .map((text) => {
    const [name = '', value = ''] = text.split('=');
    return { name, value };
  });

/** Appendix B: code length in bits of each byte value, one base-36 digit each; the codes follow. */
const HUFFMAN_LENGTHS =
  'dnsssssssoussussssssssusssssssss6aacd68baa8b8666555666666678f6cad67777777777777777777777' +
  '878djde6f56565666577666567655677777fbedskmkkmmmnmnnnnnonoomnonnnnlmnmnnomlkmmnnlnmmolmnn' +
  'llmlnmnnkmmmnmmnqqkjmnmpqqqrrqopjlqrrqrollqqsrrrkoklmllnmmppooqnqrqqrrrrrsrrrrrq';

/** Length * 2^32 + code to byte value. The code is canonical: counted up by (length, byte value). */
export const HUFFMAN_SYMBOLS = ((): ReadonlyMap<number, number> => {
  const lengths = Array.from(HUFFMAN_LENGTHS, (digit) => parseInt(digit, 36));
  const order = [...lengths.keys()].sort((a, b) => lengths[a]! - lengths[b]! || a - b);
  const symbols = new Map<number, number>();
  let code = 0;
  let previous = lengths[order[0]!]!;
  for (const symbol of order) {
    code *= 2 ** (lengths[symbol]! - previous);
    previous = lengths[symbol]!;
    symbols.set(huffmanKey(previous, code), symbol);
    code++;
  }
  return symbols;
})();

function huffmanKey(length: number, code: number): number {
  return length * 2 ** 32 + code;
}

function decodeHuffman(bytes: Uint8Array): string {
  let text = '';
  let code = 0;
  let length = 0;
  for (const byte of bytes) {
    for (let bit = 7; bit >= 0; bit--) {
      code = code * 2 + ((byte >> bit) & 1);
      length++;
      const symbol = HUFFMAN_SYMBOLS.get(huffmanKey(length, code));
      if (symbol === undefined) continue;
      text += String.fromCharCode(symbol);
      code = 0;
      length = 0;
    }
  }
  return text;
}

/** Decoder of one connection's answers; blocks must come in the order in which they were received. */
export class HpackDecoder {
  readonly #dynamic: HeaderField[] = [];
  readonly #known = new Map<string, readonly HeaderField[]>();
  #dynamicBytes = 0;
  #dynamicBytesMax = TABLE_BYTES_DEFAULT;
  #bytes: Buffer = Buffer.alloc(0);
  #at = 0;
  /** Insertions and resizings so far. */
  #tableChanges = 0;

  /** Decodes a whole header block. Throws `RangeError` on an index that names nothing. */
  decode(block: Buffer): readonly HeaderField[] {
    const key = block.toString('latin1');
    const seen = this.#known.get(key);
    if (seen !== undefined) return seen;
    this.#bytes = block;
    this.#at = 0;
    const changesBefore = this.#tableChanges;
    const fields: HeaderField[] = [];
    while (this.#at < block.length) {
      const field = this.#field();
      if (field !== undefined) fields.push(field);
    }
    if (this.#tableChanges !== changesBefore) this.#known.clear();
    else if (this.#known.size < KNOWN_BLOCKS_MAX) this.#known.set(key, fields);
    return fields;
  }

  /** One representation (section 6); a table size update yields no field. */
  #field(): HeaderField | undefined {
    const first = this.#bytes[this.#at]!;
    if ((first & 0x80) !== 0) return this.#entry(this.#integer(7));
    if ((first & 0xc0) === 0x40) {
      const field = this.#literal(6);
      this.#insert(field);
      return field;
    }
    if ((first & 0xe0) === 0x20) {
      this.#dynamicBytesMax = this.#integer(5);
      this.#tableChanges++;
      this.#evict();
      return undefined;
    }
    return this.#literal(4);
  }

  #literal(prefixBits: number): HeaderField {
    const index = this.#integer(prefixBits);
    const name = index === 0 ? this.#string() : this.#entry(index).name;
    return { name, value: this.#string() };
  }

  #entry(index: number): HeaderField {
    const field = STATIC_TABLE[index - 1] ?? this.#dynamic[index - 1 - STATIC_TABLE.length];
    if (field === undefined) throw new RangeError(`HPACK index ${index} names nothing`);
    return field;
  }

  #insert(field: HeaderField): void {
    this.#tableChanges++;
    this.#dynamic.unshift(field);
    this.#dynamicBytes += entryBytes(field);
    this.#evict();
  }

  #evict(): void {
    while (this.#dynamicBytes > this.#dynamicBytesMax) {
      this.#dynamicBytes -= entryBytes(this.#dynamic.pop()!);
    }
  }

  /** An integer with a prefix of so many bits (section 5.1). */
  #integer(prefixBits: number): number {
    const prefixMax = 2 ** prefixBits - 1;
    let value = this.#bytes[this.#at++]! & prefixMax;
    if (value < prefixMax) return value;
    for (let shift = 0; ; shift += 7) {
      const byte = this.#bytes[this.#at++]!;
      value += (byte & 0x7f) * 2 ** shift;
      if ((byte & 0x80) === 0) return value;
    }
  }

  #string(): string {
    const huffman = (this.#bytes[this.#at]! & 0x80) !== 0;
    const length = this.#integer(7);
    const start = this.#at;
    this.#at += length;
    const bytes = this.#bytes.subarray(start, this.#at);
    return huffman ? decodeHuffman(bytes) : bytes.toString('latin1');
  }
}

function entryBytes(field: HeaderField): number {
  return field.name.length + field.value.length + ENTRY_OVERHEAD_BYTES;
}
