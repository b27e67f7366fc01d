/** One row for each rule on request header blocks. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { Method } from './call.ts';
import type { HeaderField } from './hpack/dynamic-table.ts';
import { parseRequestHead, parseTimeout } from './request-head.ts';
import type { RequestHead } from './request-head.ts';

const METHOD: Method = { kind: 'unary', handle: () => undefined };
const METHODS = new Map<string, Method>([['/pkg.Svc/Do', METHOD]]);

const PSEUDO = [':method', 'POST', ':scheme', 'http', ':path', '/pkg.Svc/Do', ':authority', 'h'];
const GRPC = ['content-type', 'application/grpc'];

/** @param fields names and values in turn. */
function list(fields: readonly string[]): HeaderField[] {
  return fields.flatMap((name, index) =>
    index % 2 === 0 ? [{ name, value: fields[index + 1]!, bytes: 0, valid: true }] : [],
  );
}

const parse = (...fields: readonly string[]): RequestHead =>
  parseRequestHead({ fields: list(fields), valid: true, tooLarge: false }, METHODS);

const withPath = (path: string): RequestHead =>
  parse(':method', 'POST', ':scheme', 'http', ':path', path, ...GRPC);

test('a proper request names its method, timeout and metadata', () => {
  const head = parse(...PSEUDO, ...GRPC, 'te', 'trailers', 'grpc-timeout', '250m', 'x-a', '1');
  assert.ok(head.kind === 'call');
  assert.equal(head.method, METHOD);
  assert.equal(head.timeoutMs, 250);
  assert.equal(head.metadata.get('x-a'), '1');
  assert.equal(head.metadata.get(':authority'), 'h');
  assert.equal(head.metadata.get('grpc-timeout'), undefined, 'the deadline is not metadata');
});

const MALFORMED: readonly (readonly [what: string, fields: readonly string[]])[] = [
  ['no :method', [':scheme', 'http', ':path', '/', ...GRPC]],
  ['no :scheme', [':method', 'POST', ':path', '/', ...GRPC]],
  ['no :path', [':method', 'POST', ':scheme', 'http', ...GRPC]],
  ['an empty :path', [':method', 'POST', ':scheme', 'http', ':path', '', ...GRPC]],
  ['a pseudo-header twice', [...PSEUDO, ':path', '/', ...GRPC]],
  ['an unknown pseudo-header', [...PSEUDO, ':status', '200', ...GRPC]],
  ['a pseudo-header behind a field', [...PSEUDO, ...GRPC, ':authority', 'x']],
  ['a connection field', [...PSEUDO, ...GRPC, 'connection', 'close']],
  ['te other than trailers', [...PSEUDO, ...GRPC, 'te', 'gzip']],
  ['a bad content-length', [...PSEUDO, ...GRPC, 'content-length', 'five']],
  ['two content-lengths', [...PSEUDO, ...GRPC, 'content-length', '5', 'content-length', '6']],
];

for (const [what, fields] of MALFORMED) {
  test(`${what} is malformed`, () => {
    assert.equal(parse(...fields).kind, 'malformed');
  });
}

const REFUSED: readonly (readonly [head: RequestHead, code: number, text: string])[] = [
  [withPath('/no.Svc/Do'), 12, 'unknown service no.Svc'],
  [withPath('/pkg.Svc/Undo'), 12, 'unknown method Undo for service pkg.Svc'],
  [withPath('nothing'), 12, 'malformed method name: "nothing"'],
  [parse(...PSEUDO, ...GRPC, 'grpc-timeout', 'soon'), 13, 'malformed grpc-timeout: "soon"'],
  [parse(...PSEUDO, ...GRPC, 'grpc-timeout', '0n'), 4, 'context deadline exceeded'],
  [
    parse(...PSEUDO, ...GRPC, 'grpc-encoding', 'br'),
    12,
    'grpc: Decompressor is not installed for grpc-encoding "br"',
  ],
];

for (const [head, code, text] of REFUSED) {
  test(`refuses with "${text}"`, () => {
    assert.ok(head.kind === 'refused');
    assert.equal(head.failure.code, code);
    assert.equal(head.failure.message, text);
  });
}

test('an unknown encoding is told which ones are known', () => {
  const head = parse(...PSEUDO, ...GRPC, 'grpc-encoding', 'br');
  assert.ok(head.kind === 'refused');
  assert.deepEqual(head.failure.fields, ['grpc-accept-encoding', 'identity,gzip']);
});

test('GET with the content type of gRPC is refused with 405', () => {
  const head = parse(':method', 'GET', ':scheme', 'http', ':path', '/pkg.Svc/Do', ...GRPC);
  assert.ok(head.kind === 'refused');
  assert.equal(head.failure.httpStatus, 405);
});

test('a header list above the limits is refused with 431', () => {
  const head = parseRequestHead({ fields: list(PSEUDO), valid: true, tooLarge: true }, METHODS);
  assert.ok(head.kind === 'refused');
  assert.equal(head.failure.httpStatus, 431);
});

test('only the content types of gRPC are gRPC', () => {
  const kindOf = (type: string): string => parse(...PSEUDO, 'content-type', type).kind;
  assert.equal(kindOf('application/grpc'), 'call');
  assert.equal(kindOf('application/grpc+proto'), 'call');
  assert.equal(kindOf('application/grpc;charset=x'), 'call');
  assert.equal(kindOf('application/grpc-web'), 'http');
  assert.equal(kindOf('application/json'), 'http');
  assert.equal(parse(...PSEUDO).kind, 'http');
});

test('timeouts have up to eight digits and one of six units', () => {
  const texts = ['1H', '2M', '3S', '4m', '5u', '6n', '99999999m', '0S'];
  const values = [3_600_000, 120_000, 3_000, 4, 0.005, 6e-6, 99_999_999, 0];
  assert.deepEqual(texts.map(parseTimeout), values);
  for (const text of ['', 'S', '1', '1s', '-1S', '1.5S', '123456789S', '1 S']) {
    assert.equal(parseTimeout(text), undefined, text);
  }
});
