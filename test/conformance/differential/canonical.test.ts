/**
 * What the comparison lets pass and what it doesn't: a canonical form that forgives too much would make the
 * whole run blind.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KeyValue, RangeRequest, RangeResponse } from '../harness/messages.ts';
import { canonicalOutcome } from './canonical.ts';
import type { CallStep } from './step.ts';

const header = { cluster_id: '17', member_id: '4', revision: '9', raft_term: '2' };

const pair = (key: string, version: string, value = ''): KeyValue => ({
  key: Buffer.from(key),
  create_revision: '2',
  mod_revision: '3',
  version,
  value: Buffer.from(value),
  lease: '0',
});

function same(
  request: RangeRequest,
  a: Partial<RangeResponse>,
  b: Partial<RangeResponse>,
): boolean {
  const forms = [a, b].map((part) => {
    const response: RangeResponse = { header, kvs: [], more: false, count: '0', ...part };
    return JSON.stringify(
      canonicalOutcome({ kind: 'call', method: 'Range', request }, { response }, []),
    );
  });
  return forms[0] === forms[1];
}

const byVersion = { sort_target: 1, sort_order: 1 };
const [a1, b1, c2] = [pair('a', '1'), pair('b', '1'), pair('c', '2')];

test('ids and terms may differ, revisions may not', () => {
  const other = { ...header, cluster_id: '5', member_id: '6', raft_term: '7' };
  assert.ok(same({}, {}, { header: other }));
  assert.ok(!same({}, {}, { header: { ...header, revision: '10' } }));
  assert.ok(!same({}, {}, { header: { ...header, member_id: '0' } }));
  assert.ok(!same({}, {}, { header: null }));
});

test('pairs that tie come in any order, others do not', () => {
  assert.ok(same(byVersion, { kvs: [a1, b1, c2] }, { kvs: [b1, a1, c2] }));
  assert.ok(!same(byVersion, { kvs: [a1, b1, c2] }, { kvs: [c2, a1, b1] }));
  assert.ok(!same(byVersion, { kvs: [a1, c2] }, { kvs: [b1, c2] }));
  assert.ok(!same({}, { kvs: [a1, b1] }, { kvs: [b1, a1] }));
});

test('of pairs that tie at the cut only the number counts', () => {
  assert.ok(same(byVersion, { kvs: [a1], more: true }, { kvs: [b1], more: true }));
  assert.ok(!same(byVersion, { kvs: [a1], more: true }, { kvs: [c2], more: true }));
  assert.ok(!same(byVersion, { kvs: [a1] }, { kvs: [b1] }));
  assert.ok(!same({}, { kvs: [a1], more: true }, { kvs: [b1], more: true }));
});

test('errors are compared by code and text', () => {
  const step: CallStep = { kind: 'call', method: 'Put', request: {} };
  const form = (code: number, message: string): string =>
    JSON.stringify(canonicalOutcome(step, { code, message }, []));
  assert.equal(form(3, 'x'), form(3, 'x'));
  assert.notEqual(form(3, 'x'), form(3, 'y'));
  assert.notEqual(form(3, 'x'), form(5, 'x'));
});

test('a lease that the server chose goes by the order of the grants', () => {
  const step: CallStep = { kind: 'call', method: 'LeaseGrant', request: { TTL: 60 } };
  const form = (ID: string, granted: readonly string[]): string =>
    JSON.stringify(canonicalOutcome(step, { response: { header, ID, TTL: '60' } }, granted));
  assert.equal(form('123', ['7', '123']), form('99', ['8', '99']));
  assert.notEqual(form('123', ['7', '123']), form('8', ['8', '99']));
});

test('a running TTL may have lost a while, not a grant', () => {
  const step: CallStep = { kind: 'call', method: 'LeaseTimeToLive', request: { ID: 1 } };
  const form = (TTL: string, grantedTTL: string): string =>
    JSON.stringify(
      canonicalOutcome(step, { response: { header, ID: '1', TTL, grantedTTL, keys: [] } }, []),
    );
  assert.equal(form('3599', '3600'), form('3600', '3600'));
  assert.notEqual(form('-1', '0'), form('3600', '3600'));
  assert.notEqual(form('3601', '3600'), form('3600', '3600'));
  assert.notEqual(form('3600', '3601'), form('3600', '3600'));
});
