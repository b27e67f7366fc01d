/** Generated from proto/concord/cluster.proto: edit that, not this. */
import type { MessageType } from '../../message-type.ts';
import { Reader, type FieldNames } from '../../reader.ts';
import type { Writer } from '../../writer.ts';

export const MembershipRequest_Action = {
  ADD: 0,
  ADD_LEARNER: 1,
  PROMOTE: 2,
  UPDATE: 3,
  REMOVE: 4,
} as const;

/**
 * Who belongs to the cluster, in what capacity, as of one log index: a row of the state machine.
 * See packages/raft/src/membership/configuration.ts for what the lists mean.
 */
export interface Configuration {
  voters: bigint[];
  votersOutgoing: bigint[];
  learners: bigint[];
  learnersNext: bigint[];
  autoLeave: boolean;
}

const ConfigurationFields: FieldNames = {
  1: 'Voters',
  2: 'VotersOutgoing',
  3: 'Learners',
  4: 'LearnersNext',
  5: 'AutoLeave',
};

export const Configuration: MessageType<Configuration> = {
  name: 'concord.cluster.v1.Configuration',

  create(fields?: Partial<Configuration>): Configuration {
    return {
      voters: fields?.voters ?? [],
      votersOutgoing: fields?.votersOutgoing ?? [],
      learners: fields?.learners ?? [],
      learnersNext: fields?.learnersNext ?? [],
      autoLeave: fields?.autoLeave ?? false,
    };
  },

  encode(message: Configuration, writer: Writer): void {
    if (message.voters.length !== 0) {
      const start = writer.open(10, message.voters.length * 10);
      for (const value of message.voters) writer.int64Value(value);
      writer.close(start);
    }
    if (message.votersOutgoing.length !== 0) {
      const start = writer.open(18, message.votersOutgoing.length * 10);
      for (const value of message.votersOutgoing) writer.int64Value(value);
      writer.close(start);
    }
    if (message.learners.length !== 0) {
      const start = writer.open(26, message.learners.length * 10);
      for (const value of message.learners) writer.int64Value(value);
      writer.close(start);
    }
    if (message.learnersNext.length !== 0) {
      const start = writer.open(34, message.learnersNext.length * 10);
      for (const value of message.learnersNext) writer.int64Value(value);
      writer.close(start);
    }
    if (message.autoLeave) writer.bool(40, message.autoLeave);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): Configuration {
    return Configuration.merge(Configuration.create(), new Reader(bytes, start, end));
  },

  merge(message: Configuration, reader: Reader): Configuration {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 8:
          message.voters.push(reader.uint64());
          break;
        case 10: {
          const stop = reader.length();
          while (reader.pos < stop) message.voters.push(reader.uint64());
          break;
        }
        case 16:
          message.votersOutgoing.push(reader.uint64());
          break;
        case 18: {
          const stop = reader.length();
          while (reader.pos < stop) message.votersOutgoing.push(reader.uint64());
          break;
        }
        case 24:
          message.learners.push(reader.uint64());
          break;
        case 26: {
          const stop = reader.length();
          while (reader.pos < stop) message.learners.push(reader.uint64());
          break;
        }
        case 32:
          message.learnersNext.push(reader.uint64());
          break;
        case 34: {
          const stop = reader.length();
          while (reader.pos < stop) message.learnersNext.push(reader.uint64());
          break;
        }
        case 40:
          message.autoLeave = reader.bool();
          break;
        default:
          reader.unexpected(at, tag, 'Configuration', ConfigurationFields);
      }
    }
    return message;
  },
};

/**
 * A wish to change the membership: what an operator asks for, and the context of the log entry that
 * does it.
 */
export interface MembershipRequest {
  /** One of `MembershipRequest_Action`, or a value unknown to it. */
  action: number;
  ID: bigint;
  /** Of the member to be; for UPDATE the new ones. */
  peerURLs: string[];
}

const MembershipRequestFields: FieldNames = { 1: 'Action', 2: 'ID', 3: 'PeerURLs' };

export const MembershipRequest: MessageType<MembershipRequest> = {
  name: 'concord.cluster.v1.MembershipRequest',

  create(fields?: Partial<MembershipRequest>): MembershipRequest {
    return {
      action: fields?.action ?? 0,
      ID: fields?.ID ?? 0n,
      peerURLs: fields?.peerURLs ?? [],
    };
  },

  encode(message: MembershipRequest, writer: Writer): void {
    if (message.action !== 0) writer.int32(8, message.action);
    if (message.ID !== 0n) writer.int64(16, message.ID);
    for (const value of message.peerURLs) {
      writer.string(26, value);
    }
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): MembershipRequest {
    return MembershipRequest.merge(MembershipRequest.create(), new Reader(bytes, start, end));
  },

  merge(message: MembershipRequest, reader: Reader): MembershipRequest {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 8:
          message.action = reader.int32();
          break;
        case 16:
          message.ID = reader.uint64();
          break;
        case 26:
          message.peerURLs.push(reader.string());
          break;
        default:
          reader.unexpected(at, tag, 'MembershipRequest', MembershipRequestFields);
      }
    }
    return message;
  },
};

export interface RenewLease {
  ID: bigint;
}

const RenewLeaseFields: FieldNames = { 1: 'ID' };

export const RenewLease: MessageType<RenewLease> = {
  name: 'concord.cluster.v1.RenewLease',

  create(fields?: Partial<RenewLease>): RenewLease {
    return {
      ID: fields?.ID ?? 0n,
    };
  },

  encode(message: RenewLease, writer: Writer): void {
    if (message.ID !== 0n) writer.int64(8, message.ID);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): RenewLease {
    return RenewLease.merge(RenewLease.create(), new Reader(bytes, start, end));
  },

  merge(message: RenewLease, reader: Reader): RenewLease {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 8:
          message.ID = reader.int64();
          break;
        default:
          reader.unexpected(at, tag, 'RenewLease', RenewLeaseFields);
      }
    }
    return message;
  },
};

