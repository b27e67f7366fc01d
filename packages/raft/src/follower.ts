/**
 * What a follower does with the messages of its leader. Candidates share the handlers: they turn
 * into followers first.
 */
import type { RaftCore } from './core.ts';
import { campaign } from './election.ts';
import { assert } from './assert.ts';
import { NOBODY } from './member-id.ts';
import type { AppendRequest, Heartbeat, Message, SnapshotRequest } from './message.ts';
import type { FollowerRole } from './role.ts';
import type { StepOutcome } from './step-outcome.ts';

export function stepFollower(core: RaftCore, role: FollowerRole, message: Message): StepOutcome {
  switch (message.kind) {
    case 'append':
      hear(core, role, message);
      handleAppend(core, message);
      return 'handled';
    case 'commit':
      // The gate has learned what it says.
      hear(core, role, message);
      return 'handled';
    case 'heartbeat':
      hear(core, role, message);
      handleHeartbeat(core, message);
      return 'handled';
    case 'snapshot':
      hear(core, role, message);
      handleSnapshot(core, message);
      return 'handled';
    case 'timeout-now':
      campaign(core, 'transfer');
      return 'handled';
    case 'read-index-reply':
      return core.answerForwardedRead(message.request, message.index) ? 'handled' : 'unexpected';
    default:
      return 'unexpected';
  }
}

/** Notes a sign of life of the leader. */
function hear(core: RaftCore, role: FollowerRole, message: Message): void {
  assert(role.leader === NOBODY || role.leader === message.from, 'a term has one leader');
  role.leader = message.from;
  core.electionElapsed = 0;
}

/** AppendEntries (Raft figure 2, receiver implementation 2 to 5). */
function handleAppend(
  core: RaftCore,
  { from: to, previous, entries, commit }: AppendRequest,
): void {
  const { id: from, term, log } = core;
  if (previous.index < log.commit) {
    // An append that was overtaken; all that is committed is known to agree.
    const index = log.commit;
    core.sendWhenDurable({ kind: 'append-reply', from, to, term, accepted: true, index });
    return;
  }
  if (!log.holds(previous) || lacksConfiguration(core)) {
    refuseAppend(core, to, previous);
    return;
  }
  log.merge(entries);
  const index = previous.index + entries.length;
  log.commitTo(Math.min(commit, index));
  core.sendWhenDurable({ kind: 'append-reply', from, to, term, accepted: true, index });
}

/**
 * Whether this member was invited and knows no configuration. It must not replay membership changes
 * onto nothing: refusing index 0, which every other member holds, asks for a snapshot.
 */
function lacksConfiguration(core: RaftCore): boolean {
  return core.configuration.voters.length === 0 && core.log.lastIndex === 0;
}

/** Points the leader to the last place where the logs can agree, skipping whole terms (§5.3). */
function refuseAppend(
  core: RaftCore,
  to: bigint,
  previous: { readonly term: number; readonly index: number },
): void {
  const { id: from, term, log } = core;
  const index = log.lastNotAbove(Math.min(previous.index, log.lastIndex), previous.term);
  const hintTerm = log.term(index);
  assert(hintTerm !== undefined, 'what is compacted is committed and never in conflict');
  const hint = { term: hintTerm, index };
  const refused = { accepted: false, index: previous.index, hint } as const;
  core.send({ kind: 'append-reply', from, to, term, ...refused });
}

function handleHeartbeat(core: RaftCore, { from: to, commit, round }: Heartbeat): void {
  core.log.commitTo(commit);
  core.send({ kind: 'heartbeat-reply', from: core.id, to, term: core.term, round });
}

function handleSnapshot(core: RaftCore, { from: to, snapshot }: SnapshotRequest): void {
  const { id: from, term, log } = core;
  if (isNews(core, snapshot)) {
    log.restore(snapshot);
    core.configuration = snapshot.configuration;
  }
  const index = log.commit;
  core.sendWhenDurable({ kind: 'append-reply', from, to, term, accepted: true, index });
}

/**
 * Whether the snapshot must be installed. If the log already holds its position, the snapshot only
 * tells that everything up to there is committed.
 */
function isNews(core: RaftCore, snapshot: SnapshotRequest['snapshot']): boolean {
  const { log } = core;
  if (snapshot.index <= log.commit) return false;
  if (!log.holds(snapshot)) return true;
  log.commitTo(snapshot.index);
  return false;
}

/** Without a word from a leader, a follower that may vote stands for election (Raft §5.2). */
export function tickElection(core: RaftCore): void {
  core.electionElapsed++;
  if (core.electionElapsed < core.electionTimeout) return;
  core.resetElectionTimer();
  campaign(core, 'timeout');
}
