/**
 * Malformed and unusual input: the texts are etcd's, each recorded from a real server (3.4.23, whose answer
 * was `grpc: error unmarshalling request: ` and the text), except the two lengths at which that server
 * crashes; for these they are what its decoder says since gogo/protobuf 1.3.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  AuthUserAddRequest,
  EMPTY_BYTES,
  encode,
  HealthListResponse,
  LeaseGrantRequest,
  LeaseRevokeRequest,
  NESTING_LEVELS_MAX,
  ProtocolDecodeError,
  PutRequest,
  RangeRequest,
  RangeResponse,
  RequestOp,
  TxnRequest,
  WatchCreateRequest,
  WatchResponse,
  type MessageType,
} from './index.ts';

type Decoder = Pick<MessageType<unknown>, 'decode'>;

function hex(text: string): Uint8Array {
  const digits = text.replaceAll(' ', '');
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

function refuses(type: Decoder, bytes: string, text: string, why: string): void {
  test(`${why}: ${text}`, () => {
    assert.throws(() => type.decode(hex(bytes)), new ProtocolDecodeError(text));
  });
}

describe('a message that ends too early is refused where it', () => {
  const text = 'unexpected EOF';
  refuses(PutRequest, '80', text, 'ends within a tag');
  refuses(PutRequest, '0a', text, 'ends before a length');
  refuses(PutRequest, '0a80', text, 'ends within a length');
  refuses(PutRequest, '0a0561', text, 'ends within bytes');
  refuses(PutRequest, '18', text, 'ends before a varint');
  refuses(PutRequest, '0a 8080808010', text, 'announces 4 GiB');
  refuses(PutRequest, '0a ebffffffffffffff7f', text, 'announces almost 2^63 bytes');
  refuses(PutRequest, '7a 808080808020', text, 'announces 1 TiB in an unknown field');
  refuses(PutRequest, '7d 000000', text, 'ends within an unknown fixed32');
  refuses(PutRequest, '79 00', text, 'ends within an unknown fixed64');
  refuses(PutRequest, '78 80', text, 'ends within an unknown varint');
  refuses(PutRequest, '0a0161 7b', text, 'ends after a group begins');
  refuses(PutRequest, '0a0161 7b 0801', text, 'ends within a group');
  refuses(PutRequest, '0a0161 7b 0a05', text, 'ends within a field of a group');
  refuses(TxnRequest, '1204 12020a05', text, 'ends within a nested message');
  refuses(TxnRequest, '1202 1205 0a0161', text, 'has a nested message longer than the one around');
});

describe('an integer is refused where it', () => {
  const overflow = 'proto: integer overflow';
  refuses(PutRequest, 'ffffffffffffffffffff01', overflow, 'is a tag of eleven bytes');
  refuses(PutRequest, '18 ffffffffffffffffffffff01', overflow, 'is a value of eleven bytes');
  refuses(PutRequest, '78 ffffffffffffffffffffff01', overflow, 'is an unknown one of eleven bytes');
  const negative = 'proto: negative length found during unmarshaling';
  refuses(PutRequest, '0a ffffffffffffffffff01', negative, 'is the length -1');
  refuses(PutRequest, '7a ffffffffffffffffff01', negative, 'is the length -1 of an unknown field');
  refuses(PutRequest, '0a ffffffffffffffff7f', negative, 'is the length 2^63 - 1');
  refuses(
    PutRequest,
    '7a ffffffffffffffff7f',
    negative,
    'is the length 2^63 - 1 of an unknown field',
  );
});

describe('a tag is refused where it', () => {
  const illegal = 'illegal tag';
  refuses(PutRequest, '0001', `proto: PutRequest: ${illegal} 0 (wire type 0)`, 'is field 0');
  refuses(
    PutRequest,
    '020161',
    `proto: PutRequest: ${illegal} 0 (wire type 2)`,
    'is field 0 again',
  );
  refuses(
    PutRequest,
    'f8ffffff7f 00',
    `proto: PutRequest: ${illegal} -1 (wire type 34359738360)`,
    'is field -1 in 32 bits',
  );
  refuses(
    PutRequest,
    '8080808040 00',
    `proto: PutRequest: ${illegal} -2147483648 (wire type 17179869184)`,
    'is the lowest field',
  );
  refuses(
    PutRequest,
    'f8ffffffffffffffff01 00',
    `proto: PutRequest: ${illegal} -1 (wire type 18446744073709551608)`,
    'is field -1 in 64 bits',
  );
  refuses(TxnRequest, '1202 0001', `proto: RequestOp: ${illegal} 0 (wire type 0)`, 'is nested');
  const end = 'wiretype end group for non-group';
  refuses(PutRequest, '0c', `proto: PutRequest: ${end}`, 'ends a group in a known field');
  refuses(PutRequest, '7c', `proto: PutRequest: ${end}`, 'ends a group in an unknown field');
  refuses(PutRequest, '04', `proto: PutRequest: ${end}`, 'ends a group in field 0');
  refuses(TxnRequest, '1201 0c', `proto: RequestOp: ${end}`, 'ends a group in a nested message');
  refuses(PutRequest, '7e', 'proto: illegal wireType 6', 'has wire type 6');
  refuses(PutRequest, '7f', 'proto: illegal wireType 7', 'has wire type 7');
  refuses(PutRequest, '7b 0f', 'proto: illegal wireType 7', 'has wire type 7 within a group');
});

describe('a wire type is refused where the field is', () => {
  const wrong = (wireType: number, field: string): string =>
    `proto: wrong wireType = ${wireType} for field ${field}`;
  refuses(PutRequest, '0801', wrong(0, 'Key'), 'bytes, sent as a varint');
  refuses(PutRequest, '1a0100', wrong(2, 'Lease'), 'an integer, sent as bytes');
  refuses(PutRequest, '0b', wrong(3, 'Key'), 'bytes, sent as a group');
  refuses(PutRequest, '0f', wrong(7, 'Key'), 'bytes, sent as nothing known');
  refuses(RangeRequest, '3a00', wrong(2, 'Serializable'), 'a bool, sent as bytes');
  refuses(RangeRequest, '6a00', wrong(2, 'MaxCreateRevision'), 'an integer of a long name');
  refuses(LeaseGrantRequest, '0a00', wrong(2, 'TTL'), 'named in capitals');
  refuses(TxnRequest, '0a02 2200', wrong(2, 'Version'), 'a case of a oneof');
  refuses(TxnRequest, '0a03 800401', wrong(0, 'RangeEnd'), 'numbered 64');
  refuses(WatchCreateRequest, '2d00000000', wrong(5, 'Filters'), 'a packed list, sent as fixed32');
});

describe('a message is read in spite of', () => {
  const key = Uint8Array.of(0x61);

  test('unknown fields of every wire type', () => {
    const bytes = hex('78 01 7d 00000000 79 0000000000000000 7a 0100 0a0161 78 808000');
    assert.deepEqual(PutRequest.decode(bytes), PutRequest.create({ key }));
  });

  test('unknown groups, nested, and ended by any field number', () => {
    const bytes = hex('7b 0801 0c 7b 7b 0801 7c 7c 0a0161');
    assert.deepEqual(PutRequest.decode(bytes), PutRequest.create({ key }));
  });

  test('a tag longer than needed', () => {
    assert.deepEqual(PutRequest.decode(hex('8a00 0161')), PutRequest.create({ key }));
  });

  test('a field number beyond 2^32, which Go cuts to 32 bits', () => {
    assert.deepEqual(PutRequest.decode(hex('8a8080808001 0161')), PutRequest.create({ key }));
    assert.deepEqual(PutRequest.decode(hex('8a80808010 0161')), PutRequest.create());
  });

  test('bits beyond the 64th, which are dropped', () => {
    assert.equal(PutRequest.decode(hex('18 ffffffffffffffffff7f')).lease, -1n);
  });

  test('enums and bools beyond 32 bits', () => {
    const request = RangeRequest.decode(hex('28 8180808010 48 8080808010'));
    assert.equal(request.sortOrder, 1);
    assert.equal(request.countOnly, true);
  });

  test('a part of the input around it', () => {
    const bytes = hex('ff 0a0161 ff');
    assert.deepEqual(PutRequest.decode(bytes, 1, 4), PutRequest.create({ key }));
    assert.throws(() => PutRequest.decode(bytes, 1, 6), RangeError);
  });
});

describe('fields sent more than once', () => {
  test('the last scalar counts', () => {
    assert.equal(PutRequest.decode(hex('1801 1802')).lease, 2n);
  });

  test('messages are merged', () => {
    const { header } = RangeResponse.decode(hex('0a02 0801 0a04 1802 2003'));
    assert.deepEqual(header, { clusterId: 1n, memberId: 0n, revision: 2, raftTerm: 3 });
  });

  test('messages in a oneof replace each other, as in etcd', () => {
    const { request } = RequestOp.decode(hex('1203 0a0161 1203 120162'));
    const value = PutRequest.create({ value: Uint8Array.of(0x62) });
    assert.deepEqual(request, { case: 'requestPut', value });
  });

  test('packed and unpacked lists add up', () => {
    assert.deepEqual(WatchCreateRequest.decode(hex('2801 2a020001 2801')).filters, [1, 0, 1, 1]);
  });

  test('the last value of a map key counts', () => {
    const { statuses } = HealthListResponse.decode(hex('0a04 12020801 0a04 12020802'));
    assert.deepEqual([...statuses], [['', { status: 2 }]]);
  });
});

describe('integers', () => {
  const revision = (bytes: string): number => RangeRequest.decode(hex(`20 ${bytes}`)).revision;

  test('counters are exact within 2^53 and stay there beyond', () => {
    assert.equal(revision('ffffffffffffff0f'), Number.MAX_SAFE_INTEGER);
    assert.equal(revision('8080808080808010'), Number.MAX_SAFE_INTEGER);
    assert.equal(revision('ffffffffffffffff7f'), Number.MAX_SAFE_INTEGER);
    assert.equal(revision('ffffffffffffffffff01'), -1);
    assert.equal(revision('818080808080808080 01'.replace(' ', '')), -Number.MAX_SAFE_INTEGER);
    assert.equal(revision('80808080808080808001'), -Number.MAX_SAFE_INTEGER);
  });

  test('unsigned counters above 2^63 stay at 2^53 - 1', () => {
    const { header } = RangeResponse.decode(hex('0a0b 20 ffffffffffffffffff01'));
    assert.equal(header?.raftTerm, Number.MAX_SAFE_INTEGER);
  });

  test('counters survive being written and read', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (value) => {
        const bytes = encode(RangeRequest, RangeRequest.create({ revision: value }));
        assert.equal(RangeRequest.decode(bytes).revision, value);
      }),
    );
  });

  test('ids keep all 64 bits, signed or not', () => {
    for (const ID of [1n, -1n, 2n ** 31n, 2n ** 32n, 2n ** 63n - 1n, -(2n ** 63n)]) {
      assert.equal(LeaseRevokeRequest.decode(encode(LeaseRevokeRequest, { ID })).ID, ID);
    }
    const header = { clusterId: 2n ** 64n - 1n, memberId: 2n ** 63n, revision: 0, raftTerm: 0 };
    const response = RangeResponse.create({ header });
    assert.deepEqual(RangeResponse.decode(encode(RangeResponse, response)).header, header);
  });

  test('a number that is no integer is not written', () => {
    for (const revision of [0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
      assert.throws(() => encode(RangeRequest, RangeRequest.create({ revision })), RangeError);
    }
  });
});

describe('bytes and strings', () => {
  test('bytes are views into the input', () => {
    const input = hex('ffff 0a0161');
    const { key } = PutRequest.decode(input, 2);
    assert.equal(key.buffer, input.buffer);
    assert.equal(key.byteOffset, 4);
  });

  test('absent and empty bytes are one shared array without elements', () => {
    const request = PutRequest.decode(hex('0a00'));
    assert.equal(request.key, EMPTY_BYTES);
    assert.equal(request.value, EMPTY_BYTES);
  });

  test('a name that is not UTF-8 comes back byte for byte, as from etcd', () => {
    const bytes = hex('0a04 61ff80c3 1201 70');
    assert.deepEqual(encode(AuthUserAddRequest, AuthUserAddRequest.decode(bytes)), bytes);
  });
});

describe('nesting', () => {
  /** Transactions in transactions: each takes a level for itself and one for the operation around it. */
  function nested(transactions: number): Uint8Array {
    let request = TxnRequest.create();
    for (let i = 0; i < transactions; i++) {
      const operation = RequestOp.create({ request: { case: 'requestTxn', value: request } });
      request = TxnRequest.create({ success: [operation] });
    }
    return encode(TxnRequest, request);
  }

  test('as deep as allowed is read, and written again', () => {
    const bytes = nested(NESTING_LEVELS_MAX / 2);
    assert.deepEqual(encode(TxnRequest, TxnRequest.decode(bytes)), bytes);
  });

  test('deeper is refused, not a stack overflow', () => {
    const message = `proto: messages are nested more than ${NESTING_LEVELS_MAX} levels deep`;
    const deep = nested(NESTING_LEVELS_MAX / 2 + 1);
    assert.throws(() => TxnRequest.decode(deep), new ProtocolDecodeError(message));
  });

  test('a million groups are skipped without recursion', () => {
    const bytes = new Uint8Array(2_000_000).fill(0x7b, 0, 1_000_000).fill(0x7c, 1_000_000);
    assert.deepEqual(PutRequest.decode(bytes), PutRequest.create());
  });
});

