/**
 * Goal: the checkers accept what a flawless cluster may do, and notice each kind of broken promise. Method: histories
 * made by the model are bent in one place each, chosen by chance; whatever is bent must be noticed.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  fromByteString,
  type RangeRequest,
  type RangeResponse,
  type ResponseHeader,
} from '@concord/protocol';
import { Random } from '@concord/testing';
import { checkAgreement, type MemberState } from './agreement.ts';
import { honestHistory, type HonestHistory } from './checkers/honest-history.ts';
import { OBSERVER, judge } from './checkers/judgement.ts';
import { changes } from './checkers/placement.ts';
import { Violation } from './checkers/violation.ts';
import { isKind, type Operation, type WatchMessage, type WatchRecord } from './history.ts';

const HISTORIES = 20;
const OPERATIONS = 400;
/** Of each lie, in as many histories. */
const BENDINGS = Number(process.env['NEMESIS_BENDINGS'] ?? 40);

type Answered = Operation & {
  outcome: { kind: 'ok'; response: { header: ResponseHeader | undefined } };
};

/** Bends one thing; false where this history has no such thing. */
type Lie = (history: HonestHistory, random: Random) => boolean;

const revisionOf = ({ outcome }: Answered): number => outcome.response.header?.revision ?? 0;

function answered({ operations }: HonestHistory): Answered[] {
  return operations.filter((operation): operation is Answered => operation.outcome.kind === 'ok');
}

function pickFrom<T>(random: Random, candidates: readonly T[], bend: (one: T) => void): boolean {
  if (candidates.length === 0) return false;
  bend(random.pick(candidates));
  return true;
}

const writes = (history: HonestHistory): Answered[] => answered(history).filter(changes);
const reads = (history: HonestHistory): Answered[] =>
  answered(history).filter(
    (operation) => isKind(operation, 'range') && operation.request.revision === 0,
  );

/** Changes the revision that an answer names. */
function rename(operation: Answered, revision: number): void {
  const header = operation.outcome.response.header as ResponseHeader;
  const response = { ...operation.outcome.response, header: { ...header, revision } };
  operation.outcome = { kind: 'ok', response };
}

/** Messages with events, of any watcher or of those named. */
const eventMessages = (
  { watches }: HonestHistory,
  watcher?: string,
): [WatchRecord, WatchMessage][] =>
  watches
    .filter((record) => watcher === undefined || record.watcher === watcher)
    .flatMap((record) =>
      record.messages
        .filter(({ response }) => response.events.length > 0)
        .map((message): [WatchRecord, WatchMessage] => [record, message]),
    );

function without(record: WatchRecord, message: WatchMessage): void {
  record.messages.splice(record.messages.indexOf(message), 1);
}

