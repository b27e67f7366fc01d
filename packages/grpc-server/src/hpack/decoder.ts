/**
 * The HPACK decoder of one connection (RFC 7541 sections 3 and 6): a header block in, a list of fields
 * out. The dynamic table it keeps must see every block, also those of refused streams,
 * so it decodes to the end even when the list grows too large; then it only stops keeping fields.
 */
import { DEFAULT_TABLE_BYTES, DynamicTable, ENTRY_OVERHEAD_BYTES } from './dynamic-table.ts';
import type { HeaderField } from './dynamic-table.ts';
import { isFieldName, isFieldValue } from './field-syntax.ts';
import { decodeHuffman } from './huffman.ts';
import { STATIC_ENTRIES, staticNames, staticValues } from './static-table.ts';

/** The decoding failed: RFC 9113 section 4.3 makes that a COMPRESSION_ERROR of the connection. */
export class HpackError extends Error {
  override readonly name = 'HpackError';
}

/** A decoded header block. */
export interface HeaderList {
  /**
   * Fields in wire order; cut where a limit was exceeded. A field that came from a table is the same
   * object each time, so that comparing lists is comparing references.
   */
  readonly fields: readonly HeaderField[];
  /** False when a field holds characters that HTTP forbids. */
  readonly valid: boolean;
  /** True when the block exceeds the limit of bytes or of pairs: `fields` is then incomplete. */
  readonly tooLarge: boolean;
}

/** Bounds of one {@link HeaderList}, in the sense of SETTINGS_MAX_HEADER_LIST_SIZE. */
export interface HeaderListLimits {
  readonly headerListBytesMax: number;
  readonly headerPairsMax: number;
}

const staticFields: readonly HeaderField[] = staticNames.map((name, index) => {
  const value = staticValues[index]!;
  return { name, value, bytes: name.length + value.length + ENTRY_OVERHEAD_BYTES, valid: true };
});

/** Integers above this are refused (5.1): nothing in a bounded block is that large. */
const INTEGER_MAX = 0x0fff_ffff;

/** One per connection and direction. */
export class HpackDecoder {
  readonly #table = new DynamicTable(DEFAULT_TABLE_BYTES);
  readonly #limits: HeaderListLimits;
  #source: Buffer = Buffer.alloc(0);
  #at = 0;
  #end = 0;
  #fields: HeaderField[] = [];
  #listBytes = 0;
  #valid = true;
  #tooLarge = false;

  constructor(limits: HeaderListLimits) {
    this.#limits = limits;
  }

  /** See {@link DynamicTable.generation}. */
  get generation(): number {
    return this.#table.generation;
  }

  /**
   * Decodes one whole header block.
   * @throws HpackError when the bytes are not HPACK; the connection cannot go on.
   */
  decode(source: Buffer, start: number, end: number): HeaderList {
    this.#source = source;
    this.#at = start;
    this.#end = end;
    this.#fields = [];
    this.#listBytes = 0;
    this.#valid = true;
    this.#tooLarge = false;
    let sizeUpdateAllowed = true;
    while (this.#at < end) {
      const first = source[this.#at]!;
      if (first >= 0x80) {
        this.#emit(this.#entry(this.#integer(first & 0x7f, 0x7f)));
      } else if (first >= 0x40) {
        const field = this.#literal(first & 0x3f, 0x3f);
        this.#table.add(field);
        this.#emit(field);
      } else if (first >= 0x20) {
        if (!sizeUpdateAllowed) throw new HpackError('table size update behind a field');
        this.#resize(this.#integer(first & 0x1f, 0x1f));
        continue;
      } else {
        this.#emit(this.#literal(first & 0x0f, 0x0f));
      }
      sizeUpdateAllowed = false;
    }
    return { fields: this.#fields, valid: this.#valid, tooLarge: this.#tooLarge };
  }

  #emit(field: HeaderField): void {
    this.#listBytes += field.bytes;
    const { headerListBytesMax, headerPairsMax } = this.#limits;
    if (this.#listBytes > headerListBytesMax || this.#fields.length >= headerPairsMax) {
      this.#tooLarge = true;
      return;
    }
    if (!field.valid) this.#valid = false;
    this.#fields.push(field);
  }

  #resize(capacityBytes: number): void {
    if (!this.#table.resize(capacityBytes)) {
      throw new HpackError('table size update above the announced size');
    }
  }

  #entry(index: number): HeaderField {
    if (index === 0) throw new HpackError('index 0');
    const field =
      index <= STATIC_ENTRIES ? staticFields[index] : this.#table.at(index - STATIC_ENTRIES - 1);
    if (field === undefined) throw new HpackError(`index ${String(index)} is not in the table`);
    return field;
  }

  #literal(prefix: number, prefixMax: number): HeaderField {
    const index = this.#integer(prefix, prefixMax);
    const known = index === 0 ? undefined : this.#entry(index);
    const name = known === undefined ? this.#string() : known.name;
    const nameValid = known === undefined ? isFieldName(name) : known.valid || isFieldName(name);
    const value = this.#string();
    return {
      name,
      value,
      bytes: name.length + value.length + ENTRY_OVERHEAD_BYTES,
      valid: nameValid && isFieldValue(value),
    };
  }

  /** Reads an integer whose prefix bits are `prefix` (5.1) and steps over it. */
  #integer(prefix: number, prefixMax: number): number {
    this.#at++;
    if (prefix < prefixMax) return prefix;
    let value = prefix;
    for (let shift = 0; ; shift += 7) {
      if (this.#at >= this.#end) throw new HpackError('integer is cut off');
      const byte = this.#source[this.#at++]!;
      value += (byte & 0x7f) * 2 ** shift;
      if (value > INTEGER_MAX || shift > 28) throw new HpackError('integer is too large');
      if (byte < 0x80) return value;
    }
  }

  #string(): string {
    if (this.#at >= this.#end) throw new HpackError('string is cut off');
    const first = this.#source[this.#at]!;
    const length = this.#integer(first & 0x7f, 0x7f);
    const start = this.#at;
    const end = start + length;
    if (end > this.#end) throw new HpackError('string is cut off');
    this.#at = end;
    if (first < 0x80) return this.#source.toString('latin1', start, end);
    const scratch = scratchOf(Math.ceil((length * 8) / 5));
    const decodedBytes = decodeHuffman(this.#source, start, end, scratch);
    if (decodedBytes < 0) throw new HpackError('string is not valid Huffman code');
    return scratch.toString('latin1', 0, decodedBytes);
  }
}

/**
 * Room for one Huffman-decoded string, shared by all decoders because decoding never yields. A block is
 * bounded before it comes here, so this does not grow past 8/5 of that bound.
 */
let scratch: Buffer = Buffer.allocUnsafeSlow(4096);

function scratchOf(bytes: number): Buffer {
  if (scratch.length < bytes) scratch = Buffer.allocUnsafeSlow(bytes * 2);
  return scratch;
}
