/**
 * JSON against independent implementations: protobufjs for the mapping, by reflection on the same `.proto` files, and
 * the engine's own parser for what is JSON at all. Texts of refusals are those recorded from etcd 3.6.4's gateway.
 */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import protobuf from 'protobufjs';
import { PROTO_DIRECTORY } from '../../codegen/generate.ts';
import { JSON_FIELDS } from '../gen/json-fields.ts';
import { JsonError, jsonOfWire, ValueScanner, wireOfJson } from '../index.ts';

const SEED = Number(process.env['SEED'] ?? 20_261_125);
const MESSAGES_PER_TYPE = 30;
const MUTATIONS = 4_000;

const root = new protobuf.Root();
root.resolvePath = (_origin, target) => join(PROTO_DIRECTORY, target);
root.loadSync(
  readdirSync(PROTO_DIRECTORY, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.proto'),
  ),
  { keepCase: true },
);
root.resolveAll();

type Random = (below: number) => number;

/** A small seeded generator (mulberry32). */
function randomFrom(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const TEXTS = [
  '',
  'a',
  'name with "quotes"\\',
  '\u0001\n\t\u001f',
  'ünï',
  '日本',
  '😀',
  '</script>\u2028',
];
const INTEGERS = [
  '0',
  '1',
  '127',
  '128',
  '-1',
  '4294967296',
  '9007199254740993',
  '9223372036854775807',
];

function scalar(field: protobuf.Field, random: Random): unknown {
  if (field.resolvedType instanceof protobuf.Enum) {
    return pick(Object.values(field.resolvedType.values), random);
  }
  switch (field.type) {
    case 'bool':
      return random(2) === 1;
    case 'string':
      return pick(TEXTS, random);
    case 'bytes':
      return Buffer.from(Array.from({ length: random(9) }, () => random(256)));
    case 'int64':
      return pick(INTEGERS, random);
    case 'uint64':
      return pick(
        [...INTEGERS.filter((text) => !text.startsWith('-')), '18446744073709551615'],
        random,
      );
    default:
      return random(2 ** 31);
  }
}

const pick = <T>(values: readonly T[], random: Random): T => values[random(values.length)] as T;

function randomMessage(
  type: protobuf.Type,
  random: Random,
  depth: number,
): Record<string, unknown> {
  const message: Record<string, unknown> = {};
  const chosen = type.oneofsArray.map(({ fieldsArray }) => pick(fieldsArray, random).name);
  for (const field of type.fieldsArray) {
    if (random(3) === 0 || (field.partOf !== null && !chosen.includes(field.name))) continue;
    if (field.resolvedType instanceof protobuf.Type && depth === 0) continue;
    const one = (): unknown =>
      field.resolvedType instanceof protobuf.Type
        ? randomMessage(field.resolvedType, random, depth - 1)
        : scalar(field, random);
    message[field.name] = field.repeated ? Array.from({ length: random(4) }, one) : one();
  }
  return message;
}

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString();
const bytesOf = (json: string): Uint8Array => new TextEncoder().encode(json);

/** What protobufjs makes of a message: its own idea of the same mapping. */
function theirJson(type: protobuf.Type, wire: Uint8Array): string {
  const plain = type.toObject(type.decode(wire), { longs: String, enums: String, bytes: String });
  return JSON.stringify(withoutDefaults(type, plain));
}

/** protobufjs writes defaults that were on the wire, as its encoder does. */
function withoutDefaults(type: protobuf.Type, plain: Record<string, unknown>): object {
  const kept: Record<string, unknown> = {};
  for (const field of [...type.fieldsArray].sort((a, b) => a.id - b.id)) {
    const value = plain[field.name];
    if (value === undefined || (Array.isArray(value) && value.length === 0)) continue;
    const inner = field.resolvedType;
    const one = (item: unknown): unknown =>
      inner instanceof protobuf.Type
        ? withoutDefaults(inner, item as Record<string, unknown>)
        : item;
    const isDefault =
      !field.repeated &&
      field.partOf === null &&
      (value === '' ||
        value === false ||
        value === 0 ||
        (value === '0' && field.type.includes('int')) ||
        (inner instanceof protobuf.Enum && inner.values[value as string] === 0));
    if (!isDefault) kept[field.name] = Array.isArray(value) ? value.map(one) : one(value);
  }
  return kept;
}

describe('every message of etcd', () => {
  const random = randomFrom(SEED);
  for (const fullName of Object.keys(JSON_FIELDS)) {
    test(`${fullName} reads and writes JSON as protobufjs does (SEED=${SEED})`, () => {
      const type = root.lookupType(fullName);
      for (let count = 0; count < MESSAGES_PER_TYPE; count++) {
        const message = randomMessage(type, random, 3);
        const wire = type.encode(type.fromObject(message)).finish();
        const json = text(jsonOfWire(fullName, wire));
        assert.equal(json, theirJson(type, wire));
        assert.equal(text(jsonOfWire(fullName, wireOfJson(fullName, bytesOf(json)))), json);
      }
    });
  }
});

describe('a message in JSON', () => {
  const again = (fullName: string, json: string): string => {
    const bytes = bytesOf(json);
    assert.equal(new ValueScanner().scan(bytes, 0), bytes.length);
    return text(
      jsonOfWire(`etcdserverpb.${fullName}`, wireOfJson(`etcdserverpb.${fullName}`, bytes)),
    );
  };

  const forms: [what: string, message: string, json: string, canonical: string][] = [
    [
      'names in lowerCamelCase',
      'RangeRequest',
      '{"rangeEnd":"AA==","keysOnly":true}',
      '{"range_end":"AA==","keys_only":true}',
    ],
    [
      '64-bit integers as numbers',
      'PutRequest',
      '{"lease":-9223372036854775808}',
      '{"lease":"-9223372036854775808"}',
    ],
    ['integers with exponents', 'PutRequest', '{"lease":"1.50e2"}', '{"lease":"150"}'],
    ['enums as numbers', 'RangeRequest', '{"sort_order":2}', '{"sort_order":"DESCEND"}'],
    ['enums of no known name as none', 'RangeRequest', '{"sort_order":"SIDEWAYS"}', '{}'],
    ['enums of no known number', 'RangeRequest', '{"sort_order":9}', '{"sort_order":9}'],
    ['base64 without padding', 'PutRequest', '{"key":"Zg"}', '{"key":"Zg=="}'],
    ['base64 for URLs', 'PutRequest', '{"key":"-_-_"}', '{"key":"+/+/"}'],
    ['base64 with line breaks', 'PutRequest', '{"key":"Zm9v\\r\\nYmFy"}', '{"key":"Zm9vYmFy"}'],
    ['null as absent', 'PutRequest', '{"key":null,"prev_kv":null}', '{}'],
    ['unknown fields', 'PutRequest', '{"x":{"y":["]",{}]},"key":"Zg==","z":1e9}', '{"key":"Zg=="}'],
    [
      'names that objects have by themselves as unknown fields',
      'PutRequest',
      '{"__proto__":{"key":"YQ=="},"constructor":1,"key":"Zg=="}',
      '{"key":"Zg=="}',
    ],
    ['a chosen default', 'Compare', '{"version":0,"target":"VERSION"}', '{"version":"0"}'],
    [
      'escapes in names and texts',
      'AuthUserAddRequest',
      '{"n\\u0061me":"\\u0041\\ud83d\\ude00\\n"}',
      '{"name":"A😀\\n"}',
    ],
  ];
  for (const [what, message, json, canonical] of forms) {
    test(`takes ${what}`, () => assert.equal(again(message, json), canonical));
  }

  const refusals: [message: string, json: string, reason: string][] = [
    ['PutRequest', '{"key":5}', '(line 1:8): invalid value for bytes field key: 5'],
    ['PutRequest', '{"key":"a"}', '(line 1:8): invalid value for bytes field key: "a"'],
    ['PutRequest', '{"key":"Zg==","key":""}', '(line 1:15): duplicate field "key"'],
    ['PutRequest', '{"lease":1.5}', '(line 1:10): invalid value for int64 field lease: 1.5'],
    ['PutRequest', '{"lease":" 5"}', '(line 1:10): invalid value for int64 field lease: " 5"'],
    [
      'RangeRequest',
      '{\n "serializable":1}',
      '(line 2:17): invalid value for bool field serializable: 1',
    ],
    [
      'RangeRequest',
      '{"sort_order":true}',
      '(line 1:15): invalid value for enum field sortOrder: true',
    ],
    ['TxnRequest', '{"compare":{}}', 'syntax error (line 1:12): unexpected token {'],
    ['TxnRequest', '[]', 'syntax error (line 1:1): unexpected token ['],
    ['TxnRequest', 'null', 'syntax error (line 1:1): unexpected token null'],
    [
      'TxnRequest',
      '{"compare":[{"version":1,"lease":2}]}',
      '(line 1:26): error parsing "lease", oneof etcdserverpb.Compare.target_union is already set',
    ],
    [
      'AuthUserAddRequest',
      '{"name":"\\ud83d ......"}',
      'syntax error (line 1:9): invalid escape code " ....." in string',
    ],
  ];
  for (const [message, json, reason] of refusals) {
    test(`${json} is refused in the words of etcd`, () => {
      assert.throws(() => wireOfJson(`etcdserverpb.${message}`, bytesOf(json)), {
        name: 'JsonError',
        message: `proto: ${reason}`,
      });
    });
  }

  test('nested deeper than a message may be is refused', () => {
    const json = `${'{"success":[{"request_txn":'.repeat(2_000)}{}${'}]}'.repeat(2_000)}`;
    assert.throws(() => wireOfJson('etcdserverpb.TxnRequest', bytesOf(json)), JsonError);
  });

  test('has fields in their order wherever they came on the wire', () => {
    const wire = Uint8Array.of(0x18, 7, 0x12, 1, 0x61, 0x0a, 1, 0x62);
    assert.equal(
      text(jsonOfWire('etcdserverpb.PutRequest', wire)),
      '{"key":"Yg==","value":"YQ==","lease":"7"}',
    );
  });
});

describe('what is JSON', () => {
  const scans = (bytes: Uint8Array): boolean => {
    try {
      const scanner = new ValueScanner();
      const end = scanner.scan(bytes, 0);
      return end < 0 ? scanner.mayEnd : text(bytes.subarray(end)).trim() === '';
    } catch (error) {
      assert.ok(error instanceof JsonError, String(error));
      return false;
    }
  };
  const parses = (json: string): boolean => {
    try {
      JSON.parse(json);
      return true;
    } catch {
      return false;
    }
  };

  test(`random bodies are JSON exactly when the engine says so, and refused at worst (SEED=${SEED})`, () => {
    const random = randomFrom(SEED);
    const seeds = [
      '{"key":"Zm9v","value":"YmFy","lease":"-5","prev_kv":true, "x":[1,-2.5e+3,{"y":null}]}',
      '{"compare":[{"key":"Zg==","version":0}],"success":[{"request_put":{"key":"Zg=="}}]}',
      '[true,false,null,"\\u00e9\\n\\ud83d\\ude00",0,-0,1e1,[]]',
    ];
    const alphabet = '{}[]",:\\u0123456789abcdefntr.+-eE \n\u0001é';
    let valid = 0;
    for (let count = 0; count < MUTATIONS; count++) {
      const characters = Array.from(pick(seeds, random));
      for (let edits = random(4); edits > 0; edits--) {
        const inserted = random(2) === 0 ? '' : pick(Array.from(alphabet), random);
        characters.splice(random(characters.length), random(3), inserted);
      }
      const json = characters.join('');
      const bytes = bytesOf(json);
      const isJson = scans(bytes);
      assert.equal(isJson, parses(json), json);
      if (!isJson) continue;
      valid++;
      try {
        wireOfJson('etcdserverpb.TxnRequest', bytesOf(json.trim()));
      } catch (error) {
        assert.ok(error instanceof JsonError, `${json}: ${String(error)}`);
      }
    }
    assert.ok(valid > MUTATIONS / 10, 'some of the mutations are still JSON');
  });

  test('a value is found wherever the pieces of a body are cut', () => {
    const bytes = bytesOf('{"a":"\\u00e9\\\\ü","b":[1,2.5e3,{"c":true}]}');
    for (let cut = 0; cut < bytes.length; cut++) {
      const scanner = new ValueScanner();
      assert.equal(scanner.scan(bytes.subarray(0, cut), 0), -1);
      assert.equal(scanner.scan(bytes.subarray(cut), 0), bytes.length - cut);
    }
  });

  const refusals: [json: string, reason: string][] = [
    ['nonsense', `'o' in literal null (expecting 'u')`],
    ['{"a":}', `'}' looking for beginning of value`],
    ['{"a":1,}', `'}' looking for beginning of object key string`],
    ['{"a" 1}', `'1' after object key`],
    ['{"a":1 "b"}', `'"' after object key:value pair`],
    ['[1}', `'}' after array element`],
    ['"\\q"', `'q' in string escape code`],
    ['"\\u00g0"', `'g' in \\u hexadecimal character escape`],
    ['-x', `'x' in numeric literal`],
    ['\u0001', `'\\x01' looking for beginning of value`],
    ['é', `'Ã' looking for beginning of value`],
    ['['.repeat(10_001), `'[' exceeded max depth`],
  ];
  for (const [json, reason] of refusals) {
    test(`${json.slice(0, 20)} is refused in Go's words`, () => {
      assert.throws(() => new ValueScanner().scan(bytesOf(json), 0), {
        name: 'JsonError',
        message: `invalid character ${reason}`,
      });
    });
  }
});
