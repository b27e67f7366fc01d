import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Resolver } from './resolver.ts';
import { UrlMatcher } from './url-match.ts';

/** Knows `a.example`, and `late.example` from the second question on. */
class Names implements Resolver {
  readonly asked: string[] = [];
  address(host: string): Promise<string> {
    this.asked.push(host);
    if (host === 'a.example') return Promise.resolve('10.0.0.1');
    if (host === 'six.example') return Promise.resolve('fd00::1');
    return Promise.reject(new Error(`queryA ENOTFOUND ${host}`));
  }
  services(): never {
    throw new Error('nobody asks for services');
  }
}

const over = AbortSignal.abort();

test('the same URLs in another order match, and nobody asks DNS', async () => {
  const names = new Names();
  const urls = ['http://nowhere.example:1', 'http://a.example:2'];
  assert.equal(await new UrlMatcher(names, over).compare(urls, urls.toReversed()), undefined);
  assert.deepEqual(names.asked, []);
});

test('a host name matches its IP, once looked up', async () => {
  const names = new Names();
  const matcher = new UrlMatcher(names, over);
  assert.equal(await matcher.compare(['http://a.example:1'], ['http://10.0.0.1:1']), undefined);
  assert.equal(await matcher.compare(['http://six.example:1'], ['http://[fd00::1]:1']), undefined);
  assert.equal(await matcher.compare(['http://10.0.0.1:2'], ['http://a.example:2']), undefined);
  assert.deepEqual(names.asked, ['a.example', 'six.example']);
});

test('another port, scheme or number of URLs does not match, and etcd says so in these words', async () => {
  const matcher = new UrlMatcher(new Names(), over);
  assert.equal(
    await matcher.compare(['http://a.example:1'], ['http://10.0.0.1:2']),
    '"http://10.0.0.1:1"(resolved from "http://a.example:1") != ' +
      '"http://10.0.0.1:2"(resolved from "http://10.0.0.1:2")',
  );
  assert.match(
    String(await matcher.compare(['https://a.example:1'], ['http://a.example:1'])),
    /!=/,
  );
  assert.equal(
    await matcher.compare(['http://a:1'], ['http://a:1', 'http://b:1']),
    'len(["http://a:1"]) != len(["http://a:1" "http://b:1"])',
  );
});

test('localhost stands for itself and is not looked up', async () => {
  const names = new Names();
  const mismatch = await new UrlMatcher(names, over).compare(
    ['http://localhost:1'],
    ['http://127.0.0.1:1'],
  );
  assert.match(String(mismatch), /localhost/);
  assert.deepEqual(names.asked, []);
});

test('a name that stays unknown is named when the time is over', async () => {
  assert.equal(
    await new UrlMatcher(new Names(), over).compare(['http://gone.example:1'], ['http://b:1']),
    'failed to resolve host gone.example: queryA ENOTFOUND gone.example',
  );
});
