/**
 * Reads protobuf's wire format from a `Uint8Array`, the way etcd's generated decoders do: the same things
 * are accepted (overlong varints, field numbers modulo 2^32, unknown fields and groups), the same things are
 * refused, with the same texts. Generated code calls it; the methods are small so that V8 inlines them.
 *
 * Invariant: `pos <= end <= bytes.length`; `end` is the end of the innermost message entered.
 */
import {
  groupEndOutsideGroup,
  illegalTag,
  illegalWireType,
  integerOverflow,
  negativeLength,
  nestedTooDeeply,
  unexpectedEnd,
  unexpectedGroupEnd,
  wrongWireType,
} from './decode-error.ts';
import { int64FromHalves, saturatedInt64, saturatedUint64, uint64FromHalves } from './int64.ts';
import { decodeUtf8 } from './utf8.ts';

/** The value of an absent `bytes` field. Shared: an array without elements can't be changed. */
export const EMPTY_BYTES: Uint8Array = new Uint8Array(0);

/**
 * Levels of messages in messages. etcd has no bound but its stack, which grows to a gigabyte; V8's stack of
 * one megabyte takes 6,000 levels of decoding (measured), and applying a message takes stack as well.
 * Transactions, the only messages that contain themselves, take two levels each.
 */
export const NESTING_LEVELS_MAX = 1000;

/** Go's names of a message's fields by number, for error texts. */
export type FieldNames = Readonly<Record<number, string>>;

const WIRE_VARINT = 0;
const WIRE_FIXED64 = 1;
const WIRE_BYTES = 2;
const WIRE_GROUP_START = 3;
const WIRE_GROUP_END = 4;
const WIRE_FIXED32 = 5;

export class Reader {
  readonly bytes: Uint8Array;
  /** Offset of the next byte to read. */
  pos: number;
  /** Offset after the last byte of the present message. */
  end: number;
  private level = 0;
  /** Halves of the varint read last by `varint`. */
  private low = 0;
  private high = 0;

  constructor(bytes: Uint8Array, start: number, end: number) {
    if (start < 0 || end < start || end > bytes.length) {
      throw new RangeError(`expected a part of ${bytes.length} bytes, got ${start} to ${end}`);
    }
    this.bytes = bytes;
    this.pos = start;
    this.end = end;
  }

  /**
   * Reads a field's tag: field number * 8 + wire type. The number is a signed 32-bit integer, cut from a
   * longer one as Go does, so the tag may be negative.
   */
  tag(): number {
    this.varint();
    const { low, high } = this;
    if (high === 0 && low >= 0) return low;
    return ((low >>> 3) | (high << 29)) * 8 + (low & 7);
  }

  bool(): boolean {
    this.varint();
    return (this.low | this.high) !== 0;
  }

  /** Reads an `int32` or an enum: the lower 32 bits, signed. */
  int32(): number {
    this.varint();
    return this.low;
  }

  /** Reads a `uint32`: the lower 32 bits, unsigned. */
  uint32(): number {
    this.varint();
    return this.low >>> 0;
  }

  /** Reads an `int64` as a number; beyond ±(2^53 - 1) it stays there. */
  int64Number(): number {
    this.varint();
    return saturatedInt64(this.low, this.high);
  }

  /** Reads a `uint64` as a number; above 2^53 - 1 it stays there. */
  uint64Number(): number {
    this.varint();
    return saturatedUint64(this.low, this.high);
  }

  int64(): bigint {
    this.varint();
    return int64FromHalves(this.low, this.high);
  }

  uint64(): bigint {
    this.varint();
    return uint64FromHalves(this.low, this.high);
  }

  /** Reads `bytes`: a view into the input. */
  view(): Uint8Array {
    const stop = this.length();
    const start = this.pos;
    if (stop === start) return EMPTY_BYTES;
    this.pos = stop;
    const { bytes } = this;
    return new Uint8Array(bytes.buffer, bytes.byteOffset + start, stop - start);
  }

  string(): string {
    const stop = this.length();
    const start = this.pos;
    this.pos = stop;
    return decodeUtf8(this.bytes, start, stop);
  }

  /** Reads a length, and returns the offset after the bytes that it announces. */
  length(): number {
    this.varint();
    const { low, high } = this;
    if (high === 0) {
      const stop = this.pos + (low >>> 0);
      if (stop <= this.end) return stop;
      throw unexpectedEnd();
    }
    // Go adds the length to its offset in an int64, and takes an overflow for a negative length.
    const overflows = high === 0x7fffffff && (low >>> 0) + this.pos > 0xffffffff;
    throw high < 0 || overflows ? negativeLength() : unexpectedEnd();
  }

  /** Enters the message whose length comes next. Returns what `leave` wants at its end. */
  enter(): number {
    if (++this.level > NESTING_LEVELS_MAX) throw nestedTooDeeply(NESTING_LEVELS_MAX);
    const outerEnd = this.end;
    this.end = this.length();
    return outerEnd;
  }

  leave(outerEnd: number): void {
    this.level--;
    this.end = outerEnd;
  }

  /**
   * Handles a tag that the message's generated code doesn't expect: skips an unknown field, refuses the rest.
   *
   * @param at where the tag begins
   */
  unexpected(at: number, tag: number, message: string, fields: FieldNames): void {
    const wireType = tag & 7;
    const field = (tag - wireType) / 8;
    if (wireType === WIRE_GROUP_END) throw groupEndOutsideGroup(message);
    if (field <= 0) {
      this.pos = at;
      throw illegalTag(message, field, this.uint64());
    }
    const name = fields[field];
    if (name !== undefined) throw wrongWireType(wireType, name);
    this.skip(wireType);
  }

  /** Skips a field's value. Groups may nest, and end with any field number: Go only counts them. */
  private skip(firstWireType: number): void {
    let wireType = firstWireType;
    let groups = 0;
    for (;;) {
      switch (wireType) {
        case WIRE_VARINT:
          this.varint();
          break;
        case WIRE_FIXED64:
          this.advance(8);
          break;
        case WIRE_BYTES:
          this.pos = this.length();
          break;
        case WIRE_GROUP_START:
          groups++;
          break;
        case WIRE_GROUP_END:
          if (groups === 0) throw unexpectedGroupEnd();
          groups--;
          break;
        case WIRE_FIXED32:
          this.advance(4);
          break;
        default:
          throw illegalWireType(wireType);
      }
      if (groups === 0) return;
      this.varint();
      wireType = this.low & 7;
    }
  }

  private advance(count: number): void {
    if (this.pos + count > this.end) throw unexpectedEnd();
    this.pos += count;
  }

  /** Reads a varint into `low` and `high`. */
  private varint(): void {
    if (this.pos < this.end) {
      const first = this.bytes[this.pos] as number;
      if (first < 0x80) {
        this.pos++;
        this.low = first;
        this.high = 0;
        return;
      }
    }
    this.longVarint();
  }

  /** A varint of any length, up to ten bytes. Bits above the 64th are dropped. */
  private longVarint(): void {
    const { bytes, end } = this;
    let { pos } = this;
    let low = 0;
    let high = 0;
    for (let shift = 0; ; shift += 7) {
      if (shift >= 64) throw integerOverflow();
      if (pos >= end) throw unexpectedEnd();
      const byte = bytes[pos++] as number;
      const bits = byte & 0x7f;
      if (shift < 28) {
        low |= bits << shift;
      } else if (shift === 28) {
        low |= bits << 28;
        high = bits >>> 4;
      } else {
        high |= bits << (shift - 32);
      }
      if (byte < 0x80) break;
    }
    this.pos = pos;
    this.low = low;
    this.high = high;
  }
}
