/**
 * Goal: `/v2/keys` answers as etcd 3.4 does, to the byte. Method: the same requests in the same order to both, the
 * whole answers compared.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { V2Request } from './v2/exchange.ts';
import { Pair, skipReason } from './v2/pair.ts';

const put = (path: string, body = ''): V2Request => ({
  method: 'PUT',
  path: `/v2/keys${path}`,
  body,
});
const post = (path: string, body = ''): V2Request => ({
  method: 'POST',
  path: `/v2/keys${path}`,
  body,
});
const get = (path: string): V2Request => ({ path: `/v2/keys${path}` });
const head = (path: string): V2Request => ({ method: 'HEAD', path: `/v2/keys${path}` });
const remove = (path: string, body?: string): V2Request => ({
  method: 'DELETE',
  path: `/v2/keys${path}`,
  ...(body !== undefined && { body }),
});
const typed = (contentType: string, body: string): V2Request => ({
  ...put('/typed', body),
  headers: { 'Content-Type': contentType },
});

/** One story each; later ones may see what earlier ones left behind. */
const stories: Readonly<Record<string, readonly V2Request[]>> = {
  'the empty root': [get(''), get('/'), get('?recursive=true'), head('/'), get('/?quorum=true')],
  'a file is set, read, overwritten, deleted': [
    put('/a', 'value=1'),
    put('/a', 'value=2'),
    get('/a'),
    get('/a/'),
    head('/a'),
    head('/none'),
    get('/none/x/y'),
    get('/a/x/y'),
    put('/a/x/y', 'value=1'),
    post('/a', 'value=1'),
    put('/a', ''),
    put('/a'),
    remove('/a?dir=true'),
    remove('/a'),
  ],
  'the root is read only': [
    put('', 'value=1'),
    put('/', 'dir=true'),
    put('/?prevExist=true', 'dir=true'),
    put('/?prevExist=false', 'value=1'),
    put('/?prevValue=1', 'value=1'),
    put('/?prevIndex=1', 'value=1'),
    put('/?refresh=true', 'ttl=9'),
    remove('/'),
    remove('/?recursive=true'),
    remove('/?dir=true'),
    remove('/?prevIndex=3'),
    remove('?prevValue=x'),
    post('/', 'value=in order'),
  ],
  directories: [
    put('/d', 'dir=true'),
    put('/d', 'dir=true'),
    put('/d', 'value=1'),
    put('/d?prevExist=true', 'ttl=500'),
    put('/d?prevExist=true&dir=true', 'ttl=500'),
    get('/d'),
    put('/d?prevExist=true&dir=true', 'value=x'),
    put('/d?prevExist=true'),
    get('/d'),
    put('/d?prevExist=true&refresh=true', 'ttl=500'),
    put('/d?prevIndex=3&refresh=true', 'ttl=500'),
    put('/d?refresh=true', 'ttl=500'),
    put('/d?prevValue=1', 'value=2'),
    put('/d?prevExist=false', 'dir=true'),
    remove('/d?prevValue=1'),
    remove('/d/x?prevValue=1'),
    remove('/d'),
    put('/d/e/f/g', 'value=deep'),
    put('/d/e/h', 'value=1'),
    remove('/d?dir=true'),
    get('/d?recursive=true&sorted=true'),
    get('/d?sorted=true'),
    get('/d/e/f'),
    remove('/d/e?recursive=true'),
    get('/d/e/f/g'),
    remove('/d?dir=true'),
    put('/file', 'value=1'),
    put('/file?dir=true', 'value=1'),
    put('/file2?dir=true&prevExist=false', 'value=1'),
    remove('/file?recursive=true'),
  ],
  'in order': [
    post('/q', 'value=1'),
    post('/q', 'dir=true'),
    post('/q/', 'value=2&ttl=500'),
    post('/q?prevExist=true&prevValue=zz', 'value=3'),
    get('/q?sorted=true&recursive=true'),
  ],
  'compare and swap, compare and delete': [
    put('/c', 'value=1'),
    put('/c?prevValue=2', 'value=3'),
    put('/c?prevIndex=1', 'value=3'),
    put('/c?prevIndex=18446744073709551615', 'value=3'),
    put('/c?prevIndex=0', 'value=3'),
    put('/c?prevValue=3&prevIndex=1', 'value=3'),
    put('/c?prevValue=x&prevIndex=1', 'value=3'),
    put('/c?prevValue=3&prevExist=true', 'value=4'),
    put('/c?prevValue=3&prevExist=false', 'value=4'),
    put('/nothing?prevValue=3', 'value=4'),
    remove('/c?prevValue=zz'),
    remove('/c?prevValue=zz&prevIndex=3'),
    remove('/c?prevIndex=3'),
    remove('/c?prevValue='),
    put('/c?prevValue=4', 'value=5&ttl=500'),
    put('/c?prevValue=5&noValueOnSuccess=true', 'value=6'),
    remove('/c?prevValue=6&noValueOnSuccess=true'),
    put('/c?noValueOnSuccess=true', 'value=1'),
    put('/c?noValueOnSuccess=true&prevExist=true', 'value=1'),
    post('/c-in-order?noValueOnSuccess=true', 'value=1'),
    remove('/c', 'prevValue=a body is not read'),
  ],
  'times to live': [
    put('/t', 'value=1&ttl=500'),
    get('/t'),
    put('/t', 'value=1&ttl='),
    put('/t?prevExist=true', 'value=1&ttl=500'),
    put('/t?prevExist=true', 'value=1'),
    put('/t', 'value=1&ttl=-1'),
    put('/t', 'value=1&ttl=abc'),
    put('/t', 'value=1&ttl=1.5'),
    put('/t', 'value=1&ttl=%2B5'),
    put('/t', 'value=1&ttl=9223372036'),
    put('/t', 'value=1&ttl=9223372037'),
    put('/t', 'value=1&ttl=18446744073709551616'),
    put('/t', 'value=1'),
    put('/t?refresh=true', 'ttl=500'),
    put('/t?prevExist=true&refresh=true', 'ttl=500'),
    put('/t?prevExist=true&refresh=true', 'ttl=500&value='),
    put('/t?prevExist=true&refresh=true', 'ttl=500&value=x'),
    put('/t?prevExist=true&refresh=true'),
    put('/t?prevExist=true&refresh=maybe', 'ttl=500'),
    put('/t?prevExist=false&refresh=true', 'ttl=500'),
    put('/t?prevValue=1&refresh=true', 'ttl=500'),
    put('/t-none?refresh=true', 'ttl=500'),
    put('/t-none?prevExist=true&refresh=true', 'ttl=500'),
    put('/t?refresh=false', 'value=2'),
  ],
  'hidden nodes': [
    put('/_h/x', 'value=1'),
    put('/h/_x/y', 'value=1'),
    put('/h/z', 'value=1'),
    get('/h'),
    get('/h?recursive=true'),
    get('/_h?recursive=true'),
    get('/h/_x?quorum=true'),
    get('/?recursive=true&sorted=true'),
  ],
  'values of parameters': [
    ...['recursive', 'sorted', 'wait', 'dir', 'quorum', 'stream', 'noValueOnSuccess'].flatMap(
      (flag) =>
        ['', '1', 't', 'T', 'TRUE', 'tRUE', 'yes', '0', 'f', 'False'].map((value) =>
          put(`/v?${flag}=${value}&prevIndex=1`, 'value=1'),
        ),
    ),
    ...['prevIndex', 'waitIndex'].flatMap((number) =>
      ['', '-1', 'x', '1.0', '%2B1', '007', '18446744073709551616'].map((value) =>
        put(`/v?${number}=${value}&prevValue=none`, 'value=1'),
      ),
    ),
    ...['', 'maybe', 'TRUE'].map((value) => put(`/v?prevExist=${value}`, 'value=1')),
    put('/v?prevIndex=x&dir=x&wait=true', 'ttl=x'),
    put('/v?wait=true&prevValue=', 'ttl=x'),
    put('/v?prevValue=&noValueOnSuccess=x', 'ttl=x'),
    put('/v?noValueOnSuccess=x', 'ttl=x'),
    put('/v?prevExist=x&refresh=x', 'ttl=x'),
    put('/v?prevExist=x&refresh=x', ''),
    head('/v?wait=true'),
    remove('/v?wait=true'),
    get('/v?waitIndex=3'),
  ],
  'query and body mixed': [
    put('/m?value=query', 'value=body'),
    { method: 'PUT', path: '/v2/keys/m?value=query' },
    put('/m?value=one&value=two', 'other=1'),
    put('/m?prevExist=false', 'prevExist=true&value=1'),
    put('/m?ttl=5', 'ttl=&value=1'),
    post('/m2?dir=true', 'value=1'),
    remove('/m2?recursive=true', 'recursive=false'),
    typed('text/plain', 'value=1'),
    typed('application/x-www-form-urlencoded; charset=utf-8', 'value=1'),
    typed('Application/X-WWW-Form-URLencoded', 'value=2'),
    typed('application/x-www-form-urlencoded;', 'value=3'),
    typed('application/x-www-form-urlencoded; charset', 'value=4'),
    typed('application/json', '{"value":1}'),
    typed('garbage/;;', 'value=1'),
    typed('garbage', 'value=1'),
    typed('a/b/c', 'value=1'),
    typed('a b', 'value=1'),
    typed(';x=y', 'value=1'),
  ],
  escapes: [
    put('/e', 'value=%zz'),
    put('/e', 'value=%4'),
    put('/e', 'value=%'),
    put('/e?a;b', 'value=a;b'),
    put('/e', 'a;b&value=1'),
    put('/e?value=%zz', 'value=ok'),
    put('/e?%zz=1', 'value=ok'),
    put('/e', 'value=a+b%20c%00%ff%c3%a4<>&x&value='),
    put(
      '/e',
      'value=%e2%80%a8%e2%82%ed%a0%80%f0%9f%98%80%08%0c%09%0d%22%5c%7f%ef%bf%bd%c0%80%f5%80',
    ),
    put('/e', 'value=\xc3\xa4\xff'),
    get('/e?%zz'),
    get('/e%zz'),
    put('/%ff%00%01%02%c3%a4%20%3c%22%5c%0a%7f%e2%80%a8', 'value=1'),
    get('/%ff%00%01%02%c3%a4%20%3c%22%5c%0a%7f%e2%80%a8?quorum=true'),
    get('/%ff%00%01x/y'),
    put('/%00', 'value=1'),
    put('/%00/%00', 'value=1'),
    put('/%01%01', 'value=1'),
    get('/%00'),
    get('/%01%01'),
    remove('/%ff%00%01%02%c3%a4%20%3c%22%5c%0a%7f%e2%80%a8'),
    put('/plus+sign', 'value=1+1'),
    put('/e', '=1&value'),
    put('/e', '&&value=1&'),
  ],
  'paths that are not clean are sent elsewhere': [
    get('//a'),
    get('/b/../a?x=1'),
    get('/b/%2e%2e/a'),
    get('/b%2f%2fc'),
    get('/b/./c/'),
    put('//a', 'value=1'),
    get('/%3Cx%3E//"'),
    get('/%c3%a4//b c'.replace(' ', '%20')),
    get('/..'),
  ],
  'methods and other paths': [
    { method: 'PATCH', path: '/v2/keys/a' },
    { method: 'PATCH', path: '/v2/keys' },
    { method: 'OPTIONS', path: '/v2/keys/a' },
    { path: '/v2/keysabc' },
    { path: '/v2/' },
    { path: '/v2/nothing' },
    { method: 'POST', path: '/v2/machines' },
  ],
};

