/** Generated from proto/concord/peer.proto: edit that, not this. */
import type { MessageType } from '../../message-type.ts';
import { EMPTY_BYTES, Reader, type FieldNames } from '../../reader.ts';
import type { Writer } from '../../writer.ts';

/** The body of one frame: what one member had to say to another in one turn. */
export interface PeerBatch {
  messages: PeerMessage[];
}

const PeerBatchFields: FieldNames = { 1: 'Messages' };

export const PeerBatch: MessageType<PeerBatch> = {
  name: 'concord.peer.v1.PeerBatch',

  create(fields?: Partial<PeerBatch>): PeerBatch {
    return {
      messages: fields?.messages ?? [],
    };
  },

  encode(message: PeerBatch, writer: Writer): void {
    for (const value of message.messages) {
      const start = writer.open(10);
      PeerMessage.encode(value, writer);
      writer.close(start);
    }
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): PeerBatch {
    return PeerBatch.merge(PeerBatch.create(), new Reader(bytes, start, end));
  },

  merge(message: PeerBatch, reader: Reader): PeerBatch {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 10: {
          const outerEnd = reader.enter();
          message.messages.push(PeerMessage.merge(PeerMessage.create(), reader));
          reader.leave(outerEnd);
          break;
        }
        default:
          reader.unexpected(at, tag, 'PeerBatch', PeerBatchFields);
      }
    }
    return message;
  },
};

/** One message of Raft, or of what members add to it. */
export interface PeerMessage {
  /** Of the sender; zero in messages that are none of Raft's. */
  term: number;
  body:
    | { case: 'append'; value: PeerAppend }
    | { case: 'appendReply'; value: PeerAppendReply }
    | { case: 'heartbeat'; value: PeerHeartbeat }
    | { case: 'heartbeatReply'; value: PeerHeartbeatReply }
    | { case: 'preVote'; value: PeerVote }
    | { case: 'preVoteReply'; value: PeerVoteReply }
    | { case: 'vote'; value: PeerVote }
    | { case: 'voteReply'; value: PeerVoteReply }
    | { case: 'snapshot'; value: PeerSnapshot }
    | { case: 'readIndex'; value: PeerReadIndex }
    | { case: 'readIndexReply'; value: PeerReadIndexReply }
    | { case: 'timeoutNow'; value: PeerTimeoutNow }
    | { case: 'propose'; value: PeerPropose }
    | { case: 'call'; value: PeerCall }
    | { case: 'answer'; value: PeerCall }
    | { case: 'stateHash'; value: PeerStateHash }
    /** What the receiver holds up to there is committed. */
    | { case: 'commit'; value: PeerPosition }
    | undefined;
}

const PeerMessageFields: FieldNames = {
  1: 'Term',
  2: 'Append',
  3: 'AppendReply',
  4: 'Heartbeat',
  5: 'HeartbeatReply',
  6: 'PreVote',
  7: 'PreVoteReply',
  8: 'Vote',
  9: 'VoteReply',
  10: 'Snapshot',
  11: 'ReadIndex',
  12: 'ReadIndexReply',
  13: 'TimeoutNow',
  14: 'Propose',
  15: 'Call',
  16: 'Answer',
  17: 'StateHash',
  18: 'Commit',
};

