/** Forms of any bytes are read or refused; nothing else is thrown, and nothing hangs. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Form } from './form.ts';
import { KeyError } from './key-error.ts';

const FORM = 'application/x-www-form-urlencoded';
const parse = (query: string, text?: string, contentType: string | undefined = FORM): Form =>
  Form.parse(query, text === undefined ? undefined : { contentType, text });

test('the body comes before the query, and the first value counts', () => {
  const form = parse('a=query&b=1&b=2', 'a=body&c=');
  assert.deepEqual(
    ['a', 'b', 'c', 'd'].map((name) => form.get(name)),
    ['body', '1', '', ''],
  );
  assert.deepEqual(
    ['c', 'd'].map((name) => form.has(name)),
    [true, false],
  );
});

test('names like those of an object are names like any other', () => {
  const form = parse('__proto__=1&constructor=2');
  assert.deepEqual([form.get('__proto__'), form.get('constructor')], ['1', '2']);
  assert.equal(form.has('toString'), false);
});

const refused: readonly (readonly [query: string, body: string, type: string, cause: string])[] = [
  ['a;b', '', FORM, 'invalid semicolon separator in query'],
  ['a=%', '', FORM, 'invalid URL escape "%"'],
  ['', 'a=%4', FORM, 'invalid URL escape "%4"'],
  ['%zzz', '', FORM, 'invalid URL escape "%zz"'],
  ['%=', '', FORM, 'invalid URL escape "%"'],
  ['%"x', '', FORM, 'invalid URL escape "%\\"x"'],
  ['%zz&a;b', '', FORM, 'invalid semicolon separator in query'],
  ['%zz', '%yy', FORM, 'invalid URL escape "%yy"'],
  ['', '', ';', 'mime: no media type'],
  ['', '', 'a/', 'mime: expected token after slash'],
  ['', '', 'a b', 'mime: expected slash after first token'],
  ['', '', 'a/b c', 'mime: unexpected content after media subtype'],
  ['', '', 'a/b; c', 'mime: invalid media parameter'],
];

for (const [query, body, type, cause] of refused) {
  test(`?${query}, ${type}, ${body} is refused: ${cause}`, () => {
    assert.throws(() => parse(query, body, type), { name: 'invalidForm', cause });
  });
}

test('a body of another type, or of none, is not read', () => {
  for (const type of ['text/plain', 'multipart/form-data; boundary=x', '', undefined])
    assert.equal(Form.parse('', { contentType: type, text: 'a=%' }).has('a'), false);
});

/** Enough to meet every branch many times, in about a second. */
const ROUNDS = 40_000;
const SEED = 20_261_125;

test(`random forms are read or refused (seed ${SEED})`, () => {
  let state = SEED;
  const below = (limit: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  const pieces = [
    '%',
    '%4',
    '%41',
    '&',
    '=',
    ';',
    '+',
    '/',
    '"',
    '\\',
    ' ',
    '\0',
    '\xff',
    'value',
    'ttl',
    FORM,
  ];
  const text = (): string =>
    Array.from({ length: below(12) }, () =>
      below(5) === 0 ? String.fromCharCode(below(256)) : pieces[below(pieces.length)],
    ).join('');
  for (let round = 0; round < ROUNDS; round++) {
    const [query, body, type] = [text(), text(), below(2) === 0 ? FORM : text()];
    try {
      parse(query, body, type);
    } catch (error) {
      assert.ok(
        error instanceof KeyError,
        `${JSON.stringify({ query, body, type })}: ${String(error)}`,
      );
    }
  }
});

test('a type with a million parameters is read in linear time', { timeout: 10_000 }, () => {
  for (const type of [
    `${FORM}${'; a=b'.repeat(200_000)}`,
    `${FORM}; a="${'\\a'.repeat(200_000)}`,
  ]) {
    try {
      parse('', 'a=1', type);
    } catch (error) {
      assert.ok(error instanceof KeyError);
    }
  }
});
