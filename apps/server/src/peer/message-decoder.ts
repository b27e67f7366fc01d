/**
 * What members say to each other, out of protobuf: the counterpart of `message-encoder.ts`. A message of a kind that
 * this version does not know counts as lost; anything else that does not make sense is refused.
 */
import type { MemberMessage } from '@concord/kv';
import {
  PeerBatch,
  type PeerConfiguration,
  type PeerMessage,
  type PeerPosition,
  type PeerSnapshot,
} from '@concord/protocol';
import { assertNever, assertValid, type Configuration, type LogPosition } from '@concord/raft';
import { entriesOf } from './entry-run.ts';

/** A batch that no peer of this protocol would send. */
export class MalformedBatchError extends Error {
  override readonly name = 'MalformedBatchError';
}

interface Envelope {
  readonly from: bigint;
  readonly to: bigint;
  readonly term: number;
}

/**
 * Reads a batch that `from` sent to `to`. Payloads are views into `bytes`.
 *
 * @throws MalformedBatchError, ProtocolDecodeError
 */
export function decodeBatch(bytes: Uint8Array, from: bigint, to: bigint): MemberMessage[] {
  const messages: MemberMessage[] = [];
  for (const message of PeerBatch.decode(bytes).messages) {
    if (message.body === undefined) continue;
    messages.push(memberMessage(message.body, { from, to, term: checked(message.term) }));
  }
  return messages;
}

type Body = NonNullable<PeerMessage['body']>;

function memberMessage(body: Body, envelope: Envelope): MemberMessage {
  switch (body.case) {
    case 'append': {
      const previous = position(body.value.previous);
      const entries = entriesOf(previous, body.value.runs);
      checked(previous.index + entries.length);
      for (const run of body.value.runs) checked(run.term);
      return { kind: 'append', ...envelope, previous, entries, commit: checked(body.value.commit) };
    }
    case 'appendReply': {
      const index = checked(body.value.index);
      const { hint } = body.value;
      if (hint === undefined) return { kind: 'append-reply', ...envelope, accepted: true, index };
      return { kind: 'append-reply', ...envelope, accepted: false, index, hint: position(hint) };
    }
    case 'commit':
      return { kind: 'commit', ...envelope, commit: position(body.value) };
    case 'heartbeat': {
      const { commit, round } = body.value;
      return { kind: 'heartbeat', ...envelope, commit: checked(commit), round: checked(round) };
    }
    case 'heartbeatReply':
      return { kind: 'heartbeat-reply', ...envelope, round: checked(body.value.round) };
    case 'preVote':
    case 'vote':
    case 'preVoteReply':
    case 'voteReply':
      return electionMessage(body, envelope);
    default:
      return rareMessage(body, envelope);
  }
}

type ElectionBody = Extract<Body, { case: 'preVote' | 'vote' | 'preVoteReply' | 'voteReply' }>;

function electionMessage(body: ElectionBody, envelope: Envelope): MemberMessage {
  const commit = position(body.value.commit);
  switch (body.case) {
    case 'preVote':
      return { kind: 'pre-vote', ...envelope, commit, last: position(body.value.last) };
    case 'vote': {
      const { last, transfer } = body.value;
      return { kind: 'vote', ...envelope, commit, last: position(last), transfer };
    }
    case 'preVoteReply':
      return { kind: 'pre-vote-reply', ...envelope, commit, granted: body.value.granted };
    case 'voteReply':
      return { kind: 'vote-reply', ...envelope, commit, granted: body.value.granted };
    default:
      return assertNever(body, 'every kind of message is known');
  }
}

type RareBody = Extract<
  Body,
  {
    case:
      | 'snapshot'
      | 'readIndex'
      | 'readIndexReply'
      | 'timeoutNow'
      | 'propose'
      | 'call'
      | 'answer'
      | 'stateHash';
  }
>;

function rareMessage(body: RareBody, envelope: Envelope): MemberMessage {
  const { from, to } = envelope;
  switch (body.case) {
    case 'snapshot':
      return { kind: 'snapshot', ...envelope, snapshot: snapshot(body.value) };
    case 'readIndex':
      return { kind: 'read-index', ...envelope, request: checked(body.value.request) };
    case 'readIndexReply': {
      const { request, index } = body.value;
      return {
        kind: 'read-index-reply',
        ...envelope,
        request: checked(request),
        index: checked(index),
      };
    }
    case 'timeoutNow':
      return { kind: 'timeout-now', ...envelope };
    case 'propose': {
      const { membership, payloads } = body.value;
      return {
        kind: 'propose',
        ...envelope,
        entryKind: membership ? 'membership' : 'normal',
        payloads,
      };
    }
    case 'call':
    case 'answer':
      return {
        kind: body.case,
        from,
        to,
        number: checked(body.value.number),
        body: body.value.body,
      };
    case 'stateHash': {
      const { index, hash } = body.value;
      return { kind: 'state-hash', from, to, index: checked(index), hash };
    }
    default:
      return assertNever(body, 'every kind of message is known');
  }
}

function snapshot({ position: at, configuration, name }: PeerSnapshot) {
  if (configuration === undefined) throw new MalformedBatchError('a snapshot has a configuration');
  return { ...position(at), configuration: validConfiguration(configuration), data: name };
}

function validConfiguration(configuration: PeerConfiguration): Configuration {
  try {
    assertValid(configuration);
  } catch (error) {
    // Here the assertion judges what came over the wire: no invariant of this member is broken.
    throw new MalformedBatchError('a configuration keeps its invariants', { cause: error });
  }
  return configuration;
}

function position(given: PeerPosition | undefined): LogPosition {
  if (given === undefined) throw new MalformedBatchError('a position is there where one belongs');
  return { term: checked(given.term), index: checked(given.index) };
}

/** The reader stops at 2^53 - 1, so that this very number stands for everything that is too large. */
function checked(number: number): number {
  if (number >= Number.MAX_SAFE_INTEGER) {
    throw new MalformedBatchError('terms, indexes and counters are below 2^53 - 1');
  }
  return number;
}