const lies: Record<string, Lie> = {
  'an acknowledged write that nobody can find': (history, random) =>
    pickFrom(random, writes(history), (write) => {
      for (const [record, message] of eventMessages(history)) {
        if (message.response.header?.revision === revisionOf(write)) without(record, message);
      }
    }),
  'a write acknowledged beyond the end': (history, random) =>
    pickFrom(random, writes(history), (write) => rename(write, history.lastRevision + 1)),
  'a write acknowledged at a revision of another': (history, random) =>
    pickFrom(
      random,
      writes(history).filter((write) => revisionOf(write) > 2),
      (write) => rename(write, revisionOf(write) - 1),
    ),
  'a refused write that took place': (history, random) =>
    pickFrom(
      random,
      writes(history).filter((write) => write.kind === 'put'),
      (write) => {
        Object.assign(write, { outcome: { kind: 'failed', message: 'refused' } });
      },
    ),
  'a read that names a newer revision than it shows': (history, random) =>
    pickFrom(
      random,
      reads(history).filter((read) => {
        const showsAll = (read.outcome.response as RangeResponse).kvs.length > 5;
        return showsAll && revisionOf(read) < history.lastRevision - 30;
      }),
      (read) => rename(read, revisionOf(read) + 30),
    ),
  'a read of a value that nobody wrote': (history, random) =>
    pickFrom(
      random,
      reads(history).filter((read) => (read.outcome.response as RangeResponse).kvs.length > 0),
      (read) => {
        const response = read.outcome.response as RangeResponse;
        const [first, ...rest] = response.kvs;
        const kvs = [{ ...first, value: fromByteString('never written') }, ...rest];
        read.outcome = { kind: 'ok', response: { ...response, kvs } } as Answered['outcome'];
      },
    ),
  'a linearizable read of the past': (history, random) => {
    const known = Math.max(...writes(history).map(revisionOf));
    const candidates = reads(history).filter(
      (read) =>
        !(read.request as RangeRequest).serializable &&
        revisionOf(read) > 20 &&
        revisionOf(read) < known,
    );
    // Asked for later than it was: everything else about it stays true.
    return pickFrom(random, candidates, (read) => {
      Object.assign(read, { invokedAtMs: 1e9, completedAtMs: 1e9 + 1 });
    });
  },
  'an answer before the question of what it tells': (history, random) =>
    pickFrom(
      random,
      reads(history).filter((read) => revisionOf(read) > 20),
      (read) => {
        Object.assign(read, { invokedAtMs: 0, completedAtMs: 1 });
      },
    ),
  'an event that a watch was not told': (history, random) =>
    pickFrom(random, eventMessages(history), ([record, message]) => without(record, message)),
  'an event that a watch was told twice': (history, random) =>
    pickFrom(random, eventMessages(history), ([record, message]) => {
      record.messages.splice(record.messages.indexOf(message), 0, message);
    }),
  'events in another order': (history, random) =>
    pickFrom(
      random,
      history.watches.filter(({ messages }) => messages.length > 4),
      ({ messages }) => {
        const at = random.integer(1, messages.length - 2);
        [messages[at], messages[at + 1]] = [messages[at + 1]!, messages[at]!];
      },
    ),
  'a revision in two parts': (history, random) =>
    pickFrom(
      random,
      eventMessages(history, 'watcher').filter(([, { response }]) => response.events.length > 1),
      ([record, { response, receivedAtMs }]) => {
        const parts = [response.events.slice(0, 1), response.events.slice(1)];
        const at = record.messages.findIndex((message) => message.response === response);
        const messages = parts.map((events) => ({
          response: { ...response, events },
          receivedAtMs,
        }));
        record.messages.splice(at, 1, ...messages);
      },
    ),
  'a previous value that was not': (history, random) =>
    pickFrom(
      random,
      eventMessages(history, 'watcher').filter(
        ([, { response }]) => response.events[0]?.prevKv !== undefined,
      ),
      ([, { response }]) => {
        const [event] = response.events;
        response.events[0] = {
          ...event!,
          prevKv: { ...event!.prevKv!, value: fromByteString('another') },
        };
      },
    ),
  'a change that nobody asked for': (history, random) =>
    pickFrom(
      random,
      writes(history).filter(({ kind }) => kind === 'put'),
      (write) => {
        history.operations.splice(history.operations.indexOf(write), 1);
      },
    ),
  'a lease that ends before its time': (history, random) => {
    const { leaseEnds } = judge(history, history.lastRevision).timeline;
    const ends = eventMessages(history, OBSERVER).filter(([, { response }]) =>
      leaseEnds.some(({ revision }) => revision === response.header?.revision),
    );
    return pickFrom(random, ends, ([, message]) => {
      Object.assign(message, { receivedAtMs: message.receivedAtMs - 500 });
    });
  },
};

test(`${HISTORIES} flawless histories are accepted`, () => {
  for (let seed = 1; seed <= HISTORIES; seed++) {
    const history = honestHistory(seed, OPERATIONS);
    const { timeline, events } = judge(history, history.lastRevision);
    assert.ok(timeline.judged > OPERATIONS / 2 && events > history.lastRevision);
    assert.ok(timeline.placed.size > 0, 'some write without an answer took place');
  }
});

for (const [name, lie] of Object.entries(lies)) {
  test(`${name} is noticed`, () => {
    let bent = 0;
    for (let seed = 1; seed <= BENDINGS; seed++) {
      const history = honestHistory(seed, OPERATIONS);
      if (!lie(history, new Random(seed))) continue;
      bent += 1;
      assert.throws(() => judge(history, history.lastRevision), Violation, `with seed ${seed}`);
    }
    assert.ok(bent > BENDINGS / 4, `${bent} histories had what this lie needs`);
  });
}

test('members that end with different states are noticed', () => {
  const history = honestHistory(1, OPERATIONS);
  const { events } = judge(history, history.lastRevision).timeline;
  const kvs = [
    ...new Map(events.map(({ key, type, kv }) => [key, type === 'put' ? kv : undefined])).entries(),
  ]
    .filter(([, kv]) => kv !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, kv]) => kv!);
  const state: MemberState = { member: 1, revision: history.lastRevision, kvs, hash: 7 };
  checkAgreement([state, { ...state, member: 2 }], events);
  assert.throws(() => checkAgreement([state, { ...state, hash: 8 }], events), /hashes differ/);
  assert.throws(() => checkAgreement([{ ...state, kvs: kvs.slice(1) }], events), /other keys/);
});
