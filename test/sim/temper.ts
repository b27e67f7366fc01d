/**
 * The temper of one world, drawn from its seed: sizes, speeds and frequencies, each on its own. A bug that needs a
 * small segment, a slow disk and short leases at once is found by the worlds that have all three; no single setting
 * would be right.
 */
import type { RaftConfig } from '@concord/raft';
import type { Random } from '@concord/testing';

/** Kinds of calls that clients make. */
export const callKinds = [
  'put',
  'delete-range',
  'txn',
  'range',
  'past-range',
  'compact',
  'lease-grant',
  'lease-keep-alive',
  'lease-revoke',
  'lease-time-to-live',
  'lease-list',
  'hash-kv',
] as const;
/** What clients ask for by chance. */
export type ClientCallKind = (typeof callKinds)[number];
/** What an operator asks for. */
export type AdminCallKind =
  'member-add' | 'member-remove' | 'member-promote' | 'member-list' | 'move-leader';
export type CallKind = ClientCallKind | AdminCallKind;

export const faultKinds = [
  'power-cut',
  'power-cut-everywhere',
  'process-kill',
  'clean-restart',
  'pause',
  'disk-stall',
  'sync-failure',
  'storm',
  'clog',
  'one-way-cut',
  'partition',
  'ring',
  'bridge',
  'isolated-leader',
  'deaf-leader',
  'leadership-detour',
  'lonely-reigns',
  'leadership-transfer',
] as const;
export type FaultKind = (typeof faultKinds)[number];

export type RaftLimits = Pick<
  RaftConfig,
  | 'inflightMessagesMax'
  | 'inflightBytesMax'
  | 'appendBytesMax'
  | 'committedBytesMax'
  | 'uncommittedBytesMax'
>;

export interface Temper {
  /** Voters at the beginning; learners come on top. */
  readonly memberCount: number;
  readonly learnerCount: number;
  readonly durationMs: number;
  /** Calls of all clients together: then they are silent, and only watches and faults go on. */
  readonly callsMax: number;
  /** Mean time between two changes of the membership; Infinity where there are none. */
  readonly churnEveryMs: number;
  /** As many changes are asked for in one moment. */
  readonly churnAtOnceMax: number;
  readonly clientCount: number;
  /** Clients of their own keys, whose history is judged without revisions as well. */
  readonly registerClientCount: number;
  readonly watchStreamCount: number;
  readonly keyCount: number;
  readonly valueBytesMax: number;
  /** How often each kind of call is chosen, relative to the others. */
  readonly callWeights: ReadonlyMap<ClientCallKind, number>;
  /** After this long a client takes its call for lost. */
  readonly clientTimeoutMs: number;
  readonly thinkMs: readonly [number, number];
  /** One way between a client and the member. */
  readonly linkMs: readonly [number, number];
  /** Until what a turn of the event loop has left for the next one is run. */
  readonly turnMs: readonly [number, number];
  /** One step of a disk operation. */
  readonly diskMs: readonly [number, number];
  readonly diskStallProbability: number;
  readonly diskStallMsMax: number;
  /** From handing a batch to the store until it is durable. */
  readonly storeMs: readonly [number, number];
  /** One way between two members. */
  readonly networkMs: readonly [number, number];
  /** Shares of messages that are lost and doubled in any weather. */
  readonly networkLoss: number;
  readonly networkDuplication: number;
  /** How often a message goes to somebody whom it is not for. */
  readonly misdeliveryProbability: number;
  /** From sending a snapshot until it is there. */
  readonly snapshotMs: readonly [number, number];
  readonly segmentBytes: number;
  readonly faults: readonly FaultKind[];
  /** How often a leader is struck down right after it was elected. */
  readonly shortReignProbability: number;
  /** Mean time between two faults. */
  readonly faultEveryMs: number;
  /** As many may come in one moment. */
  readonly faultsAtOnceMax: number;
  readonly raftLimits: RaftLimits;
  readonly electionTimeoutMs: number;
  readonly preVote: boolean;
  /** A started member lets clients in before it has heard of the others. */
  readonly servesAtOnce: boolean;
  readonly heartbeatMs: number;
  readonly logEntriesKept: number;
  readonly progressNotifyMs: number;
  /** From what size on watch responses are split for those who take fragments. */
  readonly fragmentBytes: number;
  /** How far a member's clock runs fast or slow, as a share: 0.05 is 5 %. */
  readonly clockDriftMax: number;
  /** Messages that a watching client takes before it says that it has enough. */
  readonly watchInboxMax: number;
  /** How long it takes a watching client to read one message. */
  readonly watchReadMs: readonly [number, number];
}

