/** What clients said, judged against what was meant for them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ItemRecord } from '../release/record.ts';
import { convergenceOf, decodeAcknowledgement, type Acknowledgement } from './convergence.ts';

const record: ItemRecord = {
  release: 4,
  latest: 5,
  content: '',
  format: 'text',
  at: '',
  gray: [{ name: 'eu', match: { region: 'eu' }, release: 5, content: '' }],
};
const said = (
  release: number,
  state: Acknowledgement['state'],
  region = 'us',
): Acknowledgement => ({
  release,
  state,
  track: 'base',
  revision: 1,
  id: 'a',
  at: '',
  app: { name: 'shop', labels: { region } },
});

test('each client is judged by the release of its own track', () => {
  const cases: [Acknowledgement | undefined, string, number][] = [
    [said(4, 'applied'), 'applied', 4],
    [said(4, 'rejected'), 'rejected', 4],
    [said(3, 'applied'), 'pending', 4],
    [said(3, 'rejected'), 'pending', 4],
    [said(5, 'applied', 'eu'), 'applied', 5],
    [said(4, 'applied', 'eu'), 'pending', 5],
    [undefined, 'unknown', 4],
  ];
  for (const [acknowledgement, state, target] of cases) {
    const { clients } = convergenceOf(record, [{ client: 'a', acknowledgement }]);
    assert.deepEqual([clients[0]?.state, clients[0]?.target], [state, target]);
  }
});

test('it has converged when all have applied, the expected ones too', () => {
  const stored = [{ client: 'a', acknowledgement: said(4, 'applied') }];
  assert.equal(convergenceOf(record, stored).isConverged, true);
  const expecting = convergenceOf(record, stored, ['a', 'b']);
  assert.deepEqual(expecting.counts, { applied: 1, rejected: 0, pending: 0, unknown: 1 });
  assert.equal(expecting.isConverged, false);
  assert.equal(convergenceOf(undefined, []).release, 0);
});

test('what cannot be an acknowledgement is told from one', () => {
  assert.deepEqual(decodeAcknowledgement(JSON.stringify(said(1, 'applied'))), said(1, 'applied'));
  for (const text of [
    '',
    'null',
    '7',
    '{}',
    '{"release":"1"}',
    JSON.stringify({ ...said(1, 'applied'), state: 'fine' }),
    JSON.stringify({ ...said(1, 'applied'), app: { labels: 'eu' } }),
  ]) {
    assert.equal(decodeAcknowledgement(text), undefined, text);
  }
});
