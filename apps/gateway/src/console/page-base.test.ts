import assert from 'node:assert/strict';
import { test } from 'node:test';
import { baseOfPage, pageAt } from './page-base.ts';

const addressOfRoot = (page: string): string =>
  new URL(baseOfPage(new URL(page).pathname), page).href;

test('a page of any depth finds the root of the console', () => {
  for (const page of ['', 'services', 'services/', 'services/orders', 'keys/%2Fa%2Fb/history']) {
    assert.equal(addressOfRoot(`http://localhost:7379/${page}`), 'http://localhost:7379/');
  }
});

test('under a path that a proxy takes away, the root is found as well', () => {
  // The gateway sees `/services/orders`, the browser the whole path.
  const base = baseOfPage('/services/orders');
  assert.equal(
    new URL(base, 'https://example.org/tools/concord/services/orders?a=1').href,
    'https://example.org/tools/concord/',
  );
});

test('the page says so in its base', () => {
  assert.match(
    pageAt('<head><base href="./" /></head>', '/a/b/c'),
    /<base href="\.\.\/\.\.\/" \/>/,
  );
});
