/** Goal: a page in a browser reaches a member only where its owner said so; programs always do. */
import assert from 'node:assert/strict';
import type { IncomingHttpHeaders } from 'node:http';
import { test } from 'node:test';
import { configure } from '../config/configuration.ts';
import { Access, accessRules, type BodyKind } from './access.ts';

function accessWith(...flags: string[]): Access {
  const command = configure(flags, {});
  assert.equal(command.kind, 'run');
  const [listener] = command.values['listen-client-urls'];
  assert.ok(listener);
  return new Access(accessRules(command.values, listener));
}

interface Asked {
  readonly method?: string;
  readonly headers?: IncomingHttpHeaders;
  readonly bodies?: BodyKind;
}

const statusOf = (access: Access, { method = 'POST', headers = {}, bodies = 'json' }: Asked) =>
  access.refuse({ method, headers }, bodies)?.status;

const HOST = 'localhost:2379';

test('on loopback only loopback names are answered, and names that are advertised', () => {
  const access = accessWith();
  const read = (host: string | undefined) => {
    const headers = host === undefined ? {} : { host };
    return statusOf(access, { method: 'GET', headers });
  };
  for (const host of [undefined, HOST, '127.0.0.1:1', '[::1]:2379', 'a.localhost', 'LOCALHOST']) {
    assert.equal(read(host), undefined, host);
  }
  const rebound = ['evil.example', 'evil.example:2379', '127.0.0.1.evil.example', 'localhost.evil'];
  for (const host of rebound) assert.equal(read(host), 421, host);
});

test('elsewhere any name is answered, until a list says which', () => {
  const public_ = [
    '--listen-client-urls=http://0.0.0.0:2379',
    '--advertise-client-urls=http://a.example:2379',
  ];
  const headers = { host: 'b.example' };
  assert.equal(statusOf(accessWith(...public_), { method: 'GET', headers }), undefined);
  const listed = accessWith(...public_, '--host-whitelist=A.example');
  assert.equal(statusOf(listed, { method: 'GET', headers }), 421);
  assert.equal(statusOf(listed, { method: 'GET', headers: { host: 'a.EXAMPLE:2379' } }), undefined);
  assert.equal(statusOf(accessWith('--host-whitelist=*'), { method: 'GET', headers }), undefined);
});

test('behind a proxy a member on loopback answers to the name that it advertises', () => {
  const access = accessWith(
    '--listen-client-urls=http://127.0.0.1:2379',
    '--advertise-client-urls=http://kv.example:80',
  );
  assert.equal(statusOf(access, { method: 'GET', headers: { host: 'kv.example' } }), undefined);
});

test('a program need not say anything', () => {
  const access = accessWith();
  const form = 'application/x-www-form-urlencoded';
  for (const type of [undefined, 'application/json; charset=utf-8', form]) {
    const headers = { host: HOST, ...(type !== undefined && { 'content-type': type }) };
    assert.equal(statusOf(access, { headers }), undefined, type);
  }
});

const pages: readonly (readonly [string, IncomingHttpHeaders, BodyKind, number | undefined])[] = [
  ['a form of another origin', { origin: 'http://evil.example' }, 'forms', 403],
  ['JSON of another origin', { origin: 'http://evil.example' }, 'json', 403],
  ['a page of a file', { origin: 'null' }, 'forms', 403],
  ['another port of the same host', { origin: 'http://localhost:8080' }, 'forms', 403],
  ['a browser that tells the site alone', { 'sec-fetch-site': 'cross-site' }, 'forms', 403],
  ['the same origin, a form', { origin: `http://${HOST}` }, 'forms', undefined],
  [
    'the same origin, JSON',
    { origin: `http://${HOST}`, 'content-type': 'application/json' },
    'json',
    undefined,
  ],
  [
    'the same origin, a form where JSON is taken',
    { origin: `http://${HOST}`, 'content-type': 'application/x-www-form-urlencoded' },
    'json',
    415,
  ],
  ['what only forms send', { 'content-type': 'text/plain' }, 'json', 415],
  ['what only forms send, with parts', { 'content-type': 'multipart/form-data' }, 'json', 415],
];
for (const [what, headers, bodies, status] of pages) {
  test(`a state-changing request: ${what}: ${status ?? 'taken'}`, () => {
    assert.equal(statusOf(accessWith(), { headers: { host: HOST, ...headers }, bodies }), status);
  });
}

test('an upgrade of another origin is refused, as no preflight comes before it', () => {
  const headers = { host: HOST, origin: 'http://evil.example', upgrade: 'websocket' };
  assert.equal(statusOf(accessWith(), { method: 'GET', headers }), 403);
  const program = { host: HOST, upgrade: 'websocket' };
  assert.equal(statusOf(accessWith(), { method: 'GET', headers: program }), undefined);
});

test('pages may read where --cors names their origin, and nowhere else', () => {
  const of = (access: Access, origin?: string) =>
    access.crossOriginHeaders(origin === undefined ? {} : { origin })[
      'Access-Control-Allow-Origin'
    ];
  assert.equal(of(accessWith(), 'http://a'), undefined);
  assert.equal(of(accessWith('--cors=http://a'), 'http://a'), 'http://a');
  assert.equal(of(accessWith('--cors=http://a'), 'http://b'), undefined);
  assert.equal(of(accessWith('--cors=*'), 'http://b'), '*');
  assert.equal(of(accessWith('--cors=*')), '*');
  const headers = { host: HOST, origin: 'http://a', 'content-type': 'application/json' };
  assert.equal(statusOf(accessWith('--cors=http://a'), { headers }), undefined);
});

test('a refusal names the flag that would change it', () => {
  const access = accessWith();
  const text = (headers: IncomingHttpHeaders) =>
    access.refuse({ method: 'POST', headers }, 'json')?.text ?? '';
  assert.match(text({ host: 'kv.example:80' }), /--host-whitelist kv\.example,/);
  assert.match(text({ host: HOST, origin: 'http://a' }), /--cors http:\/\/a\./);
});
