/** What an override file may be, and which of its entries an item gets. Following it is shown in test/sdk/config. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { ConcordError } from '@concord/client';
import { itemAddress } from '../item/address.ts';
import { OverrideFile } from './override-file.ts';

const directory = mkdtempSync(join(tmpdir(), 'concord-override-'));
after(() => rmSync(directory, { recursive: true }));
const listener = { changed: () => undefined, failed: () => undefined };
const open = (name: string, text?: string): OverrideFile => {
  const file = join(directory, name);
  if (text !== undefined) writeFileSync(file, text);
  return new OverrideFile('Configuration', file, listener);
};

test('an item is found by its path, with or without a slash, and with its namespace', () => {
  using file = open('a.toml', '"db/url" = "one"\n"/cache" = "two"\n"blue:db/url" = "three"\n');
  const valueOf = (path: string, namespace = 'default'): unknown =>
    file.valueOf(itemAddress('test', path, namespace))?.value;
  assert.equal(valueOf('/db/url'), 'one');
  assert.equal(valueOf('cache'), 'two');
  assert.equal(valueOf('db/url', 'blue'), 'three');
  assert.equal(valueOf('cache', 'blue'), undefined);
  assert.equal(valueOf('toString'), undefined);
});

test('a file that is not there, or is empty, overrides nothing', () => {
  using absent = open('absent.json');
  using empty = open('empty.json', ' \n');
  for (const file of [absent, empty]) {
    assert.equal(file.valueOf(itemAddress('test', 'x', 'default')), undefined);
  }
});

test('a file that cannot be meant is refused, with where it is wrong and none of its content', () => {
  const cases: [string, string | undefined, ConcordError['code'], RegExp][] = [
    [
      'a.txt',
      undefined,
      'INVALID_ARGUMENT',
      /option "overrideFile" is ".*a\.txt"; name a file that ends in/,
    ],
    [
      'b.json',
      '{ "x": hunter2 }',
      'CONFIG_INVALID',
      /b\.json: it is not valid JSON: a value is missing at line 1, column 8/,
    ],
    ['c.yaml', '- hunter2', 'CONFIG_INVALID', /c\.yaml: it is no object of paths and values/],
  ];
  for (const [name, text, code, message] of cases) {
    assert.throws(
      () => open(name, text),
      (error) =>
        ConcordError.is(error, code) &&
        message.test(error.message) &&
        !error.message.includes('hunter2'),
      name,
    );
  }
});
