/**
 * The generated code is what the generator makes of `proto/` today, and the generator refuses what it can't
 * do.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { describe, test } from 'node:test';
import { generate, SOURCE_DIRECTORY } from '../codegen/generate.ts';
import { goName, jsonName } from '../codegen/names.ts';
import { loadSchema } from '../codegen/schema.ts';

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

describe('the generator', () => {
  const refused = (field: string): (() => unknown) => {
    return () => {
      const directory = mkdtempSync(join(tmpdir(), 'concord-proto-'));
      try {
        const source = `syntax = "proto3";\npackage p;\nmessage M {\n  ${field}\n}\n`;
        writeFileSync(join(directory, 'm.proto'), source);
        loadSchema(directory);
      } finally {
        rmSync(directory, { recursive: true });
      }
    };
  };

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