export const PeerMessage: MessageType<PeerMessage> = {
  name: 'concord.peer.v1.PeerMessage',

  create(fields?: Partial<PeerMessage>): PeerMessage {
    return {
      term: fields?.term ?? 0,
      body: fields?.body,
    };
  },

  encode(message: PeerMessage, writer: Writer): void {
    if (message.term !== 0) writer.int64Number(8, message.term);
    switch (message.body?.case) {
      case 'append': {
        const start = writer.open(18);
        PeerAppend.encode(message.body.value, writer);
        writer.close(start);
        break;
      }
      case 'appendReply': {
        const start = writer.open(26);
        PeerAppendReply.encode(message.body.value, writer);
        writer.close(start);
        break;
      }
      case 'heartbeat': {
        const start = writer.open(34);
        PeerHeartbeat.encode(message.body.value, writer);
        writer.close(start);
        break;
      }
      case 'heartbeatReply': {
        const start = writer.open(42);
        PeerHeartbeatReply.encode(message.body.value, writer);
        writer.close(start);
        break;
      }
      case 'preVote': {
        const start = writer.open(50);
        PeerVote.encode(message.body.value, writer);
        writer.close(start);
        break;
      }
      case 'preVoteReply': {
        const start = writer.open(58);
        PeerVoteReply.encode(message.body.value, writer);
        writer.close(start);
        break;
      }
      case 'vote': {
        const start = writer.open(66);
        PeerVote.encode(message.body.value, writer);
        writer.close(start);
        break;
      }
      case 'voteReply': {
        const start = writer.open(74);
        PeerVoteReply.encode(message.body.value, writer);
        writer.close(start);
        break;
      }
      case 'snapshot': {
        const start = writer.open(82);
        PeerSnapshot.encode(message.body.value, writer);
        writer.close(start);
        break;
      }
      case 'readIndex': {
        const start = writer.open(90);
        PeerReadIndex.encode(message.body.value, writer);
        writer.close(start);
        break;
      }
      case 'readIndexReply': {
        const start = writer.open(98);
        PeerReadIndexReply.encode(message.body.value, writer);
        writer.close(start);
        break;
      }
      case 'timeoutNow': {
        const start = writer.open(106);
        PeerTimeoutNow.encode(message.body.value, writer);
        writer.close(start);
        break;
      }
      case 'propose': {
        const start = writer.open(114);
        PeerPropose.encode(message.body.value, writer);
        writer.close(start);
        break;
      }
      case 'call': {
        const start = writer.open(122);
        PeerCall.encode(message.body.value, writer);
        writer.close(start);
        break;
      }
      case 'answer': {
        const start = writer.open(130);
        PeerCall.encode(message.body.value, writer);
        writer.close(start);
        break;
      }
      case 'stateHash': {
        const start = writer.open(138);
        PeerStateHash.encode(message.body.value, writer);
        writer.close(start);
        break;
      }
      case 'commit': {
        const start = writer.open(146);
        PeerPosition.encode(message.body.value, writer);
        writer.close(start);
        break;
      }
      case undefined:
        break;
    }
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): PeerMessage {
    return PeerMessage.merge(PeerMessage.create(), new Reader(bytes, start, end));
  },

  merge(message: PeerMessage, reader: Reader): PeerMessage {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 8:
          message.term = reader.uint64Number();
          break;
        case 18: {
          const outerEnd = reader.enter();
          message.body = { case: 'append', value: PeerAppend.merge(PeerAppend.create(), reader) };
          reader.leave(outerEnd);
          break;
        }
        case 26: {
          const outerEnd = reader.enter();
          message.body = { case: 'appendReply', value: PeerAppendReply.merge(PeerAppendReply.create(), reader) };
          reader.leave(outerEnd);
          break;
        }
        case 34: {
          const outerEnd = reader.enter();
          message.body = { case: 'heartbeat', value: PeerHeartbeat.merge(PeerHeartbeat.create(), reader) };
          reader.leave(outerEnd);
          break;
        }
        case 42: {
          const outerEnd = reader.enter();
          message.body = { case: 'heartbeatReply', value: PeerHeartbeatReply.merge(PeerHeartbeatReply.create(), reader) };
          reader.leave(outerEnd);
          break;
        }
        case 50: {
          const outerEnd = reader.enter();
          message.body = { case: 'preVote', value: PeerVote.merge(PeerVote.create(), reader) };
          reader.leave(outerEnd);
          break;
        }
        case 58: {
          const outerEnd = reader.enter();
          message.body = { case: 'preVoteReply', value: PeerVoteReply.merge(PeerVoteReply.create(), reader) };
          reader.leave(outerEnd);
          break;
        }
        case 66: {
          const outerEnd = reader.enter();
          message.body = { case: 'vote', value: PeerVote.merge(PeerVote.create(), reader) };
          reader.leave(outerEnd);
          break;
        }
        case 74: {
          const outerEnd = reader.enter();
          message.body = { case: 'voteReply', value: PeerVoteReply.merge(PeerVoteReply.create(), reader) };
          reader.leave(outerEnd);
          break;
        }
        case 82: {
          const outerEnd = reader.enter();
          message.body = { case: 'snapshot', value: PeerSnapshot.merge(PeerSnapshot.create(), reader) };
          reader.leave(outerEnd);
          break;
        }
        case 90: {
          const outerEnd = reader.enter();
          message.body = { case: 'readIndex', value: PeerReadIndex.merge(PeerReadIndex.create(), reader) };
          reader.leave(outerEnd);
          break;
        }
        case 98: {
          const outerEnd = reader.enter();
          message.body = { case: 'readIndexReply', value: PeerReadIndexReply.merge(PeerReadIndexReply.create(), reader) };
          reader.leave(outerEnd);
          break;
        }
        case 106: {
          const outerEnd = reader.enter();
          message.body = { case: 'timeoutNow', value: PeerTimeoutNow.merge(PeerTimeoutNow.create(), reader) };
          reader.leave(outerEnd);
          break;
        }
        case 114: {
          const outerEnd = reader.enter();
          message.body = { case: 'propose', value: PeerPropose.merge(PeerPropose.create(), reader) };
          reader.leave(outerEnd);
          break;
        }
        case 122: {
          const outerEnd = reader.enter();
          message.body = { case: 'call', value: PeerCall.merge(PeerCall.create(), reader) };
          reader.leave(outerEnd);
          break;
        }
        case 130: {
          const outerEnd = reader.enter();
          message.body = { case: 'answer', value: PeerCall.merge(PeerCall.create(), reader) };
          reader.leave(outerEnd);
          break;
        }
        case 138: {
          const outerEnd = reader.enter();
          message.body = { case: 'stateHash', value: PeerStateHash.merge(PeerStateHash.create(), reader) };
          reader.leave(outerEnd);
          break;
        }
        case 146: {
          const outerEnd = reader.enter();
          message.body = { case: 'commit', value: PeerPosition.merge(PeerPosition.create(), reader) };
          reader.leave(outerEnd);
          break;
        }
        default:
          reader.unexpected(at, tag, 'PeerMessage', PeerMessageFields);
      }
    }
    return message;
  },
};

