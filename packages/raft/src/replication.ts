/**
 * What a leader owes its followers, worked out once a turn, when the caller asks for a Ready: all
 * that was proposed and all that was acknowledged since then goes out in as few messages as it can.
 */
import { assert } from './assert.ts';
import type { RaftCore } from './core.ts';
import { entriesBytes } from './entry-size.ts';
import type { Progress } from './progress/progress.ts';
import type { LeaderRole } from './role.ts';

/** Sends every follower what it may be sent now. */
export function replicate(core: RaftCore, role: LeaderRole): void {
  for (const progress of role.progress.values()) {
    if (progress.id !== core.id) replicateTo(core, progress);
  }
}

function replicateTo(core: RaftCore, progress: Progress): void {
  if (progress.state === 'probe' && !progress.probeSent) sendAppend(core, progress);
  while (
    progress.state === 'replicate' &&
    progress.next <= core.log.lastIndex &&
    !progress.inflights.isFull
  ) {
    sendAppend(core, progress);
  }
  if (progress.state !== 'replicate') return;
  if (progress.nudged) sendAppend(core, progress);
  else if (Math.min(core.log.commit, progress.next - 1) > progress.sentCommit) {
    sendCommit(core, progress);
  }
}

/** Tells a follower that what it was sent is committed, where there is nothing to send along with that. */
function sendCommit(core: RaftCore, progress: Progress): void {
  const index = Math.min(core.log.commit, progress.next - 1);
  const term = core.log.term(index);
  assert(term !== undefined, 'what a follower has yet to be told is committed is not compacted');
  const commit = { term, index };
  core.send({ kind: 'commit', from: core.id, to: progress.id, term: core.term, commit });
  progress.sentCommit = index;
}

/**
 * Sends the next entries, or none where none are left or may be in flight. A follower whose
 * previous entry is compacted gets a snapshot: an append that could not name the term of its
 * previous position would prove nothing.
 */
function sendAppend(core: RaftCore, progress: Progress): void {
  const { log, config } = core;
  const previous = progress.next - 1;
  const term = log.term(previous);
  if (term === undefined || progress.needsSnapshot) {
    sendSnapshot(core, progress);
    return;
  }
  const full = progress.state === 'replicate' && progress.inflights.isFull;
  const entries =
    full || progress.next > log.lastIndex
      ? []
      : log.entries(progress.next, log.lastIndex + 1, config.appendBytesMax);
  assert(entries !== undefined, 'entries after a position whose term is known can be read');
  core.send({
    kind: 'append',
    from: core.id,
    to: progress.id,
    term: core.term,
    previous: { term, index: previous },
    entries,
    commit: log.commit,
  });
  const last = previous + entries.length;
  progress.sentCommit = Math.max(progress.sentCommit, Math.min(log.commit, last));
  progress.nudged = false;
  if (progress.state === 'probe') progress.probeSent = true;
  else if (entries.length > 0) progress.sentAhead(last, entriesBytes(entries));
}

/** Without a snapshot at hand, or a sign of life to send it to, the next heartbeat's answer asks again. */
function sendSnapshot(core: RaftCore, progress: Progress): void {
  const snapshot = progress.recentActive ? core.log.snapshot() : undefined;
  if (snapshot === undefined) {
    progress.becomeProbe();
    progress.probeSent = true;
    return;
  }
  assert(snapshot.index >= core.log.firstIndex - 1, 'a snapshot covers what is compacted');
  core.send({ kind: 'snapshot', from: core.id, to: progress.id, term: core.term, snapshot });
  progress.becomeSnapshot(snapshot.index);
}

/** Tells every follower that the leader lives, and asks for a confirmation of the newest round. */
export function broadcastHeartbeat(core: RaftCore, role: LeaderRole): void {
  const { id, term, log } = core;
  const round = role.reads.newest;
  for (const { id: to, match } of role.progress.values()) {
    if (to === id) continue;
    core.send({
      kind: 'heartbeat',
      from: id,
      to,
      term,
      commit: Math.min(match, log.commit),
      round,
    });
  }
}
