/** What acts make of items: numbers only grow, histories only get longer, gray tracks come and go. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConcordError } from '@concord/client';
import {
  abandonGray,
  checkBase,
  deleteItem,
  GRAY_TRACKS_MAX,
  promoteGray,
  releaseBase,
  releaseGray,
  widenGray,
  type Act,
  type NewContent,
  type Standing,
  type Step,
} from './next-record.ts';
import { decodeHistoryEntry, decodeRecord, encode } from './record.ts';

const act: Act = { operation: 'test', subject: 'x', by: 'ann', at: '2026-01-01T00:00:00.000Z' };
const text = (content: string): NewContent => ({ content, format: 'text', secret: false });
const nothing: Standing = { record: undefined, latest: 0 };
/** Where the item stands after a step, as a reader of the cluster finds it. */
const after = ({ record, entry }: Step, latest = 0): Standing => {
  const read = record && decodeRecord(encode(record));
  assert.deepEqual(read, record);
  if (entry !== undefined) assert.deepEqual(decodeHistoryEntry(encode(entry)), entry);
  return { record: read, latest: Math.max(latest, entry?.release ?? 0, record?.latest ?? 0) };
};

test('each release has the next number, whatever happened in between', () => {
  let standing = after(releaseBase(nothing, text('1'), act));
  standing = after(releaseGray(standing, text('2'), { name: 'g', percent: 5 }, act));
  standing = after(abandonGray(standing, 'g', act), standing.latest);
  assert.equal(standing.record?.release, 1);
  assert.equal(standing.record.gray, undefined);
  const deleted = deleteItem(standing, act);
  assert.deepEqual(deleted.entry, { release: 3, format: 'text', by: 'ann', at: act.at });
  standing = after(deleted);
  assert.equal(standing.record, undefined);
  assert.equal(releaseBase(standing, text('4'), act).record?.release, 4);
});

test('a promotion is a new release of the track’s content, and leaves other tracks alone', () => {
  let standing = after(releaseBase(nothing, text('old'), act));
  standing = after(releaseGray(standing, text('new'), { name: 'g', percent: 5 }, act));
  standing = after(releaseGray(standing, text('other'), { name: 'h', percent: 5 }, act));
  standing = after(widenGray(standing, { name: 'g', percent: 50 }, act), standing.latest);
  assert.deepEqual(
    standing.record?.gray?.map(({ name, percent, release }) => [name, percent, release]),
    [
      ['g', 50, 2],
      ['h', 5, 3],
    ],
  );
  const { record, entry } = promoteGray(standing, 'g', act);
  assert.deepEqual([record?.release, record?.content], [4, 'new']);
  assert.deepEqual([entry?.from, entry?.track], [2, undefined]);
  assert.deepEqual(
    record?.gray?.map(({ name }) => name),
    ['h'],
  );
});

test('what an item’s standing does not allow is refused, with how it stands', () => {
  const standing = after(releaseBase(nothing, text('1'), act));
  const gray = { name: 'g', percent: 5 };
  let full = standing;
  for (let i = 0; i < GRAY_TRACKS_MAX; i++) {
    full = after(releaseGray(full, text('x'), { name: `g${i}`, percent: 1 }, act));
  }
  const json: NewContent = { content: '1', format: 'json', secret: false };
  const cases: [() => unknown, ConcordError['code'], RegExp][] = [
    [() => releaseGray(nothing, text('1'), gray, act), 'NOT_FOUND', /x has no release/],
    [() => deleteItem(nothing, act), 'NOT_FOUND', /x has no release/],
    [() => promoteGray(standing, 'g', act), 'NOT_FOUND', /no gray track "g"; it has none at all/],
    [() => abandonGray(full, 'g', act), 'NOT_FOUND', /its tracks are "g0", "g1"/],
    [() => releaseGray(full, text('x'), gray, act), 'QUOTA', /8 gray tracks/],
    [
      () => releaseGray(standing, json, gray, act),
      'INVALID_ARGUMENT',
      /x is text, and the content given is json/,
    ],
    [
      () => releaseBase(full, json, act),
      'INVALID_ARGUMENT',
      /promote or abandon its gray tracks first/,
    ],
    [() => checkBase(standing, 0, act), 'CONFLICT', /stands at release 1.*from no release/],
    [() => checkBase(nothing, 3, act), 'CONFLICT', /stands at no release.*from release 3/],
  ];
  for (const [attempt, code, message] of cases) {
    assert.throws(attempt, (error) => ConcordError.is(error, code) && message.test(error.message));
  }
});

test('what cannot be a record or an entry is told from one', () => {
  const good = { release: 1, content: 'x', format: 'text', at: act.at };
  assert.deepEqual(decodeRecord(JSON.stringify(good)), { ...good, latest: 1 });
  const bad = [
    'x',
    'null',
    '[]',
    ...[
      { release: 0 },
      { release: '1' },
      { content: 7 },
      { content: { sealed: 'ROT13' } },
      { format: 'xml' },
      { gray: {} },
      { gray: [{ name: 'g' }] },
      { gray: [null] },
      { at: undefined },
    ].map((change) => JSON.stringify({ ...good, ...change })),
  ];
  for (const one of bad) assert.equal(decodeRecord(one), undefined, one);
  for (const one of bad.slice(0, 5)) assert.equal(decodeHistoryEntry(one), undefined, one);
});