/** A position of the log. */
export interface PeerPosition {
  term: number;
  index: number;
}

const PeerPositionFields: FieldNames = { 1: 'Term', 2: 'Index' };

export const PeerPosition: MessageType<PeerPosition> = {
  name: 'concord.peer.v1.PeerPosition',

  create(fields?: Partial<PeerPosition>): PeerPosition {
    return {
      term: fields?.term ?? 0,
      index: fields?.index ?? 0,
    };
  },

  encode(message: PeerPosition, writer: Writer): void {
    if (message.term !== 0) writer.int64Number(8, message.term);
    if (message.index !== 0) writer.int64Number(16, message.index);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): PeerPosition {
    return PeerPosition.merge(PeerPosition.create(), new Reader(bytes, start, end));
  },

  merge(message: PeerPosition, reader: Reader): PeerPosition {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 8:
          message.term = reader.uint64Number();
          break;
        case 16:
          message.index = reader.uint64Number();
          break;
        default:
          reader.unexpected(at, tag, 'PeerPosition', PeerPositionFields);
      }
    }
    return message;
  },
};

/** The entries behind a position, cut where the term changes. */
export interface PeerAppend {
  previous: PeerPosition | undefined;
  commit: number;
  runs: PeerEntryRun[];
}

const PeerAppendFields: FieldNames = { 1: 'Previous', 2: 'Commit', 3: 'Runs' };

