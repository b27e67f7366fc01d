import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changesIn, patched, type ServicePage } from './service-changes.ts';
import type { ServiceSummary } from './service-queries.ts';

const summary = (name: string, serving: number): ServiceSummary => ({
  name,
  instances: { starting: 0, serving, draining: 0 },
  zones: [],
  weight: serving * 100,
  overrides: 0,
});
const change = (put: ServiceSummary[], deleted: string[] = []) => ({
  kind: 'change' as const,
  data: { revision: 9, put, deleted },
});
const pages = (page: Partial<ServicePage>) => ({
  pageParams: [undefined],
  pages: [
    { items: [summary('catalogue', 2), summary('orders', 3)], count: 2, revision: 5, ...page },
  ],
});

test('a service that is shown is brought up to date where it stands', () => {
  const changes = changesIn([change([summary('orders', 1)])]);
  assert.ok(changes !== undefined);
  const { data, isKnown } = patched(pages({}), changes);
  assert.ok(isKnown);
  assert.equal(data.pages[0]?.items[1]?.instances.serving, 1);
});

test('what came or went among the pages that were read makes them be read again', () => {
  const isKnownAfter = (page: Partial<ServicePage>, ...change_: Parameters<typeof change>) => {
    const changes = changesIn([change(...change_)]);
    assert.ok(changes !== undefined);
    return patched(pages(page), changes).isKnown;
  };
  assert.equal(isKnownAfter({}, [], ['orders']), false);
  assert.equal(isKnownAfter({}, [summary('ledger', 1)]), false);
  assert.equal(isKnownAfter({ nextCursor: 'next' }, [summary('stock', 1)]), true, 'behind them');
  assert.equal(isKnownAfter({ nextCursor: 'next' }, [summary('ledger', 1)]), false, 'within them');
});

test('after history was gone nothing is known', () => {
  assert.equal(changesIn([{ kind: 'snapshot', data: {} }]), undefined);
});
