/**
 * The little of protobuf that the load generator needs, written apart from the server's generated code:
 * a way to spell a message out and a cursor that walks a message's fields without allocating.
 */

const VARINT = 0;
const LENGTH_DELIMITED = 2;

/** A field's number and value: text and bytes are length-delimited, numbers are varints. */
export type Field = readonly [number, number | string | Uint8Array];

/** Encodes a message whose field numbers are below 16 or written with two tag bytes. */
export function message(...fields: readonly Field[]): Buffer {
  const parts: Buffer[] = [];
  for (const [number, value] of fields) {
    if (typeof value === 'number') {
      parts.push(varint(number * 8 + VARINT), varint(value));
    } else {
      const bytes = typeof value === 'string' ? Buffer.from(value) : value;
      parts.push(varint(number * 8 + LENGTH_DELIMITED), varint(bytes.length), Buffer.from(bytes));
    }
  }
  return Buffer.concat(parts);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  bytes.push(rest);
  return Buffer.from(bytes);
}

/** Walks the fields of one message. After `next`, the field's contents are in `value` or `start`..`end`. */
export class FieldCursor {
  #bytes: Uint8Array = new Uint8Array(0);
  #at = 0;
  #limit = 0;
  /** A varint field's value; exact up to 2^53. */
  value = 0;
  /** Where a length-delimited field's contents begin and end. */
  start = 0;
  end = 0;

  /** Begins at the message that lies in these bytes. */
  reset(bytes: Uint8Array, start: number, end: number): this {
    this.#bytes = bytes;
    this.#at = start;
    this.#limit = end;
    return this;
  }

  /** The next field's number, or 0 at the message's end. Throws on a wire type that etcd's API does not use. */
  next(): number {
    if (this.#at >= this.#limit) return 0;
    const tag = this.#varint();
    if ((tag & 7) === VARINT) this.value = this.#varint();
    else if ((tag & 7) === LENGTH_DELIMITED) {
      const length = this.#varint();
      this.start = this.#at;
      this.end = this.#at += length;
    } else throw new Error(`wire type ${tag & 7} at ${this.#at}`);
    return tag >>> 3;
  }

  #varint(): number {
    const bytes = this.#bytes;
    let byte = bytes[this.#at++]!;
    if (byte < 0x80) return byte;
    let value = byte & 0x7f;
    for (let scale = 0x80; byte >= 0x80; scale *= 0x80) {
      byte = bytes[this.#at++]!;
      value += (byte & 0x7f) * scale;
    }
    return value;
  }
}