/** Usual weights; each world favours some kinds and may leave some out. */
const weights: Readonly<Record<ClientCallKind, number>> = {
  put: 30,
  'delete-range': 10,
  txn: 20,
  range: 20,
  'past-range': 8,
  compact: 2,
  'lease-grant': 4,
  'lease-keep-alive': 6,
  'lease-revoke': 3,
  'lease-time-to-live': 2,
  'lease-list': 1,
  'hash-kv': 1,
};

export function drawTemper(random: Random): Temper {
  const electionTimeoutMs = random.pick([200, 500, 1000]);
  const span = (shortest: number, longest: number): readonly [number, number] => {
    const low = random.magnitude(shortest * 1000, longest * 1000) / 1000;
    return [low, low * random.between(1, 10)];
  };
  const memberCount = random.pick([1, 1, 3, 3, 3, 3, 5]);
  return {
    memberCount,
    learnerCount: memberCount === 1 ? 0 : random.pick([0, 0, 0, 1, 2]),
    durationMs: random.integer(2_000, 12_000),
    callsMax: random.magnitude(60, 1200),
    churnEveryMs: random.pick([Infinity, random.magnitude(100, 3000)]),
    churnAtOnceMax: random.pick([1, 1, 3]),
    clientCount: random.integer(1, 8),
    registerClientCount: random.pick([0, 0, 2, 3, 5]),
    watchStreamCount: random.integer(0, 3),
    keyCount: random.integer(2, 14),
    valueBytesMax: random.magnitude(8, 2000),
    callWeights: new Map(callKinds.map((kind) => [kind, drawWeight(random, weights[kind])])),
    clientTimeoutMs: random.pick([Infinity, Infinity, 300, 1000, 3000]),
    thinkMs: span(1, 150),
    linkMs: span(0.05, 5),
    turnMs: span(0.01, 5),
    diskMs: span(0.02, 5),
    diskStallProbability: random.pick([0, 0, 0.001, 0.01]),
    diskStallMsMax: random.magnitude(10, 4000),
    storeMs: span(0.1, 400),
    networkMs: span(0.05, 5),
    networkLoss: random.pick([0, 0, 0.02]),
    networkDuplication: random.pick([0, 0, 0.2]),
    misdeliveryProbability: random.pick([0, 0, 0.01]),
    snapshotMs: span(1, 500),
    segmentBytes: random.pick([4096, 8192, 16_384, 65_536]),
    faults: faultKinds.filter(() => random.chance(0.5)),
    shortReignProbability: random.pick([0, 0, 0, 0.7]),
    faultEveryMs: random.magnitude(300, 6000),
    faultsAtOnceMax: random.integer(1, 4),
    raftLimits: drawRaftLimits(random),
    electionTimeoutMs,
    preVote: random.chance(0.8),
    servesAtOnce: random.chance(0.5),
    heartbeatMs: electionTimeoutMs / 10,
    logEntriesKept: random.pick([0, 1, 100, 5000]),
    progressNotifyMs: random.pick([100, 1000, 600_000]),
    fragmentBytes: random.magnitude(100, 100_000),
    clockDriftMax: random.pick([0, 0.01, 0.05]),
    watchInboxMax: random.magnitude(1, 128),
    watchReadMs: span(0.01, 20),
  };
}

/** A tiny window and tiny appends meet more corners than the defaults do. */
function drawRaftLimits(random: Random): RaftLimits {
  if (random.chance(0.3)) return {};
  return {
    inflightMessagesMax: random.magnitude(1, 32),
    inflightBytesMax: random.magnitude(100, 20_000),
    appendBytesMax: random.magnitude(1, 10_000),
    committedBytesMax: random.magnitude(100, 10_000),
    uncommittedBytesMax: random.magnitude(1000, 50_000),
  };
}

function drawWeight(random: Random, usual: number): number {
  if (random.chance(0.1)) return 0;
  return usual * random.pick([1, 1, 1, 0.3, 3]);
}
