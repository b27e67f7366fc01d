/** Goal: a serializable read is never older than what was answered before. Method: members that answer of given revisions. */
import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { encode, KV, RangeResponse, ResponseHeader, TxnResponse } from '@concord/protocol';
import { NOBODY } from '../asker.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { Answered } from '../forwarder.ts';
import { ReadOrder } from './read-order.ts';

const headerOf = (revision: number): ResponseHeader =>
  ResponseHeader.create({ clusterId: 1n, memberId: 2n, revision, raftTerm: 1 });
const request = {
  method: KV.methods.range,
  bytes: new Uint8Array(),
  asker: NOBODY,
  isRead: true,
};

/** Answers of these revisions, one after the other. */
function readIn(order: ReadOrder, revisions: number[], isSerializable: boolean): string {
  const forwarder = {
    cluster: { urls: ['a', 'b'] } as unknown as Cluster,
    ask: (_request: unknown, answered: Answered) => {
      const header = headerOf(revisions.shift() ?? 0);
      answered(undefined, encode(RangeResponse, RangeResponse.create({ header })));
      return () => undefined;
    },
  };
  let told = '';
  order.asking(forwarder, isSerializable)(request, (failure, response) => {
    told = failure?.message ?? `revision ${RangeResponse.decode(response).header?.revision}`;
  });
  for (let i = 0; i < 10; i++) mock.timers.tick(100);
  return told;
}

test('a member that is behind is passed over, after a read as after a transaction', () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  const order = new ReadOrder();
  assert.equal(readIn(order, [5], false), 'revision 5');
  assert.equal(readIn(order, [4, 4, 5], true), 'revision 5');
  order.observe(encode(TxnResponse, TxnResponse.create({ header: headerOf(9) })));
  assert.equal(readIn(order, [5, 8, 10], true), 'revision 10');
  assert.match(
    readIn(order, [9, 9, 9, 9, 9, 9], true),
    /no cluster members have a revision higher/,
  );
  mock.timers.reset();
});
