/** Documents in all formats: values that come out, and where faults are said to be. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConcordError } from '@concord/client';
import { checkedFormat, DEPTH_MAX, formatOfPath, parseContent, serialize } from './format.ts';
import type { Format } from './format.ts';
import type { Issue } from './issue.ts';

function faultOf(content: string, format: Format): Issue {
  const parsed = parseContent(content, format);
  assert.ok(!parsed.ok, `${JSON.stringify(content)} was taken as ${format}`);
  return parsed.issue;
}

test('the same value comes out of JSON, YAML and TOML', () => {
  const value = { host: 'db', pool: { max: 3 } };
  const documents: [Format, string][] = [
    ['json', '{ "host": "db", "pool": { "max": 3 } }'],
    ['yaml', 'host: db\npool:\n  max: 3\n'],
    ['toml', 'host = "db"\n[pool]\nmax = 3\n'],
  ];
  for (const [format, document] of documents) {
    assert.deepEqual(parseContent(document, format), { ok: true, value }, format);
    assert.deepEqual(parseContent(serialize('test', value, format), format), {
      ok: true,
      value,
    });
  }
});

test('text is taken as it is', () => {
  assert.deepEqual(parseContent(' { not json\n', 'text'), { ok: true, value: ' { not json\n' });
});

test('a fault is told by line and column', () => {
  const cases: [Format, string, number, number][] = [
    ['json', '{\n  "max": 3,\n}', 3, 1],
    ['json', '{"max": 03}', 1, 10],
    ['json', '{"max" 3}', 1, 8],
    ['json', '[1 2]', 1, 4],
    ['json', '', 1, 1],
    ['json', '{"a": 1} x', 1, 10],
    ['json', '"a\nb"', 1, 1],
    ['yaml', 'a: 1\nb: [1, 2\nc: 3\n', 3, 1],
    ['yaml', 'a: 1\n\tb: 2\n', 2, 1],
    ['toml', 'a = 1\nb = \n', 2, 5],
  ];
  for (const [format, content, line, column] of cases) {
    const issue = faultOf(content, format);
    assert.deepEqual([issue.line, issue.column], [line, column], JSON.stringify(content));
  }
});

test('the message of a fault never quotes the content', () => {
  for (const format of ['json', 'yaml', 'toml'] as const) {
    const { message } = faultOf('"hunter2" = [ hunter2: {', format);
    assert.ok(!message.includes('hunter2'), message);
  }
});

test('a document that is nested too deeply, or unfolds to gigabytes, is refused', () => {
  const nested = '['.repeat(DEPTH_MAX + 1) + ']'.repeat(DEPTH_MAX + 1);
  assert.match(faultOf(nested, 'json').message, /nested deeper than 64/);
  assert.match(faultOf('['.repeat(100_000), 'json').message, /not valid JSON|nested too deeply/);
  const laughs = ['a0: &a0 [x, x]'];
  for (let i = 1; i < 20; i++) laughs.push(`a${i}: &a${i} [*a${i - 1}, *a${i - 1}, *a${i - 1}]`);
  assert.match(faultOf(laughs.join('\n'), 'yaml').message, /alias/);
});

test('the suffix of a path names its format', () => {
  const cases: [string, Format | undefined][] = [
    ['a.json', 'json'],
    ['a.yml', 'yaml'],
    ['dir/a.YAML', 'yaml'],
    ['a.toml', 'toml'],
    ['a.txt', 'text'],
    ['a.json/b', undefined],
    ['url', undefined],
  ];
  for (const [path, format] of cases) assert.equal(formatOfPath(path), format, path);
});

test('an unknown format and content that a format cannot express are refused by name', () => {
  assert.throws(
    () => checkedFormat('config.watch', 'xml'),
    (error) =>
      ConcordError.is(error, 'INVALID_ARGUMENT') &&
      error.message ===
        'config.watch: option "format" is "xml"; give one of json, yaml, toml, text',
  );
  for (const [value, format] of [
    [undefined, 'json'],
    [{ a: 1n }, 'json'],
    [{ a: 1 }, 'text'],
    [3, 'toml'],
  ] as const) {
    assert.throws(
      () => serialize('config.release', value, format),
      (error) => ConcordError.is(error, 'INVALID_ARGUMENT') && error.message.includes(format),
    );
  }
});
