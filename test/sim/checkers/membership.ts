/**
 * Judges changes of the membership: what was acknowledged took place, once, during the call; what was refused did
 * not; and every list of members is that of the index at which it was answered. Leadership that was moved was taken.
 */
import { deepEqual, equal, ok } from 'node:assert/strict';
import { MembershipRequest_Action as Action, etcdErrors } from '@concord/protocol';
import type { Member, MembershipRequest } from '@concord/protocol';
import type { Operation } from '../history.ts';
import type { RunRecord } from '../record.ts';
import type { CallKind } from '../temper.ts';

/** Errors that leave open whether the change took place. */
const ambiguousErrors: ReadonlySet<string> = new Set(
  [
    etcdErrors.ErrTimeout,
    etcdErrors.ErrTimeoutDueToLeaderFail,
    etcdErrors.ErrStopped,
    etcdErrors.ErrLeaderChanged,
  ].map(({ message }) => message),
);

interface Change {
  readonly index: number;
  readonly request: MembershipRequest;
}

export class MembershipJudge {
  readonly #leaderships: RunRecord['leaderships'];
  readonly #operations: readonly Operation[];
  readonly #changes: Change[] = [];
  readonly #lists: (readonly Member[])[] = [];

  constructor({ history, leaderships }: RunRecord) {
    this.#leaderships = leaderships;
    this.#operations = history.operations.filter(({ kind }) => changeKinds.has(kind));
  }

  /** A change that was committed and fitted. */
  changed(index: number, request: MembershipRequest): void {
    this.#changes.push({ index, request });
  }

  /** Who the members were after an entry, index by index from 0 on. */
  after(members: readonly Member[]): void {
    this.#lists.push(members);
  }

  check(): void {
    for (const operation of this.#operations) this.#check(operation);
  }

  #check(operation: Operation): void {
    const { outcome, number, kind, answeredIndex, indexBefore } = operation;
    const label = `call ${number}, ${kind}`;
    if (
      outcome?.kind === 'error' &&
      kind === 'member-add' &&
      !ambiguousErrors.has(outcome.message)
    ) {
      const { peerURLs } = (operation as Operation<'member-add'>).request;
      const isThere = this.#changes.some(({ request }) => request.peerURLs[0] === peerURLs[0]);
      ok(!isThere, `${label} was refused and took place: ${outcome.message}`);
    }
    if (outcome?.kind !== 'ok') return;
    if (kind === 'move-leader') return this.#checkMove(operation as Operation<'move-leader'>);
    const { members } = (operation as Operation<'member-list'> & { outcome: { kind: 'ok' } })
      .outcome.response;
    deepEqual(members, this.#lists[answeredIndex], `${label}: other members than at that index`);
    if (kind === 'member-list') {
      const { linearizable } = (operation as Operation<'member-list'>).request;
      ok(!linearizable || answeredIndex >= indexBefore, `${label} told of an older state`);
      return;
    }
    const wanted = wantedBy(operation);
    const last = isOwnRemoval(operation) ? operation.indexAfter : answeredIndex;
    const count = this.#changes.filter(
      ({ index, request }) => index > indexBefore && index <= last && wanted(request),
    ).length;
    equal(count, 1, `${label} was acknowledged and took place ${count} times`);
  }

  #checkMove({ number, request, completedAtMs }: Operation<'move-leader'>): void {
    const hasLed = [...this.#leaderships.values()].some(
      ({ member, sinceMs }) => member === request.targetID && sinceMs <= completedAtMs,
    );
    ok(hasLed, `call ${number}: leadership was said to have moved to a member that never led`);
  }
}

const changeKinds: ReadonlySet<CallKind> = new Set([
  'member-add',
  'member-remove',
  'member-promote',
  'member-list',
  'move-leader',
]);

/** Whether a change is the one that was asked for. */
function wantedBy(operation: Operation): (request: MembershipRequest) => boolean {
  if (operation.kind === 'member-add') {
    const { peerURLs, isLearner } = (operation as Operation<'member-add'>).request;
    const action = isLearner ? Action.ADD_LEARNER : Action.ADD;
    return (request) => request.action === action && request.peerURLs[0] === peerURLs[0];
  }
  const { ID } = (operation as Operation<'member-remove'>).request;
  const action = operation.kind === 'member-remove' ? Action.REMOVE : Action.PROMOTE;
  return (request) => request.action === action && request.ID === ID;
}

/** A member that is asked to remove itself tells what the leader answered: it may never apply that itself. */
function isOwnRemoval(operation: Operation): boolean {
  if (operation.kind !== 'member-remove' || operation.outcome?.kind !== 'ok') return false;
  const { request, outcome } = operation as Operation<'member-remove'> & {
    outcome: { kind: 'ok' };
  };
  return outcome.response.header?.memberId === request.ID;
}