export const PeerAppend: MessageType<PeerAppend> = {
  name: 'concord.peer.v1.PeerAppend',

  create(fields?: Partial<PeerAppend>): PeerAppend {
    return {
      previous: fields?.previous,
      commit: fields?.commit ?? 0,
      runs: fields?.runs ?? [],
    };
  },

  encode(message: PeerAppend, writer: Writer): void {
    if (message.previous !== undefined) {
      const start = writer.open(10);
      PeerPosition.encode(message.previous, writer);
      writer.close(start);
    }
    if (message.commit !== 0) writer.int64Number(16, message.commit);
    for (const value of message.runs) {
      const start = writer.open(26);
      PeerEntryRun.encode(value, writer);
      writer.close(start);
    }
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): PeerAppend {
    return PeerAppend.merge(PeerAppend.create(), new Reader(bytes, start, end));
  },

  merge(message: PeerAppend, reader: Reader): PeerAppend {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 10: {
          const outerEnd = reader.enter();
          message.previous = PeerPosition.merge(message.previous ?? PeerPosition.create(), reader);
          reader.leave(outerEnd);
          break;
        }
        case 16:
          message.commit = reader.uint64Number();
          break;
        case 26: {
          const outerEnd = reader.enter();
          message.runs.push(PeerEntryRun.merge(PeerEntryRun.create(), reader));
          reader.leave(outerEnd);
          break;
        }
        default:
          reader.unexpected(at, tag, 'PeerAppend', PeerAppendFields);
      }
    }
    return message;
  },
};

/**
 * Entries of one term that follow each other: an entry costs two or three bytes beside its payload.
 */
export interface PeerEntryRun {
  term: number;
  /** The payloads. */
  data: Uint8Array[];
  /** Which of them are membership changes: places in `data`, from 0. */
  membership: number[];
}

const PeerEntryRunFields: FieldNames = { 1: 'Term', 2: 'Data', 3: 'Membership' };

export const PeerEntryRun: MessageType<PeerEntryRun> = {
  name: 'concord.peer.v1.PeerEntryRun',

  create(fields?: Partial<PeerEntryRun>): PeerEntryRun {
    return {
      term: fields?.term ?? 0,
      data: fields?.data ?? [],
      membership: fields?.membership ?? [],
    };
  },

  encode(message: PeerEntryRun, writer: Writer): void {
    if (message.term !== 0) writer.int64Number(8, message.term);
    for (const value of message.data) {
      writer.bytes(18, value);
    }
    if (message.membership.length !== 0) {
      const start = writer.open(26, message.membership.length * 10);
      for (const value of message.membership) writer.uint32Value(value);
      writer.close(start);
    }
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): PeerEntryRun {
    return PeerEntryRun.merge(PeerEntryRun.create(), new Reader(bytes, start, end));
  },

  merge(message: PeerEntryRun, reader: Reader): PeerEntryRun {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 8:
          message.term = reader.uint64Number();
          break;
        case 18:
          message.data.push(reader.view());
          break;
        case 24:
          message.membership.push(reader.uint32());
          break;
        case 26: {
          const stop = reader.length();
          while (reader.pos < stop) message.membership.push(reader.uint32());
          break;
        }
        default:
          reader.unexpected(at, tag, 'PeerEntryRun', PeerEntryRunFields);
      }
    }
    return message;
  },
};

export interface PeerAppendReply {
  index: number;
  /** Set where the append is refused: where the logs may still agree. */
  hint: PeerPosition | undefined;
}

const PeerAppendReplyFields: FieldNames = { 1: 'Index', 2: 'Hint' };

