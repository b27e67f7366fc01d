/**
 * The generated code is what the generator makes of `proto/` today, and the generator refuses what it can't
 * do.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import protobuf from 'protobufjs';
import { emitFile } from '../codegen/emit-file.ts';
import { generate, SOURCE_DIRECTORY } from '../codegen/generate.ts';
import { goName, jsonName } from '../codegen/names.ts';
import { loadSchema } from '../codegen/schema.ts';
import { encode, type MessageType } from './index.ts';

describe('the committed code', () => {
  const generated = generate();

  for (const [path, text] of generated) {
    test(`src/${path} is up to date (if not: node codegen/main.ts)`, () => {
      assert.equal(readFileSync(join(SOURCE_DIRECTORY, path), 'utf8'), text);
    });
  }

  test('has no module whose .proto file is gone', () => {
    const found = readdirSync(join(SOURCE_DIRECTORY, 'gen'), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts'))
      .map((path) => `gen/${path.split(sep).join('/')}`);
    assert.deepEqual(
      found.filter((path) => !generated.has(path)),
      [],
    );
  });
});

/** Runs `use` on a directory that holds one `.proto` file, with one message of these fields. */
function withMessage<T>(fields: string, use: (directory: string) => T): T {
  const directory = mkdtempSync(join(tmpdir(), 'concord-proto-'));
  try {
    const source = `syntax = "proto3";\npackage p;\nmessage M {\n  ${fields}\n}\n`;
    writeFileSync(join(directory, 'm.proto'), source);
    return use(directory);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** The constant that the generator makes of the message, loaded with the package's own runtime. */
function compile(directory: string): MessageType<Record<string, unknown>> {
  const [file] = loadSchema(directory);
  assert.ok(file !== undefined);
  const text = emitFile(file).replaceAll("'../", `'${pathToFileURL(SOURCE_DIRECTORY).href}/`);
  const path = join(directory, 'm.ts');
  writeFileSync(path, text);
  const module = createRequire(import.meta.url)(path) as {
    M: MessageType<Record<string, unknown>>;
  };
  return module.M;
}

describe('the generator', () => {
  const refused = (field: string) => (): unknown => withMessage(field, loadSchema);

  test('writes and reads lists and maps of every scalar as protobufjs does', () => {
    const fields = `
      repeated bool flags = 1;
      repeated uint32 sizes = 2;
      repeated int64 ids = 3;
      repeated uint64 terms = 4 [jstype = JS_NUMBER];
      repeated string names = 5;
      map<string, bytes> labels = 6;
      map<uint32, int64> leases = 7;
      oneof choice {
        bool yes = 8;
        uint64 no = 9;
      }`;
    withMessage(fields, (directory) => {
      const type = compile(directory);
      const reflected = new protobuf.Root().loadSync(join(directory, 'm.proto')).lookupType('p.M');
      const message = {
        flags: [true, false],
        sizes: [0, 1, 0xffffffff],
        ids: [0n, -1n, 2n ** 40n],
        terms: [0, 127, Number.MAX_SAFE_INTEGER],
        names: ['', 'a'],
        labels: new Map([['', Uint8Array.of(1)]]),
        leases: new Map([[7, -2n]]),
        choice: { case: 'no', value: 0n },
      };
      const bytes = encode(type, message);
      assert.deepEqual(type.decode(bytes), message);
      const theirs = reflected.decode(bytes);
      assert.deepEqual(new Uint8Array(reflected.encode(theirs).finish()), bytes);
      const json = reflected.toObject(theirs, { longs: String, bytes: Array, oneofs: true });
      assert.deepEqual(json, {
        flags: [true, false],
        sizes: [0, 1, 0xffffffff],
        ids: ['0', '-1', '1099511627776'],
        terms: ['0', '127', '9007199254740991'],
        names: ['', 'a'],
        labels: { '': [1] },
        leases: { 7: '-2' },
        no: '0',
        choice: 'no',
      });
    });
  });

  test('refuses a type that it has no code for', () => {
    assert.throws(refused('double ratio = 1;'), /p\.M\.ratio: type double is not supported/);
  });

  test('refuses explicit presence', () => {
    assert.throws(refused('optional int32 size = 1;'), /p\.M\.size: `optional` is not supported/);
  });

  test('names fields as JSON and Go do', () => {
    const names = ['key', 'prev_kv', 'ID', 'TTL', 'remaining_TTL', 'peerURLs', 'min_mod_revision'];
    assert.deepEqual(names.map(jsonName), [
      'key',
      'prevKv',
      'ID',
      'TTL',
      'remainingTTL',
      'peerURLs',
      'minModRevision',
    ]);
    assert.deepEqual(names.map(goName), [
      'Key',
      'PrevKv',
      'ID',
      'TTL',
      'Remaining_TTL',
      'PeerURLs',
      'MinModRevision',
    ]);
  });
});
