/**
 * Judges what was said about leases. The leader says it, and its state may be ahead of the member's that passes it on:
 * so it must have been true at some log index between the call and its answer.
 */
import { deepEqual, equal, ok } from 'node:assert/strict';
import { toByteString } from '@concord/protocol';
import type { Operation } from '../history.ts';
import type { StateModel } from '../model/state-model.ts';

/** What a leader may add to the time of a lease that it took over: an election, rounded up. */
const TTL_GRACE_SECONDS = 2;
const TTL_GONE = 0;
const TTL_UNKNOWN = -1;

/** Granted TTLs of a lease, from an index on; undefined while it does not exist. */
interface Phase {
  readonly fromIndex: number;
  readonly ttlSeconds: number | undefined;
}

/** Which leases there were when. */
export class LeaseTimeline {
  readonly #phases = new Map<bigint, Phase[]>();

  note(fromIndex: number, id: bigint, ttlSeconds: number | undefined): void {
    const phases = this.#phases.get(id) ?? [{ fromIndex: 0, ttlSeconds: undefined }];
    phases.push({ fromIndex, ttlSeconds });
    this.#phases.set(id, phases);
  }

  /** Whether this was so at any index between two, both included. */
  wasSo(id: bigint, ttlSeconds: number | undefined, from: number, to: number): boolean {
    const phases = this.#phases.get(id) ?? [{ fromIndex: 0, ttlSeconds: undefined }];
    return phases.some((phase, i) => {
      const endIndex = (phases[i + 1]?.fromIndex ?? Infinity) - 1;
      return phase.ttlSeconds === ttlSeconds && phase.fromIndex <= to && endIndex >= from;
    });
  }

  checkKeepAlive({ number, request, outcome, ...when }: Operation<'lease-keep-alive'>): void {
    if (outcome?.kind !== 'ok') return;
    const { ID, TTL } = outcome.response;
    equal(ID, request.ID, `call ${number}: another lease was kept alive`);
    const ttlSeconds = TTL === TTL_GONE ? undefined : TTL;
    ok(
      this.wasSo(ID, ttlSeconds, when.indexBefore, when.indexAfter),
      `call ${number}: lease ${ID} was said to have ${TTL} s, which it had at no moment of the call`,
    );
  }

  checkTimeToLive({ number, request, outcome, ...when }: Operation<'lease-time-to-live'>): void {
    if (outcome?.kind !== 'ok') return;
    const { TTL, grantedTTL } = outcome.response;
    const { ID } = request;
    const ttlSeconds = TTL === TTL_UNKNOWN ? undefined : grantedTTL;
    ok(
      this.wasSo(ID, ttlSeconds, when.indexBefore, when.indexAfter),
      `call ${number}: lease ${ID} was said to be of ${grantedTTL} s, which it was not at any moment of the call`,
    );
    if (ttlSeconds === undefined) return;
    ok(
      TTL >= 0 && TTL <= ttlSeconds + TTL_GRACE_SECONDS,
      `call ${number}: ${TTL} s of ${ttlSeconds} s are left`,
    );
  }
}

/** What a member says from its own state, at the index of its answer. */
export function checkLeaseRead(operation: Operation, model: StateModel): void {
  const { outcome, number, kind } = operation;
  if (outcome?.kind !== 'ok') return;
  const label = `call ${number}, ${kind}`;
  if (kind === 'lease-list') {
    const { outcome: answer } = operation as Operation<'lease-list'>;
    if (answer?.kind !== 'ok') return;
    const { leases } = answer.response;
    const ids = leases.map(({ ID }) => ID);
    deepEqual(new Set(ids), new Set(model.leases.keys()), label);
    equal(ids.length, model.leases.size, label);
  }
  if (kind === 'lease-time-to-live') {
    const { request, outcome: answer } = operation as Operation<'lease-time-to-live'>;
    if (answer?.kind !== 'ok') return;
    const isAsked = request.keys && answer.response.TTL !== TTL_UNKNOWN;
    const expected = isAsked ? model.keysOf(request.ID) : [];
    deepEqual(answer.response.keys.map(toByteString).sort(), expected, label);
  }
}
