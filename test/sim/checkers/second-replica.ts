/**
 * Feeds the log of a run to a state machine of its own, which flushes and crashes at other moments than the member
 * did. Whatever the schedule, every index must leave the same rolling hash, and the end the same HashKV.
 */
import { equal, ok } from 'node:assert/strict';
import { MemoryStore, ResponseHeaderWriter, StateMachine, decodeCommand } from '@concord/kv';
import type { Command, HashKvResult, World } from '@concord/kv';
import type { Random } from '@concord/testing';
import { MembershipRequest } from '@concord/protocol';
import { decodeMembershipChange } from '@concord/raft';
import type { WitnessedEntry } from '../cluster-witness.ts';

const ROWS_PER_SLICE = 500;

export function checkSecondReplica(
  entries: readonly WitnessedEntry[],
  random: Random,
): HashKvResult {
  const store = new MemoryStore({ holdsCommits: true, reusesBuffer: true });
  let machine = startMachine(store, random);
  for (let index = 1; index <= entries.length; index++) {
    applyEntry(machine, entries[index - 1] as WitnessedEntry);
    if (random.chance(0.1)) machine.flush(() => undefined);
    if (random.chance(0.1)) store.flushCommits(1);
    if (random.chance(0.1)) machine.workInBackground(random.integer(1, 20));
    if (!random.chance(0.02)) continue;
    store.dropHeldCommits();
    machine = startMachine(store, random);
    index = machine.applied.index;
  }
  while (machine.hasCompactionWork) machine.workInBackground(ROWS_PER_SLICE);
  return hashOf(machine);
}

/** Of everything that a machine holds, at once. */
export function hashOf(machine: StateMachine): HashKvResult {
  const hash = machine.startHash(0);
  ok(!('code' in hash));
  for (;;) {
    const outcome = machine.continueHash(hash, ROWS_PER_SLICE);
    if (outcome === undefined) continue;
    ok('hash' in outcome);
    return outcome;
  }
}

function applyEntry(machine: StateMachine, entry: WitnessedEntry): void {
  const { index, term, applied } = entry;
  const command = commandOf(entry);
  if (command === undefined) machine.skip(index, term);
  else machine.apply(index, term, command);
  if (applied !== undefined) equal(machine.hash, applied.hash, `replicas differ at index ${index}`);
}

/** Nothing for the entry that opens a term, and for one that leaves a joint configuration. */
export function commandOf({ kind, data }: WitnessedEntry): Command | undefined {
  if (data.length === 0) return undefined;
  if (kind === 'normal') return decodeCommand(data);
  const context = decodeMembershipChange(data)?.context ?? data;
  if (context.length === 0) return undefined;
  return { kind: 'change-member', request: MembershipRequest.decode(context) };
}

function startMachine(store: MemoryStore, random: Random): StateMachine {
  const world: World = {
    log: { append: () => undefined, release: () => undefined },
    store,
    transport: { send: () => undefined, connectedSinceMs: () => undefined },
    membershipChanged: () => undefined,
    roleChanged: () => undefined,
    snapshots: { hold: () => undefined, install: () => undefined },
    now: () => 0,
    random: () => random.next(),
    schedule: () => undefined,
  };
  const options = {
    clusterId: 1n,
    memberId: 2n,
    raft: { electionTicks: 10, heartbeatTicks: 1, preVote: true },
    requestTimeoutMs: 1,
    electionTimeoutMs: 1000,
    logEntriesKept: 0,
    membership: { isStrict: true, learnersMax: 1 },
    progressNotifyMs: 1000,
    fragmentBytes: 1000,
  };
  return new StateMachine(options, world, new ResponseHeaderWriter(1n, 2n, () => 1));
}
