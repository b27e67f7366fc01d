/**
 * Messages of every type, right ones and broken ones, against an independent implementation (protobufjs). What ours
 * reads the other reads too, to the same value; what ours refuses, it refuses as etcd does, with a ProtocolDecodeError.
 */
import assert from 'node:assert/strict';
import { encode, ProtocolDecodeError } from '@concord/protocol';
import type { Random } from '@concord/testing';
import protobuf from 'protobufjs';
import { RandomMessages, root, types } from '../../../packages/protocol/codegen/random-messages.ts';
import { mutate, noise } from '../mutation.ts';
import {
  GROWTH_BYTES_MAX_DEFAULT,
  HANG_MS_DEFAULT,
  type FuzzSession,
  type FuzzTarget,
} from '../target.ts';

const DEPTH_MAX = 4;
/** The type comes first, in two bytes. */
const PREFIX_BYTES = 2;

const kinds = types.map((ours) => {
  const theirs = root.lookupType(ours.name);
  const fields = fieldsBelow(theirs);
  return {
    ours,
    theirs,
    hasPacked: fields.some(({ repeated, packed }) => repeated && packed),
    hasChoices: fields.some(({ partOf, resolvedType }) => partOf !== null && resolvedType !== null),
  };
});

/** The fields of a message and of those in it. */
function fieldsBelow(type: protobuf.Type, seen = new Set<protobuf.Type>()): protobuf.Field[] {
  if (seen.has(type)) return [];
  seen.add(type);
  return type.fieldsArray.flatMap((field) =>
    field.resolvedType instanceof protobuf.Type
      ? [field, ...fieldsBelow(field.resolvedType, seen)]
      : [field],
  );
}

class ProtobufSession implements FuzzSession {
  next(random: Random): Uint8Array {
    const index = random.integer(0, kinds.length - 1);
    const prefix = Buffer.from([index >> 8, index & 0xff]);
    if (random.chance(0.05)) {
      return Buffer.concat([prefix, noise(random, random.magnitude(1, 300))]);
    }
    const right = this.#message(index, random);
    if (random.chance(0.1)) return Buffer.concat([prefix, right]);
    const other = this.#message(random.integer(0, kinds.length - 1), random);
    return Buffer.concat([prefix, mutate(random, right, { other })]);
  }

  run(input: Uint8Array): string {
    const kind = kinds[(((input[0] ?? 0) << 8) | (input[1] ?? 0)) % kinds.length]!;
    const bytes = input.subarray(PREFIX_BYTES);
    const ours = attempt(() => kind.ours.decode(bytes));
    if (ours.kind === 'refused') {
      if (!(ours.error instanceof ProtocolDecodeError)) throw ours.error;
      return 'refused';
    }
    const canonical = encode(kind.ours, ours.value);
    assert.deepEqual(kind.ours.decode(canonical), ours.value, 'our encoder is read as the same');
    const theirs = attempt(() => kind.theirs.decode(bytes));
    if (theirs.kind === 'refused') {
      if (!isReadByEtcd(kind, theirs.error)) throw theirs.error;
      return 'read, as by etcd alone';
    }
    const theirBytes = Buffer.from(kind.theirs.encode(theirs.value).finish());
    // As in etcd, the last of several choices of a oneof counts alone; protobufjs merges those that are alike.
    const isOneLeftOut = kind.hasChoices && theirBytes.length > canonical.length;
    if (isOneLeftOut) return 'read, a choice made twice';
    assert.deepEqual(kind.ours.decode(theirBytes), ours.value, kind.ours.name);
    return 'read';
  }

  close(): void {
    // Nothing outlives an input.
  }

  #message(index: number, random: Random): Uint8Array {
    const { theirs } = kinds[index]!;
    const messages = new RandomMessages(random.integer(0, 2 ** 31));
    return theirs.encode(messages.message(theirs, random.integer(0, DEPTH_MAX)).theirs).finish();
  }
}

type Attempt<T> =
  | { readonly kind: 'read'; readonly value: T }
  | { readonly kind: 'refused'; readonly error: unknown };

function attempt<T>(decode: () => T): Attempt<T> {
  try {
    return { kind: 'read', value: decode() };
  } catch (error) {
    return { kind: 'refused', error };
  }
}

/**
 * What etcd's decoder reads and protobufjs does not; that ours reads it as etcd does is what
 * `packages/protocol/src/etcd-decoder.test.ts` is about.
 */
function isReadByEtcd({ hasPacked }: (typeof kinds)[number], error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  // Texts that are not UTF-8.
  if (error instanceof TypeError) return error.message.includes('not valid for encoding');
  // The last value of a packed field may end behind the field.
  if (error instanceof RangeError) return hasPacked;
  // Groups are counted, whatever fields they say they are of; field numbers count modulo 2^32.
  return /invalid (?:end group tag|tag encoding|field number)|illegal tag|max depth exceeded/.test(
    error.message,
  );
}

export const protobufMessages: FuzzTarget = {
  hangMs: HANG_MS_DEFAULT,
  growthBytesMax: GROWTH_BYTES_MAX_DEFAULT,
  open: () => new ProtobufSession(),
};
