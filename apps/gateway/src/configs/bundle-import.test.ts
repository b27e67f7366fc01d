import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ItemAddress } from '@concord/config/records';
import type { Actor } from '../access/actor.ts';
import { Problem } from '../http/problem.ts';
import { BundleImport } from './bundle-import.ts';
import type { Imported } from './bundle-schemas.ts';
import type { ItemReader } from './item-reader.ts';
import type { ReleaseDesk } from './release-desk.ts';

const operator: Actor = {
  name: 'ann',
  via: 'session',
  isAdministrator: true,
  may: () => true,
  mayWithin: () => true,
};
const bundleOf = (count: number, characters = 1) => ({
  kind: 'concord.config/v1' as const,
  items: Array.from({ length: count }, (_, index) => ({
    path: `item-${index}`,
    format: 'text' as const,
    content: 'x'.repeat(characters),
  })),
});

/** A namespace with nothing in it; the release of the part of that number fails. */
function importingInto(parts: string[][], failing = -1): BundleImport {
  const reader = { get: (address: ItemAddress) => Promise.resolve({ address }) };
  const desk = {
    releaseAll(items: readonly { readonly address: ItemAddress }[]) {
      if (parts.length === failing)
        return Promise.reject(new Problem('conflict', { detail: 'somebody was faster' }));
      parts.push(items.map(({ address }) => address.path));
      const revision = 10 + parts.length;
      return Promise.resolve(items.map(() => ({ release: 1, track: 'base', revision, at: '' })));
    },
  };
  return new BundleImport(reader as unknown as ItemReader, desk as unknown as ReleaseDesk);
}

test('parts are as few as transactions allow, by their number and by their size', async () => {
  const many: string[][] = [];
  const imported = await importingInto(many).run(operator, 'n', bundleOf(70), { dryRun: false });
  assert.deepEqual(
    many.map(({ length }) => length),
    [32, 32, 6],
  );
  assert.deepEqual([imported.transactions, imported.revision], [3, 13]);
  const large: string[][] = [];
  await importingInto(large).run(operator, 'n', bundleOf(5, 300_000), { dryRun: false });
  assert.deepEqual(
    large.map(({ length }) => length),
    [2, 2, 1],
  );
});

test('a dry run releases nothing, and says how many transactions it would take', async () => {
  const parts: string[][] = [];
  const planned = await importingInto(parts).run(operator, 'n', bundleOf(40), { dryRun: true });
  assert.deepEqual([planned.isDone, planned.transactions, parts.length], [false, 2, 0]);
  assert.ok(planned.items.every(({ outcome }) => outcome === 'not-released'));
});

test('where a part fails, the problem says what was released before it', async () => {
  const run = (failing: number) =>
    importingInto([], failing).run(operator, 'n', bundleOf(40), { dryRun: false });
  await assert.rejects(run(1), (error: Problem) => {
    assert.match(error.message, /^32 of 40 .*somebody was faster.*Import the same bundle again/);
    const document = error.document() as unknown as Imported & { outcome: string };
    assert.deepEqual([error.status, document.outcome], [409, 'partly-applied']);
    const released = document.items.filter(({ outcome }) => outcome === 'released');
    assert.equal(released.length, 32);
    return true;
  });
  await assert.rejects(run(0), (error: Problem) => error.message === 'somebody was faster');
});