describe('hostile bytes', () => {
  const types: Decoder[] = [PutRequest, TxnRequest, WatchResponse, HealthListResponse];

  function decodesOrRefuses(type: Decoder, bytes: Uint8Array): void {
    try {
      type.decode(bytes);
    } catch (error) {
      if (!(error instanceof ProtocolDecodeError)) throw error;
    }
  }

  test('are read or refused, whatever they are', () => {
    const small = fc.integer({ min: 0, max: 31 });
    const byte = fc.oneof(small, fc.integer({ min: 0, max: 255 }), fc.constantFrom(0x80, 0xff));
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 60 }), (bytes) => {
        for (const type of types) decodesOrRefuses(type, Uint8Array.from(bytes));
      }),
      { numRuns: 3000 },
    );
  });

  test('every part of a message from its beginning is read or refused as cut short', () => {
    const value = PutRequest.create({ key: new Uint8Array(200), lease: -1n });
    const operation = { request: { case: 'requestPut', value } } as const;
    const bytes = encode(TxnRequest, TxnRequest.create({ failure: [operation, operation] }));
    const end = bytes.length / 2;
    for (let cut = 1; cut < bytes.length; cut++) {
      if (cut === end) assert.equal(TxnRequest.decode(bytes, 0, cut).failure.length, 1);
      else assert.throws(() => TxnRequest.decode(bytes, 0, cut), /^\w+: unexpected EOF$/);
    }
  });
});
