/**
 * Random messages of every type, as an independent implementation has them (protobufjs, by reflection on the same
 * `.proto` files) and as ours should.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import protobuf from 'protobufjs';
import { PROTO_DIRECTORY } from './generate.ts';
import { jsonName } from './names.ts';
import * as protocol from '../src/index.ts';
import type { MessageType } from '../src/index.ts';

/** All `.proto` files, reflected. */
export const root = new protobuf.Root();
root.resolvePath = (_origin, target) => join(PROTO_DIRECTORY, target);
const protoFiles = readdirSync(PROTO_DIRECTORY, { recursive: true, encoding: 'utf8' });
root.loadSync(
  protoFiles.filter((path) => path.endsWith('.proto')),
  { keepCase: true },
);
root.resolveAll();

export type Plain = Record<string, unknown>;

function isMessageType(value: unknown): value is MessageType<Plain> {
  return typeof value === 'object' && value !== null && 'decode' in value;
}

/** All generated messages. */
export const types = Object.values<unknown>(protocol).filter(isMessageType);

/** A small seeded generator (mulberry32). */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** A value in both forms: as protobufjs takes it, and as our decoder should give it. */
interface Pair {
  readonly theirs: unknown;
  readonly ours: unknown;
}

export class RandomMessages {
  private readonly random: (below: number) => number;

  constructor(seed: number) {
    this.random = randomFrom(seed);
  }

  /** Fields are left out at random: absent ones have their default value on our side. */
  message(type: protobuf.Type, depth: number): { theirs: Plain; ours: Plain } {
    const theirs: Plain = {};
    const ours: Plain = {};
    for (const oneof of type.oneofsArray) {
      const field = oneof.fieldsArray[this.random(oneof.fieldsArray.length + 1)];
      ours[jsonName(oneof.name)] = undefined;
      if (field === undefined || depth === 0) continue;
      const pair = this.value(field, depth, true);
      theirs[field.name] = pair.theirs;
      ours[jsonName(oneof.name)] = { case: jsonName(field.name), value: pair.ours };
    }
    for (const field of type.fieldsArray) {
      if (field.partOf !== null) continue;
      const pair = this.random(4) === 0 ? undefined : this.field(field, depth);
      if (pair !== undefined) theirs[field.name] = pair.theirs;
      ours[jsonName(field.name)] = pair === undefined ? defaultOf(field) : pair.ours;
    }
    return { theirs, ours };
  }

  private field(field: protobuf.Field, depth: number): Pair | undefined {
    if (field.resolvedType instanceof protobuf.Type && depth === 0) return undefined;
    if (field instanceof protobuf.MapField) {
      const pair = this.value(field, depth, false);
      const key = this.random(2) === 0 ? '' : 'service';
      return { theirs: { [key]: pair.theirs }, ours: new Map([[key, pair.ours]]) };
    }
    if (!field.repeated) return this.value(field, depth, false);
    const pairs = Array.from({ length: this.random(4) }, () => this.value(field, depth, true));
    return { theirs: pairs.map(({ theirs }) => theirs), ours: pairs.map(({ ours }) => ours) };
  }

  /** @param mayBeZero the value is written even if it is the default */
  private value(field: protobuf.Field, depth: number, mayBeZero: boolean): Pair {
    if (field.resolvedType instanceof protobuf.Type) {
      return this.message(field.resolvedType, depth - 1);
    }
    const zero = mayBeZero && this.random(4) === 0;
    if (field.resolvedType instanceof protobuf.Enum) return same(zero ? 0 : this.enumValue());
    switch (field.type) {
      case 'bool':
        return same(!zero);
      case 'uint32':
        return same(zero ? 0 : 1 + this.random(0xfffffffe));
      case 'int32':
        return same(zero ? 0 : this.random(2 ** 31) + 1 - 2 ** 30 || 1);
      case 'string':
        return same(zero ? '' : this.string());
      case 'bytes':
        return same(zero ? new Uint8Array(0) : this.bytes());
      case 'int64':
      case 'uint64':
        return this.int64(field, zero);
      default:
        throw new Error(`no random value for ${field.type}`);
    }
  }

  private enumValue(): number {
    const values = [1, 2, 3, 99, -1, -0x80000000, 0x7fffffff];
    return values[this.random(values.length)] ?? 1;
  }

  private string(): string {
    const texts = ['a', 'http://127.0.0.1:2380', 'größer', '鍵', '🗝️', 'x'.repeat(200), '\0'];
    return texts[this.random(texts.length)] ?? 'a';
  }

  private bytes(): Uint8Array {
    const lengths = [1, 2, 24, 25, 100, 119, 125, 127, 128, 300, 16_380];
    return new Uint8Array(lengths[this.random(lengths.length)] ?? 1).fill(1 + this.random(255));
  }

  private int64(field: protobuf.Field, zero: boolean): Pair {
    const unsigned = field.type === 'uint64';
    const asNumber = field.options?.['jstype'] === 'JS_NUMBER';
    const bits = zero ? 0n : this.bits(asNumber);
    const value = unsigned ? BigInt.asUintN(asNumber ? 53 : 64, bits) : bits;
    const low = Number(BigInt.asIntN(32, value));
    const high = Number(BigInt.asIntN(32, value >> 32n));
    const theirs = { low, high, unsigned };
    return { theirs, ours: asNumber ? Number(value) : value };
  }

  /** A non-zero integer of a random width, negative at times. */
  private bits(asNumber: boolean): bigint {
    const width = 1 + this.random(asNumber ? 53 : 63);
    const random = (BigInt(this.random(2 ** 31)) << 32n) | BigInt(this.random(2 ** 31));
    const value = BigInt.asUintN(width, random) | 1n;
    return this.random(4) === 0 ? -value : value;
  }
}

const same = (value: unknown): Pair => ({ theirs: value, ours: value });

function defaultOf(field: protobuf.Field): unknown {
  if (field.repeated) return [];
  if (field instanceof protobuf.MapField) return new Map();
  if (field.resolvedType instanceof protobuf.Type) return undefined;
  if (field.resolvedType instanceof protobuf.Enum) return 0;
  if (field.type === 'bool') return false;
  if (field.type === 'string') return '';
  if (field.type === 'bytes') return new Uint8Array(0);
  const isNumber = field.type.endsWith('int32') || field.options?.['jstype'] === 'JS_NUMBER';
  return isNumber ? 0 : 0n;
}
