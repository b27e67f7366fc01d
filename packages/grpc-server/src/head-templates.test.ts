/** Requests that differ in their deadline alone share everything else; all others are told apart. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { Method } from './call.ts';
import { HeadTemplates } from './head-templates.ts';
import type { HeaderList } from './hpack/decoder.ts';
import type { HeaderField } from './hpack/dynamic-table.ts';
import { parseRequestHead } from './request-head.ts';

const METHODS = new Map<string, Method>([['/a.B/C', { kind: 'unary', handle: () => undefined }]]);

const field = (name: string, value: string): HeaderField => ({
  name,
  value,
  bytes: 0,
  valid: true,
});
const list = (...fields: readonly HeaderField[]): HeaderList => ({
  fields,
  valid: true,
  tooLarge: false,
});

const START = [
  field(':method', 'POST'),
  field(':scheme', 'http'),
  field(':path', '/a.B/C'),
  field('content-type', 'application/grpc'),
];
const TOKEN = field('token', 'alice');

function remembered(): HeadTemplates {
  const templates = new HeadTemplates();
  const first = list(...START, field('grpc-timeout', '1S'), TOKEN);
  assert.equal(templates.find(first), undefined);
  templates.remember(first, parseRequestHead(first, METHODS));
  return templates;
}

test('the same fields with another timeout share the metadata but not the timeout', () => {
  const templates = remembered();
  const one = templates.find(list(...START, field('grpc-timeout', '2S'), TOKEN));
  const two = templates.find(list(...START, TOKEN, field('grpc-timeout', '300m')));
  assert.ok(one?.kind === 'call' && two?.kind === 'call');
  assert.deepEqual([one.timeoutMs, two.timeoutMs], [2_000, 300]);
  assert.equal(one.metadata, two.metadata);
  assert.equal(one.metadata.get('token'), 'alice');
});

test('a malformed timeout is refused here too', () => {
  const head = remembered().find(list(...START, field('grpc-timeout', 'never'), TOKEN));
  assert.equal(head?.kind, 'refused');
});

test('anything else that differs is not found', () => {
  const templates = remembered();
  const timeout = field('grpc-timeout', '2S');
  const others = [
    list(...START, timeout, field('token', 'alice')),
    list(...START, timeout, field('token', 'mallory')),
    list(...START, timeout),
    list(...START, TOKEN),
    list(...START, timeout, TOKEN, TOKEN),
    list(...START, timeout, timeout, TOKEN),
    list(...START, TOKEN, timeout, timeout),
    list(TOKEN, ...START, timeout),
    { ...list(...START, timeout, TOKEN), valid: false },
    { ...list(...START, timeout, TOKEN), tooLarge: true },
  ];
  for (const other of others) assert.equal(templates.find(other), undefined);
});

test('the ninth template takes the place of the first', () => {
  const templates = remembered();
  for (let index = 0; index < 8; index++) {
    const next = list(...START, field('grpc-timeout', '1S'), field('token', String(index)));
    templates.remember(next, parseRequestHead(next, METHODS));
    assert.ok(templates.find(next) !== undefined);
  }
  assert.equal(templates.find(list(...START, field('grpc-timeout', '2S'), TOKEN)), undefined);
});
