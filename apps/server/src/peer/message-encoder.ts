/** What members say to each other, into protobuf: the counterpart of `message-decoder.ts`. */
import type { MemberMessage } from '@concord/kv';
import {
  PeerBatch,
  type PeerConfiguration,
  type PeerMessage,
  type Writer,
} from '@concord/protocol';
import { assertNever, type Configuration } from '@concord/raft';
import { runsOf } from './entry-run.ts';

/** Appends a batch to `writer`. Sender and receiver are left out: the connection knows them. */
export function encodeBatch(messages: readonly MemberMessage[], writer: Writer): void {
  PeerBatch.encode({ messages: messages.map(peerMessage) }, writer);
}

function peerMessage(message: MemberMessage): PeerMessage {
  return { term: 'term' in message ? message.term : 0, body: bodyOf(message) };
}

function bodyOf(message: MemberMessage): PeerMessage['body'] {
  switch (message.kind) {
    case 'append': {
      const { previous, commit, entries } = message;
      return { case: 'append', value: { previous, commit, runs: runsOf(previous, entries) } };
    }
    case 'append-reply': {
      const hint = message.accepted ? undefined : message.hint;
      return { case: 'appendReply', value: { index: message.index, hint } };
    }
    case 'commit':
      return { case: 'commit', value: message.commit };
    case 'heartbeat':
      return { case: 'heartbeat', value: message };
    case 'heartbeat-reply':
      return { case: 'heartbeatReply', value: message };
    case 'pre-vote':
      return { case: 'preVote', value: { ...ballot(message), transfer: false } };
    case 'vote':
      return { case: 'vote', value: { ...ballot(message), transfer: message.transfer } };
    case 'pre-vote-reply':
      return { case: 'preVoteReply', value: message };
    case 'vote-reply':
      return { case: 'voteReply', value: message };
    default:
      return rareBodyOf(message);
  }
}

type RareMessage = Extract<
  MemberMessage,
  {
    kind:
      | 'snapshot'
      | 'read-index'
      | 'read-index-reply'
      | 'timeout-now'
      | 'propose'
      | 'call'
      | 'answer'
      | 'state-hash';
  }
>;

function rareBodyOf(message: RareMessage): PeerMessage['body'] {
  switch (message.kind) {
    case 'snapshot': {
      const { term, index, configuration, data } = message.snapshot;
      const value = {
        position: { term, index },
        configuration: peerConfiguration(configuration),
        name: data,
      };
      return { case: 'snapshot', value };
    }
    case 'read-index':
      return { case: 'readIndex', value: message };
    case 'read-index-reply':
      return { case: 'readIndexReply', value: message };
    case 'timeout-now':
      return { case: 'timeoutNow', value: {} };
    case 'propose': {
      const membership = message.entryKind === 'membership';
      return { case: 'propose', value: { membership, payloads: [...message.payloads] } };
    }
    case 'call':
      return { case: 'call', value: message };
    case 'answer':
      return { case: 'answer', value: message };
    case 'state-hash':
      return { case: 'stateHash', value: message };
    default:
      return assertNever(message, 'every kind of message is known');
  }
}

const ballot = ({ commit, last }: Extract<MemberMessage, { kind: 'vote' | 'pre-vote' }>) => ({
  commit,
  last,
});

function peerConfiguration(configuration: Configuration): PeerConfiguration {
  return {
    voters: [...configuration.voters],
    votersOutgoing: [...configuration.votersOutgoing],
    learners: [...configuration.learners],
    learnersNext: [...configuration.learnersNext],
    autoLeave: configuration.autoLeave,
  };
}