export interface AskTimeToLive {
  ID: bigint;
}

const AskTimeToLiveFields: FieldNames = { 1: 'ID' };

export const AskTimeToLive: MessageType<AskTimeToLive> = {
  name: 'concord.cluster.v1.AskTimeToLive',

  create(fields?: Partial<AskTimeToLive>): AskTimeToLive {
    return {
      ID: fields?.ID ?? 0n,
    };
  },

  encode(message: AskTimeToLive, writer: Writer): void {
    if (message.ID !== 0n) writer.int64(8, message.ID);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): AskTimeToLive {
    return AskTimeToLive.merge(AskTimeToLive.create(), new Reader(bytes, start, end));
  },

  merge(message: AskTimeToLive, reader: Reader): AskTimeToLive {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 8:
          message.ID = reader.int64();
          break;
        default:
          reader.unexpected(at, tag, 'AskTimeToLive', AskTimeToLiveFields);
      }
    }
    return message;
  },
};

/**
 * What only the leader can answer: its clock counts the leases down, and it alone appends to the
 * log.
 */
export interface LeaderCall {
  question:
    | { case: 'renewLease'; value: RenewLease }
    | { case: 'timeToLive'; value: AskTimeToLive }
    | { case: 'membership'; value: MembershipRequest }
    | undefined;
}

const LeaderCallFields: FieldNames = { 1: 'RenewLease', 2: 'TimeToLive', 3: 'Membership' };

export const LeaderCall: MessageType<LeaderCall> = {
  name: 'concord.cluster.v1.LeaderCall',

  create(fields?: Partial<LeaderCall>): LeaderCall {
    return {
      question: fields?.question,
    };
  },

  encode(message: LeaderCall, writer: Writer): void {
    switch (message.question?.case) {
      case 'renewLease': {
        const start = writer.open(10);
        RenewLease.encode(message.question.value, writer);
        writer.close(start);
        break;
      }
      case 'timeToLive': {
        const start = writer.open(18);
        AskTimeToLive.encode(message.question.value, writer);
        writer.close(start);
        break;
      }
      case 'membership': {
        const start = writer.open(26);
        MembershipRequest.encode(message.question.value, writer);
        writer.close(start);
        break;
      }
      case undefined:
        break;
    }
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): LeaderCall {
    return LeaderCall.merge(LeaderCall.create(), new Reader(bytes, start, end));
  },

  merge(message: LeaderCall, reader: Reader): LeaderCall {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 10: {
          const outerEnd = reader.enter();
          message.question = { case: 'renewLease', value: RenewLease.merge(RenewLease.create(), reader) };
          reader.leave(outerEnd);
          break;
        }
        case 18: {
          const outerEnd = reader.enter();
          message.question = { case: 'timeToLive', value: AskTimeToLive.merge(AskTimeToLive.create(), reader) };
          reader.leave(outerEnd);
          break;
        }
        case 26: {
          const outerEnd = reader.enter();
          message.question = { case: 'membership', value: MembershipRequest.merge(MembershipRequest.create(), reader) };
          reader.leave(outerEnd);
          break;
        }
        default:
          reader.unexpected(at, tag, 'LeaderCall', LeaderCallFields);
      }
    }
    return message;
  },
};

export interface LeaderAnswer {
  /** A gRPC status code with etcd's text; 0 for success. */
  code: number;
  message: string;
  /** Of a renewed lease 0 where it does not exist; of a time to live -1. */
  ttlSeconds: number;
  remainingSeconds: number;
  /** The log index at which a change of membership took effect. */
  index: number;
}

const LeaderAnswerFields: FieldNames = {
  1: 'Code',
  2: 'Message',
  3: 'TtlSeconds',
  4: 'RemainingSeconds',
  5: 'Index',
};

export const LeaderAnswer: MessageType<LeaderAnswer> = {
  name: 'concord.cluster.v1.LeaderAnswer',

  create(fields?: Partial<LeaderAnswer>): LeaderAnswer {
    return {
      code: fields?.code ?? 0,
      message: fields?.message ?? '',
      ttlSeconds: fields?.ttlSeconds ?? 0,
      remainingSeconds: fields?.remainingSeconds ?? 0,
      index: fields?.index ?? 0,
    };
  },

  encode(message: LeaderAnswer, writer: Writer): void {
    if (message.code !== 0) writer.uint32(8, message.code);
    if (message.message !== '') writer.string(18, message.message);
    if (message.ttlSeconds !== 0) writer.int64Number(24, message.ttlSeconds);
    if (message.remainingSeconds !== 0) writer.int64Number(32, message.remainingSeconds);
    if (message.index !== 0) writer.int64Number(40, message.index);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): LeaderAnswer {
    return LeaderAnswer.merge(LeaderAnswer.create(), new Reader(bytes, start, end));
  },

  merge(message: LeaderAnswer, reader: Reader): LeaderAnswer {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 8:
          message.code = reader.uint32();
          break;
        case 18:
          message.message = reader.string();
          break;
        case 24:
          message.ttlSeconds = reader.int64Number();
          break;
        case 32:
          message.remainingSeconds = reader.int64Number();
          break;
        case 40:
          message.index = reader.uint64Number();
          break;
        default:
          reader.unexpected(at, tag, 'LeaderAnswer', LeaderAnswerFields);
      }
    }
    return message;
  },
};