export const PeerAppendReply: MessageType<PeerAppendReply> = {
  name: 'concord.peer.v1.PeerAppendReply',

  create(fields?: Partial<PeerAppendReply>): PeerAppendReply {
    return {
      index: fields?.index ?? 0,
      hint: fields?.hint,
    };
  },

  encode(message: PeerAppendReply, writer: Writer): void {
    if (message.index !== 0) writer.int64Number(8, message.index);
    if (message.hint !== undefined) {
      const start = writer.open(18);
      PeerPosition.encode(message.hint, writer);
      writer.close(start);
    }
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): PeerAppendReply {
    return PeerAppendReply.merge(PeerAppendReply.create(), new Reader(bytes, start, end));
  },

  merge(message: PeerAppendReply, reader: Reader): PeerAppendReply {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 8:
          message.index = reader.uint64Number();
          break;
        case 18: {
          const outerEnd = reader.enter();
          message.hint = PeerPosition.merge(message.hint ?? PeerPosition.create(), reader);
          reader.leave(outerEnd);
          break;
        }
        default:
          reader.unexpected(at, tag, 'PeerAppendReply', PeerAppendReplyFields);
      }
    }
    return message;
  },
};

export interface PeerHeartbeat {
  commit: number;
  round: number;
}

const PeerHeartbeatFields: FieldNames = { 1: 'Commit', 2: 'Round' };

export const PeerHeartbeat: MessageType<PeerHeartbeat> = {
  name: 'concord.peer.v1.PeerHeartbeat',

  create(fields?: Partial<PeerHeartbeat>): PeerHeartbeat {
    return {
      commit: fields?.commit ?? 0,
      round: fields?.round ?? 0,
    };
  },

  encode(message: PeerHeartbeat, writer: Writer): void {
    if (message.commit !== 0) writer.int64Number(8, message.commit);
    if (message.round !== 0) writer.int64Number(16, message.round);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): PeerHeartbeat {
    return PeerHeartbeat.merge(PeerHeartbeat.create(), new Reader(bytes, start, end));
  },

  merge(message: PeerHeartbeat, reader: Reader): PeerHeartbeat {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 8:
          message.commit = reader.uint64Number();
          break;
        case 16:
          message.round = reader.uint64Number();
          break;
        default:
          reader.unexpected(at, tag, 'PeerHeartbeat', PeerHeartbeatFields);
      }
    }
    return message;
  },
};

export interface PeerHeartbeatReply {
  round: number;
}

const PeerHeartbeatReplyFields: FieldNames = { 1: 'Round' };

export const PeerHeartbeatReply: MessageType<PeerHeartbeatReply> = {
  name: 'concord.peer.v1.PeerHeartbeatReply',

  create(fields?: Partial<PeerHeartbeatReply>): PeerHeartbeatReply {
    return {
      round: fields?.round ?? 0,
    };
  },

  encode(message: PeerHeartbeatReply, writer: Writer): void {
    if (message.round !== 0) writer.int64Number(8, message.round);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): PeerHeartbeatReply {
    return PeerHeartbeatReply.merge(PeerHeartbeatReply.create(), new Reader(bytes, start, end));
  },

  merge(message: PeerHeartbeatReply, reader: Reader): PeerHeartbeatReply {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 8:
          message.round = reader.uint64Number();
          break;
        default:
          reader.unexpected(at, tag, 'PeerHeartbeatReply', PeerHeartbeatReplyFields);
      }
    }
    return message;
  },
};

export interface PeerVote {
  commit: PeerPosition | undefined;
  last: PeerPosition | undefined;
  transfer: boolean;
}

const PeerVoteFields: FieldNames = { 1: 'Commit', 2: 'Last', 3: 'Transfer' };

