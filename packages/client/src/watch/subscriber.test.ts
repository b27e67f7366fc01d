/** Responses become batches of whole revisions, each told once. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Event, KeyValue, WatchCreateRequest, WatchResponse } from '@concord/protocol';
import { Subscriber } from './subscriber.ts';

class Heard {
  readonly told: string[] = [];
  goesOn = true;
  readonly subscriber: Subscriber;

  constructor(startRevision: number) {
    const owner = { resume: () => undefined, drop: () => undefined };
    this.subscriber = new Subscriber(owner, WatchCreateRequest.create({ startRevision }), {
      created: (revision) => this.told.push(`created ${revision}`),
      changes: (revision, { length }) => {
        this.told.push(`${revision} x${length}`);
        return this.goesOn;
      },
      progress: (revision) => this.told.push(`progress ${revision}`),
      interrupted: () => this.told.push('interrupted'),
      ended: () => undefined,
    });
    this.subscriber.becomeCreating(1n);
    this.subscriber.becomeOpen(10);
    this.told.length = 0;
  }
}

const response = (revisions: readonly number[], fragment = false): WatchResponse =>
  WatchResponse.create({
    fragment,
    events: revisions.map((modRevision) => Event.create({ kv: KeyValue.create({ modRevision }) })),
  });

test('one batch a revision, however they come', () => {
  const { subscriber, told } = new Heard(0);
  assert.equal(subscriber.cursor, 11);
  subscriber.take(response([11, 11, 12, 14]));
  subscriber.take(response([15]));
  assert.deepEqual(told, ['11 x2', '12 x1', '14 x1', '15 x1']);
  assert.equal(subscriber.cursor, 16);
});

test('fragments are joined before anything is told', () => {
  const { subscriber, told } = new Heard(0);
  subscriber.take(response([11, 11], true));
  subscriber.take(response([11], true));
  assert.deepEqual(told, []);
  subscriber.take(response([11, 12]));
  assert.deepEqual(told, ['11 x4', '12 x1']);
});

test('fragments of a stream that broke are forgotten, and told whole by the next', () => {
  const { subscriber, told } = new Heard(0);
  subscriber.take(response([11, 11], true));
  subscriber.becomeWaiting();
  assert.equal(subscriber.cursor, 11);
  subscriber.becomeCreating(2n);
  subscriber.becomeOpen(30);
  // The answer to the creation moves nothing: what is between is still to come.
  assert.equal(subscriber.cursor, 11);
  subscriber.take(response([11, 11, 11]));
  assert.deepEqual(told, ['interrupted', 'created 30', '11 x3']);
});

test('what was told is not told again', () => {
  const { subscriber, told } = new Heard(11);
  subscriber.take(response([11, 12]));
  subscriber.take(response([12, 13]));
  assert.deepEqual(told, ['11 x1', '12 x1', '13 x1']);
});

test('a listener that wants no more stops in the middle of a response, its cursor after what it took', () => {
  const heard = new Heard(0);
  heard.goesOn = false;
  assert.equal(heard.subscriber.take(response([11, 12, 13])), false);
  assert.deepEqual(heard.told, ['11 x1']);
  assert.equal(heard.subscriber.cursor, 12);
});

test('progress moves the cursor forward alone', () => {
  const { subscriber, told } = new Heard(0);
  subscriber.progress(20);
  subscriber.progress(15);
  subscriber.progress(20);
  assert.equal(subscriber.cursor, 21);
  assert.deepEqual(told, ['progress 20', 'progress 20']);
});
