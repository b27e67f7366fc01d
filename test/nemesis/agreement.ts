/** After the faults: every member answers, holds the same, and says so. */
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { HashKVRequest, KV, Maintenance, RangeRequest, type KeyValue } from '@concord/protocol';
import type { Connections } from './load/connections.ts';
import { promised } from './checkers/violation.ts';
import type { ModelEvent } from '../sim/model/key-value-model.ts';

const CALL_MS_MAX = 5_000;
const RETRY_MS = 100;

const EVERYTHING = { key: Uint8Array.of(0), rangeEnd: Uint8Array.of(0) };

/** What a member holds, as it says itself. */
export interface MemberState {
  readonly member: number;
  readonly revision: number;
  readonly kvs: readonly KeyValue[];
  readonly hash: number;
}

/** Asks every member what it holds once it has come to `revision`. Throws where one does not come so far in time. */
export async function statesAt(
  connections: Connections,
  revision: number,
  deadlineMs: number,
): Promise<MemberState[]> {
  return Promise.all(
    connections.members.map((member) => stateOf(connections, member, revision, deadlineMs)),
  );
}

async function stateOf(
  connections: Connections,
  member: number,
  revision: number,
  deadlineMs: number,
): Promise<MemberState> {
  const client = connections.to(member);
  for (;;) {
    const range = await client.call(
      KV.methods.range,
      RangeRequest.create({ ...EVERYTHING, serializable: true }),
      CALL_MS_MAX,
    );
    const hash = await client.call(
      Maintenance.methods.hashKV,
      HashKVRequest.create({ revision }),
      CALL_MS_MAX,
    );
    if (range.kind === 'ok' && hash.kind === 'ok') {
      const { kvs, header } = range.response;
      const at = header?.revision ?? 0;
      if (at >= revision) return { member, revision: at, kvs, hash: hash.response.hash };
    }
    const why = [range, hash]
      .map((outcome) => (outcome.kind === 'ok' ? 'ok' : outcome.message))
      .join('; ');
    promised(
      performance.now() < deadlineMs,
      () =>
        `member ${member} has not come to revision ${revision}, although every fault is over (${why})`,
    );
    await sleep(RETRY_MS);
  }
}

/** All members hold the same, and what the history leads to. */
export function checkAgreement(
  states: readonly MemberState[],
  events: readonly ModelEvent[],
): void {
  const expected = new Map<string, KeyValue>();
  const revision = events.at(-1)?.revision ?? 1;
  for (const { type, key, kv } of events) {
    if (type === 'put') expected.set(key, kv);
    else expected.delete(key);
  }
  const sorted = [...expected].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, kv]) => kv);
  for (const { member, kvs, revision: at, hash } of states) {
    promised(
      hash === states[0]?.hash,
      () =>
        `the members' hashes differ: ${states.map((state) => `${state.member}: ${state.hash}`).join(', ')}`,
    );
    if (at !== revision) continue;
    promised(
      isDeepStrictEqual([...kvs], sorted),
      () => `member ${member} holds other keys than the history leads to, at revision ${at}`,
    );
  }
}