export const PeerVote: MessageType<PeerVote> = {
  name: 'concord.peer.v1.PeerVote',

  create(fields?: Partial<PeerVote>): PeerVote {
    return {
      commit: fields?.commit,
      last: fields?.last,
      transfer: fields?.transfer ?? false,
    };
  },

  encode(message: PeerVote, writer: Writer): void {
    if (message.commit !== undefined) {
      const start = writer.open(10);
      PeerPosition.encode(message.commit, writer);
      writer.close(start);
    }
    if (message.last !== undefined) {
      const start = writer.open(18);
      PeerPosition.encode(message.last, writer);
      writer.close(start);
    }
    if (message.transfer) writer.bool(24, message.transfer);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): PeerVote {
    return PeerVote.merge(PeerVote.create(), new Reader(bytes, start, end));
  },

  merge(message: PeerVote, reader: Reader): PeerVote {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 10: {
          const outerEnd = reader.enter();
          message.commit = PeerPosition.merge(message.commit ?? PeerPosition.create(), reader);
          reader.leave(outerEnd);
          break;
        }
        case 18: {
          const outerEnd = reader.enter();
          message.last = PeerPosition.merge(message.last ?? PeerPosition.create(), reader);
          reader.leave(outerEnd);
          break;
        }
        case 24:
          message.transfer = reader.bool();
          break;
        default:
          reader.unexpected(at, tag, 'PeerVote', PeerVoteFields);
      }
    }
    return message;
  },
};

export interface PeerVoteReply {
  commit: PeerPosition | undefined;
  granted: boolean;
}

const PeerVoteReplyFields: FieldNames = { 1: 'Commit', 2: 'Granted' };

export const PeerVoteReply: MessageType<PeerVoteReply> = {
  name: 'concord.peer.v1.PeerVoteReply',

  create(fields?: Partial<PeerVoteReply>): PeerVoteReply {
    return {
      commit: fields?.commit,
      granted: fields?.granted ?? false,
    };
  },

  encode(message: PeerVoteReply, writer: Writer): void {
    if (message.commit !== undefined) {
      const start = writer.open(10);
      PeerPosition.encode(message.commit, writer);
      writer.close(start);
    }
    if (message.granted) writer.bool(16, message.granted);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): PeerVoteReply {
    return PeerVoteReply.merge(PeerVoteReply.create(), new Reader(bytes, start, end));
  },

  merge(message: PeerVoteReply, reader: Reader): PeerVoteReply {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 10: {
          const outerEnd = reader.enter();
          message.commit = PeerPosition.merge(message.commit ?? PeerPosition.create(), reader);
          reader.leave(outerEnd);
          break;
        }
        case 16:
          message.granted = reader.bool();
          break;
        default:
          reader.unexpected(at, tag, 'PeerVoteReply', PeerVoteReplyFields);
      }
    }
    return message;
  },
};

/** A snapshot by name; its content is fetched by the receiver. */
export interface PeerSnapshot {
  position: PeerPosition | undefined;
  configuration: PeerConfiguration | undefined;
  name: Uint8Array;
}

const PeerSnapshotFields: FieldNames = { 1: 'Position', 2: 'Configuration', 3: 'Name' };

export const PeerSnapshot: MessageType<PeerSnapshot> = {
  name: 'concord.peer.v1.PeerSnapshot',

  create(fields?: Partial<PeerSnapshot>): PeerSnapshot {
    return {
      position: fields?.position,
      configuration: fields?.configuration,
      name: fields?.name ?? EMPTY_BYTES,
    };
  },

  encode(message: PeerSnapshot, writer: Writer): void {
    if (message.position !== undefined) {
      const start = writer.open(10);
      PeerPosition.encode(message.position, writer);
      writer.close(start);
    }
    if (message.configuration !== undefined) {
      const start = writer.open(18);
      PeerConfiguration.encode(message.configuration, writer);
      writer.close(start);
    }
    if (message.name.length !== 0) writer.bytes(26, message.name);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): PeerSnapshot {
    return PeerSnapshot.merge(PeerSnapshot.create(), new Reader(bytes, start, end));
  },

  merge(message: PeerSnapshot, reader: Reader): PeerSnapshot {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 10: {
          const outerEnd = reader.enter();
          message.position = PeerPosition.merge(message.position ?? PeerPosition.create(), reader);
          reader.leave(outerEnd);
          break;
        }
        case 18: {
          const outerEnd = reader.enter();
          message.configuration = PeerConfiguration.merge(message.configuration ?? PeerConfiguration.create(), reader);
          reader.leave(outerEnd);
          break;
        }
        case 26:
          message.name = reader.view();
          break;
        default:
          reader.unexpected(at, tag, 'PeerSnapshot', PeerSnapshotFields);
      }
    }
    return message;
  },
};