describe('/v2/keys on Concord and on etcd', { skip: skipReason }, () => {
  let pair: Pair;
  before(async () => (pair = await Pair.start()));
  after(async () => pair[Symbol.asyncDispose]());

  for (const [name, requests] of Object.entries(stories)) {
    test(name, async () => {
      for (const request of requests) await pair.same(request);
    });
  }

  test('what expires is removed, a directory with all that is in it, and each removal has its index', async () => {
    await pair.same(put('/x/d?dir=true', 'ttl=1'));
    await pair.same(put('/x/d/e/f', 'value=1'));
    const { headers } = await pair.same(put('/x/file', 'value=1&ttl=1'));
    const next = Number(headers['x-etcd-index']) + 1;
    // Both sweep twice a second, each at moments of its own.
    await pair.ask(get(`/x/file?wait=true&waitIndex=${next}`));
    await pair.same(get(`/x/d?wait=true&waitIndex=${next}`));
    await pair.same(get(`/x/file?wait=true&waitIndex=${next}`));
    await pair.same(get('/x/d/e/f'));
    await pair.same(get('/x?recursive=true'));
  });

  test('a TTL of 0 is over at once', async () => {
    const { headers, body } = await pair.same(put('/zero', 'value=1&ttl=0'));
    assert.match(body, /"expiration"/);
    const next = Number(headers['x-etcd-index']) + 1;
    await pair.ask(get(`/zero?wait=true&waitIndex=${next}`));
    await pair.same(get(`/zero?wait=true&waitIndex=${next}`));
    await pair.same(get('/zero'));
  });

  test('a TTL counts down', async () => {
    await pair.same(put('/count', 'value=1&ttl=500'));
    await pair.same(get('/count'));
  });
});
