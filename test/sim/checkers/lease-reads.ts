/** Judges what was said about leases by what the model knows of them at that log index. */
import { deepEqual, equal, ok } from 'node:assert/strict';
import { toByteString } from '@concord/protocol';
import type { Operation } from '../history.ts';
import type { StateModel } from '../model/state-model.ts';

/** What a leader may add to the time of a lease that it took over: an election, rounded up. */
const TTL_GRACE_SECONDS = 2;
const TTL_GONE = 0;
const TTL_UNKNOWN = -1;

export function checkLeaseRead(operation: Operation, model: StateModel): void {
  const { outcome, number } = operation;
  if (outcome?.kind !== 'ok') return;
  const label = `call ${number}, ${operation.kind}`;
  switch (operation.kind) {
    case 'lease-keep-alive': {
      const { request, outcome: answer } = operation as Operation<'lease-keep-alive'>;
      if (answer?.kind !== 'ok') return;
      equal(answer.response.ID, request.ID, label);
      equal(answer.response.TTL, model.leases.get(request.ID) ?? TTL_GONE, label);
      return;
    }
    case 'lease-time-to-live':
      return checkTimeToLive(operation as Operation<'lease-time-to-live'>, model, label);
    case 'lease-list': {
      const { outcome: answer } = operation as Operation<'lease-list'>;
      if (answer?.kind !== 'ok') return;
      const ids = answer.response.leases.map(({ ID }) => ID);
      deepEqual(new Set(ids), new Set(model.leases.keys()), label);
      equal(ids.length, model.leases.size, label);
      return;
    }
    default:
      throw new Error(`${label} is not known to the checker`);
  }
}

function checkTimeToLive(
  { request, outcome }: Operation<'lease-time-to-live'>,
  model: StateModel,
  label: string,
): void {
  if (outcome?.kind !== 'ok') return;
  const { TTL, grantedTTL, keys } = outcome.response;
  const granted = model.leases.get(request.ID);
  equal(grantedTTL, granted ?? 0, label);
  if (granted === undefined) return equal(TTL, TTL_UNKNOWN, label);
  ok(TTL >= 0 && TTL <= granted + TTL_GRACE_SECONDS, `${label}: ${TTL} s of ${granted} s are left`);
  const expected = request.keys ? model.keysOf(request.ID) : [];
  deepEqual(keys.map(toByteString).sort(), expected, label);
}