export interface PeerConfiguration {
  voters: bigint[];
  votersOutgoing: bigint[];
  learners: bigint[];
  learnersNext: bigint[];
  autoLeave: boolean;
}

const PeerConfigurationFields: FieldNames = {
  1: 'Voters',
  2: 'VotersOutgoing',
  3: 'Learners',
  4: 'LearnersNext',
  5: 'AutoLeave',
};

export const PeerConfiguration: MessageType<PeerConfiguration> = {
  name: 'concord.peer.v1.PeerConfiguration',

  create(fields?: Partial<PeerConfiguration>): PeerConfiguration {
    return {
      voters: fields?.voters ?? [],
      votersOutgoing: fields?.votersOutgoing ?? [],
      learners: fields?.learners ?? [],
      learnersNext: fields?.learnersNext ?? [],
      autoLeave: fields?.autoLeave ?? false,
    };
  },

  encode(message: PeerConfiguration, writer: Writer): void {
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

  decode(bytes: Uint8Array, start = 0, end = bytes.length): PeerConfiguration {
    return PeerConfiguration.merge(PeerConfiguration.create(), new Reader(bytes, start, end));
  },

  merge(message: PeerConfiguration, reader: Reader): PeerConfiguration {
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
          reader.unexpected(at, tag, 'PeerConfiguration', PeerConfigurationFields);
      }
    }
    return message;
  },
};

export interface PeerReadIndex {
  request: number;
}

const PeerReadIndexFields: FieldNames = { 1: 'Request' };

export const PeerReadIndex: MessageType<PeerReadIndex> = {
  name: 'concord.peer.v1.PeerReadIndex',

  create(fields?: Partial<PeerReadIndex>): PeerReadIndex {
    return {
      request: fields?.request ?? 0,
    };
  },

  encode(message: PeerReadIndex, writer: Writer): void {
    if (message.request !== 0) writer.int64Number(8, message.request);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): PeerReadIndex {
    return PeerReadIndex.merge(PeerReadIndex.create(), new Reader(bytes, start, end));
  },

  merge(message: PeerReadIndex, reader: Reader): PeerReadIndex {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 8:
          message.request = reader.uint64Number();
          break;
        default:
          reader.unexpected(at, tag, 'PeerReadIndex', PeerReadIndexFields);
      }
    }
    return message;
  },
};

export interface PeerReadIndexReply {
  request: number;
  index: number;
}

const PeerReadIndexReplyFields: FieldNames = { 1: 'Request', 2: 'Index' };

export const PeerReadIndexReply: MessageType<PeerReadIndexReply> = {
  name: 'concord.peer.v1.PeerReadIndexReply',

  create(fields?: Partial<PeerReadIndexReply>): PeerReadIndexReply {
    return {
      request: fields?.request ?? 0,
      index: fields?.index ?? 0,
    };
  },

  encode(message: PeerReadIndexReply, writer: Writer): void {
    if (message.request !== 0) writer.int64Number(8, message.request);
    if (message.index !== 0) writer.int64Number(16, message.index);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): PeerReadIndexReply {
    return PeerReadIndexReply.merge(PeerReadIndexReply.create(), new Reader(bytes, start, end));
  },

  merge(message: PeerReadIndexReply, reader: Reader): PeerReadIndexReply {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 8:
          message.request = reader.uint64Number();
          break;
        case 16:
          message.index = reader.uint64Number();
          break;
        default:
          reader.unexpected(at, tag, 'PeerReadIndexReply', PeerReadIndexReplyFields);
      }
    }
    return message;
  },
};

export interface PeerTimeoutNow {
}

const PeerTimeoutNowFields: FieldNames = {};

