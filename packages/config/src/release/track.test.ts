/** Who gets a gray release: the same answer everywhere, growing without losing anybody. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConcordError } from '@concord/client';
import { checkedGray, chooseTrack, isOnTrack, type GrayOptions, type Identity } from './track.ts';

const client = (id: string, labels: Record<string, string> = {}): Identity => ({ id, labels });
const clients = Array.from({ length: 20_000 }, (_, index) => client(`pod-${index}`));

test('a percentage is that share of the clients, and a larger one keeps those who were in', () => {
  let before = new Set<string>();
  for (const percent of [0, 0.5, 5, 25, 50, 100]) {
    const inside = clients.filter((one) => isOnTrack({ name: 'canary', percent }, one));
    const share = (100 * inside.length) / clients.length;
    assert.ok(Math.abs(share - percent) < 1, `${percent} % gave ${share} %`);
    const now = new Set(inside.map(({ id }) => id));
    assert.ok([...before].every((id) => now.has(id)));
    before = now;
  }
});

test('another language gets the same answer', () => {
  // printf '%s' 'canary:pod-1' | sha256sum: the first eight digits, modulo 10000, are 8634 for pod-1 and 2903 for pod-2.
  const part = (id: string): number => {
    for (let percent = 0; percent <= 10_000; percent++) {
      if (isOnTrack({ name: 'canary', percent: percent / 100 }, client(id))) return percent - 1;
    }
    return Infinity;
  };
  assert.deepEqual([part('pod-1'), part('pod-2')], [8634, 2903]);
});

test('two tracks of the same percentage do not pick the same clients', () => {
  const on = (name: string): Set<string> =>
    new Set(clients.filter((one) => isOnTrack({ name, percent: 20 }, one)).map(({ id }) => id));
  const two = on('two');
  const shared = [...on('one')].filter((id) => two.has(id)).length / clients.length;
  assert.ok(Math.abs(shared - 0.04) < 0.01, String(shared));
});

test('labels must all match, and a percentage by a label moves all that share it', () => {
  const match = { region: ['eu', 'uk'], tier: 'free' };
  const on = (labels: Record<string, string>, options: Partial<GrayOptions> = {}): boolean =>
    isOnTrack({ name: 'x', match, ...options }, client('a', labels));
  assert.equal(on({ region: 'uk', tier: 'free' }), true);
  assert.equal(on({ region: 'us', tier: 'free' }), false);
  assert.equal(on({ region: 'eu' }), false);
  assert.equal(on({ region: 'eu', tier: 'free' }, { percent: 0 }), false);
  for (const zone of ['a', 'b', 'c', 'd']) {
    const answers = clients
      .slice(0, 50)
      .map(({ id }) => isOnTrack({ name: 'x', percent: 50, by: 'zone' }, client(id, { zone })));
    assert.equal(new Set(answers).size, 1, zone);
  }
  assert.equal(isOnTrack({ name: 'x', percent: 100, by: 'zone' }, client('a')), false);
  // A key that is no label of the client, though every object has it.
  assert.equal(isOnTrack({ name: 'x', match: { constructor: 'x' } }, client('a')), false);
});

test('of several tracks the first that fits is the client’s', () => {
  const gray = [
    { name: 'eu', match: { region: 'eu' }, release: 2, content: '' },
    { name: 'all', percent: 100, release: 3, content: '' },
  ];
  assert.equal(chooseTrack({ gray }, client('a', { region: 'eu' }))?.name, 'eu');
  assert.equal(chooseTrack({ gray }, client('a'))?.name, 'all');
  assert.equal(chooseTrack({}, client('a')), undefined);
});

test('a track that cannot be meant is refused by the option', () => {
  const cases: [unknown, RegExp][] = [
    ['canary', /option "gray" is "canary"/],
    [{ name: 'base', percent: 1 }, /option "gray\.name" is "base".*none of base, plain, none/],
    [{ name: 'a b', percent: 1 }, /option "gray\.name" is "a b"/],
    [{ name: 'a', percent: -1 }, /option "gray\.percent" is -1; give a number from 0 to 100/],
    [{ name: 'a', percent: '5%' }, /option "gray\.percent" is "5%"/],
    [{ name: 'a', percent: NaN }, /gray\.percent/],
    [{ name: 'a', match: {} }, /option "gray\.match" is \{\}/],
    [{ name: 'a', match: { region: 1 } }, /gray\.match/],
    [{ name: 'a', percent: 1, by: '' }, /gray\.by/],
    [{ name: 'a' }, /say who gets it/],
  ];
  for (const [gray, text] of cases) {
    assert.throws(
      () => checkedGray('config.release', gray as GrayOptions),
      (error) => ConcordError.is(error, 'INVALID_ARGUMENT') && text.test(error.message),
      JSON.stringify(gray),
    );
  }
});
