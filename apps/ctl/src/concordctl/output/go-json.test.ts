/** JSON as Go's encoder writes etcd's messages. */
import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import { MemberListResponse, PutResponse, ResponseOp, TxnResponse } from '@concord/protocol';
import { goJson, goJsonString } from './go-json.ts';

test('numbers stay numbers, beyond what JavaScript counts too, and what is empty is left out', () => {
  const answer = MemberListResponse.create({
    header: { clusterId: 2n ** 64n - 1n, memberId: 0n, revision: 0, raftTerm: 2 },
    members: [{ ID: 1n, name: '', peerURLs: ['http://a'], clientURLs: [], isLearner: true }],
  });
  equal(
    goJson(MemberListResponse.name, answer),
    '{"header":{"cluster_id":18446744073709551615,"raft_term":2},' +
      '"members":[{"ID":1,"peerURLs":["http://a"],"isLearner":true}]}',
  );
});

test('a choice is a level of its own, with a capital', () => {
  const response = ResponseOp.create({
    response: { case: 'responsePut', value: PutResponse.create() },
  });
  const answer = TxnResponse.create({ succeeded: true, responses: [response] });
  equal(
    goJson(TxnResponse.name, answer),
    '{"succeeded":true,"responses":[{"Response":{"response_put":{}}}]}',
  );
});

test('strings are safe in HTML', () => {
  equal(goJsonString('<a href="x">&\u2028'), '"\\u003ca href=\\"x\\"\\u003e\\u0026\\u2028"');
});