export const PeerTimeoutNow: MessageType<PeerTimeoutNow> = {
  name: 'concord.peer.v1.PeerTimeoutNow',

  create(): PeerTimeoutNow {
    return {};
  },

  encode(): void {},

  decode(bytes: Uint8Array, start = 0, end = bytes.length): PeerTimeoutNow {
    return PeerTimeoutNow.merge(PeerTimeoutNow.create(), new Reader(bytes, start, end));
  },

  merge(message: PeerTimeoutNow, reader: Reader): PeerTimeoutNow {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      reader.unexpected(at, tag, 'PeerTimeoutNow', PeerTimeoutNowFields);
    }
    return message;
  },
};

export interface PeerPropose {
  membership: boolean;
  payloads: Uint8Array[];
}

const PeerProposeFields: FieldNames = { 1: 'Membership', 2: 'Payloads' };

export const PeerPropose: MessageType<PeerPropose> = {
  name: 'concord.peer.v1.PeerPropose',

  create(fields?: Partial<PeerPropose>): PeerPropose {
    return {
      membership: fields?.membership ?? false,
      payloads: fields?.payloads ?? [],
    };
  },

  encode(message: PeerPropose, writer: Writer): void {
    if (message.membership) writer.bool(8, message.membership);
    for (const value of message.payloads) {
      writer.bytes(18, value);
    }
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): PeerPropose {
    return PeerPropose.merge(PeerPropose.create(), new Reader(bytes, start, end));
  },

  merge(message: PeerPropose, reader: Reader): PeerPropose {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 8:
          message.membership = reader.bool();
          break;
        case 18:
          message.payloads.push(reader.view());
          break;
        default:
          reader.unexpected(at, tag, 'PeerPropose', PeerProposeFields);
      }
    }
    return message;
  },
};

export interface PeerCall {
  number: number;
  body: Uint8Array;
}

const PeerCallFields: FieldNames = { 1: 'Number', 2: 'Body' };

export const PeerCall: MessageType<PeerCall> = {
  name: 'concord.peer.v1.PeerCall',

  create(fields?: Partial<PeerCall>): PeerCall {
    return {
      number: fields?.number ?? 0,
      body: fields?.body ?? EMPTY_BYTES,
    };
  },

  encode(message: PeerCall, writer: Writer): void {
    if (message.number !== 0) writer.int64Number(8, message.number);
    if (message.body.length !== 0) writer.bytes(18, message.body);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): PeerCall {
    return PeerCall.merge(PeerCall.create(), new Reader(bytes, start, end));
  },

  merge(message: PeerCall, reader: Reader): PeerCall {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 8:
          message.number = reader.uint64Number();
          break;
        case 18:
          message.body = reader.view();
          break;
        default:
          reader.unexpected(at, tag, 'PeerCall', PeerCallFields);
      }
    }
    return message;
  },
};

export interface PeerStateHash {
  index: number;
  hash: bigint;
}

const PeerStateHashFields: FieldNames = { 1: 'Index', 2: 'Hash' };

export const PeerStateHash: MessageType<PeerStateHash> = {
  name: 'concord.peer.v1.PeerStateHash',

  create(fields?: Partial<PeerStateHash>): PeerStateHash {
    return {
      index: fields?.index ?? 0,
      hash: fields?.hash ?? 0n,
    };
  },

  encode(message: PeerStateHash, writer: Writer): void {
    if (message.index !== 0) writer.int64Number(8, message.index);
    if (message.hash !== 0n) writer.int64(16, message.hash);
  },

  decode(bytes: Uint8Array, start = 0, end = bytes.length): PeerStateHash {
    return PeerStateHash.merge(PeerStateHash.create(), new Reader(bytes, start, end));
  },

  merge(message: PeerStateHash, reader: Reader): PeerStateHash {
    while (reader.pos < reader.end) {
      const at = reader.pos;
      const tag = reader.tag();
      switch (tag) {
        case 8:
          message.index = reader.uint64Number();
          break;
        case 16:
          message.hash = reader.uint64();
          break;
        default:
          reader.unexpected(at, tag, 'PeerStateHash', PeerStateHashFields);
      }
    }
    return message;
  },
};
