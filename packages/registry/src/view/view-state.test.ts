/** What a view makes of keys that come, change and go: by a script of them, without a cluster or a clock. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Instance, InstanceState } from '../instance.ts';
import { EXPIRY_PROTECTION_DEFAULT } from './expiry-guard.ts';
import { ViewState, type ViewDifference } from './view-state.ts';

const TTL_MS = 15_000;

interface Written {
  readonly weight?: number;
  readonly state?: InstanceState;
  readonly labels?: Record<string, string>;
  readonly incarnation?: string;
}

/** A view of `orders` with a clock of its own. */
class Script {
  readonly state: ViewState;
  nowMs = 0;
  #revision = 1;

  constructor(options: Partial<ConstructorParameters<typeof ViewState>[0]> = {}) {
    this.state = new ViewState({
      service: 'orders',
      where: () => true,
      validate: (value) => ({ ok: true, value }),
      protection: EXPIRY_PROTECTION_DEFAULT,
      ...options,
    });
  }

  put(id: string, written: Written = {}): void {
    const text = JSON.stringify({
      address: '10.0.0.1',
      port: 80,
      incarnation: `of-${id}`,
      ttlMs: TTL_MS,
      ...written,
    });
    const revision = ++this.#revision;
    const entry = { text, createRevision: revision, modRevision: revision };
    assert.equal(this.state.putInstance(id, entry), undefined);
  }

  override(id: string, value: object): void {
    const text = JSON.stringify({ reason: 'test', by: 'ann', ...value });
    assert.equal(this.state.putOverride(id, text, ++this.#revision), undefined);
  }

  expire(...ids: string[]): void {
    this.state.deleteInstances(ids, this.nowMs);
  }

  /** In short: `+a`, `-a expired`, `~a`. */
  publish(): string[] {
    return inShort(this.state.publish(this.nowMs));
  }

  get listed(): string[] {
    return this.state.instances.map(({ id, held }) => (held ? `${id} held` : id)).sort();
  }
}

function only(state: ViewState): Instance {
  const [first] = state.instances;
  assert.ok(first !== undefined);
  return first;
}

function inShort(difference: ViewDifference | undefined): string[] {
  if (difference === undefined) return [];
  return [
    ...difference.added.map(({ id }) => `+${id}`),
    ...difference.removed.map(({ instance, reason }) => `-${instance.id} ${reason}`),
    ...difference.changed.map(({ current }) => `~${current.id}`),
  ].sort();
}

test('what comes, changes and goes is published once, together', () => {
  const view = new Script();
  view.put('a');
  view.put('b');
  assert.deepEqual(view.publish(), ['+a', '+b']);
  view.put('a', { weight: 5 });
  view.put('a', { weight: 6 });
  view.put('c');
  view.expire('c');
  assert.deepEqual(view.publish(), ['~a']);
  assert.deepEqual(view.publish(), []);
  assert.equal(view.state.instances.find(({ id }) => id === 'a')?.weight, 6);
});

test('another incarnation under the same id is one removal and one addition', () => {
  const view = new Script();
  view.put('a');
  view.publish();
  view.put('a', { incarnation: 'second' });
  assert.deepEqual(view.publish(), ['+a', '-a replaced']);
});

test('who drained before it went has deregistered, who did not has expired', () => {
  const view = new Script();
  view.put('a');
  view.put('b');
  view.publish();
  view.put('a', { state: 'draining' });
  assert.deepEqual(view.publish(), ['~a']);
  view.expire('a', 'b');
  assert.deepEqual(view.publish(), ['-a deregistered', '-b expired']);
});

test('a published list is never changed in place', () => {
  const view = new Script();
  view.put('a');
  view.publish();
  const before = view.state.instances;
  view.put('b');
  view.publish();
  assert.deepEqual(
    before.map(({ id }) => id),
    ['a'],
  );
  assert.throws(() => (before as unknown[]).push('x'), TypeError);
});

test('`where` sees labels as they are now', () => {
  const view = new Script({ where: ({ labels }) => labels['version'] === '2' });
  view.put('a', { labels: { version: '1' } });
  assert.deepEqual(view.publish(), []);
  view.put('a', { labels: { version: '2' } });
  assert.deepEqual(view.publish(), ['+a']);
  view.put('a', { labels: { version: '3' } });
  assert.deepEqual(view.publish(), ['-a filtered']);
});

test('an unreadable value is as if it had not been written', () => {
  const view = new Script({
    validate: (value) =>
      value === 'bad' ? { ok: false, problem: 'bad' } : { ok: true, value: { parsed: value } },
  });
  view.put('a');
  view.publish();
  const at = { createRevision: 2, modRevision: 50 };
  assert.match(view.state.putInstance('a', { text: 'x', ...at }) ?? '', /no JSON/);
  const refused = '{"address":"a","port":1,"metadata":"bad"}';
  assert.match(view.state.putInstance('a', { text: refused, ...at }) ?? '', /refused: bad/);
  assert.deepEqual(view.publish(), []);
  assert.deepEqual(only(view.state).metadata, { parsed: undefined });
});

test('an override holds over what the instance says, until it ends', () => {
  const view = new Script();
  view.put('a', { weight: 50 });
  view.override('a', { weight: 0, until: 1000 });
  view.publish();
  assert.equal(only(view.state).weight, 0);
  assert.equal(only(view.state).declared.weight, 50);
  view.put('a', { weight: 60 });
  assert.deepEqual(view.publish(), ['~a']);
  assert.equal(only(view.state).weight, 0);
  view.nowMs = 1000;
  view.state.tick(1000, 1000);
  assert.deepEqual(view.publish(), ['~a']);
  assert.equal(only(view.state).weight, 60);
});

test('an override of one incarnation is not inherited by the next', () => {
  const view = new Script();
  view.put('a', { incarnation: 'first' });
  view.override('a', { state: 'draining', incarnation: 'first' });
  view.publish();
  assert.equal(only(view.state).state, 'draining');
  view.put('a', { incarnation: 'second' });
  view.publish();
  assert.equal(only(view.state).state, 'serving');
});

test('an operator drains: the instance that then goes has still expired', () => {
  const view = new Script();
  view.put('a');
  view.override('a', { state: 'draining' });
  view.publish();
  view.expire('a');
  assert.deepEqual(view.publish(), ['-a expired']);
});

test('one of three that expires is gone at once, all three are held, and flagged', () => {
  const view = new Script();
  for (const id of ['a', 'b', 'c']) view.put(id);
  view.publish();
  view.expire('a');
  assert.deepEqual(view.publish(), ['-a expired']);
  view.nowMs += 2000;
  view.expire('b');
  assert.deepEqual(view.publish(), ['-b expired']);
  view.nowMs += 2000;
  view.expire('c');
  // What went a moment ago comes back: it went for the same reason.
  assert.deepEqual(view.publish(), ['+a', '+b', '~c']);
  assert.equal(view.state.hold, 'mass-expiry-hold');
  assert.deepEqual(view.listed, ['a held', 'b held', 'c held']);
});

test('a hold ends when its time is up', () => {
  const view = new Script();
  for (const id of ['a', 'b', 'c']) view.put(id);
  view.expire('a', 'b', 'c');
  view.publish();
  view.nowMs = EXPIRY_PROTECTION_DEFAULT.holdMs;
  view.state.tick(view.nowMs, 0);
  assert.deepEqual(view.publish(), ['-a expired', '-b expired', '-c expired']);
  assert.equal(view.state.hold, undefined);
});

test('a hold ends when enough instances are back, under whatever names', () => {
  const view = new Script();
  for (const id of ['a', 'b', 'c', 'd']) view.put(id);
  view.expire('a', 'b', 'c', 'd');
  view.publish();
  view.put('a', { incarnation: 'again' });
  assert.deepEqual(view.publish(), ['+a', '-a replaced']);
  view.put('x');
  view.put('y');
  assert.deepEqual(view.publish(), ['+x', '+y']);
  assert.equal(view.state.hold, 'mass-expiry-hold');
  view.put('z');
  assert.deepEqual(view.publish(), ['+z', '-b expired', '-c expired', '-d expired']);
  assert.equal(view.state.hold, undefined);
});

test('a hold ends when somebody releases it', () => {
  const view = new Script();
  for (const id of ['a', 'b', 'c']) view.put(id);
  view.expire('a', 'b', 'c');
  view.publish();
  view.state.releaseHold();
  assert.deepEqual(view.listed.length, 3);
  view.publish();
  assert.deepEqual(view.listed, []);
});

test('expiries further apart than a TTL have nothing to do with each other', () => {
  const view = new Script();
  for (const id of ['a', 'b', 'c']) view.put(id);
  for (const id of ['a', 'b', 'c']) {
    view.nowMs += TTL_MS + 1;
    view.expire(id);
  }
  view.publish();
  assert.equal(view.state.hold, undefined);
  assert.deepEqual(view.listed, []);
});

test('who deregisters neither counts as expired nor is held', () => {
  const view = new Script();
  for (const id of ['a', 'b', 'c', 'd']) view.put(id, { state: 'draining' });
  view.expire('a', 'b', 'c', 'd');
  view.publish();
  assert.equal(view.state.hold, undefined);
  assert.deepEqual(view.listed, []);
});

test('three of a hundred that expire are gone', () => {
  const view = new Script();
  for (let i = 0; i < 100; i++) view.put(`i${i}`);
  view.expire('i0', 'i1', 'i2');
  view.publish();
  assert.equal(view.state.hold, undefined);
  assert.equal(view.listed.length, 97);
});

test('a list that is empty when read anew is held for a short time, and flagged so', () => {
  const view = new Script();
  for (const id of ['a', 'b', 'c']) view.put(id);
  view.publish();
  view.state.deleteInstances(['a', 'b', 'c'], 0, true);
  assert.deepEqual(view.publish(), ['~a', '~b', '~c']);
  assert.equal(view.state.hold, 'empty-hold');
  view.state.tick(EXPIRY_PROTECTION_DEFAULT.emptyHoldMs, 0);
  assert.equal(view.state.hold, undefined);
});

test('without protection, what has expired is gone', () => {
  const view = new Script({ protection: undefined });
  for (const id of ['a', 'b', 'c']) view.put(id);
  view.expire('a', 'b', 'c');
  view.publish();
  assert.deepEqual(view.listed, []);
});

test('whoever begins to drain is noticed, selected or not, readable or not', () => {
  const view = new Script({ where: () => false });
  view.put('a');
  assert.equal(view.state.takeDrains(), false);
  view.put('a', { state: 'draining' });
  assert.equal(view.state.takeDrains(), true);
  assert.equal(view.state.takeDrains(), false);
  view.override('b', { state: 'draining' });
  assert.equal(view.state.takeDrains(), true);
});

test('an operator can end a hold, or make it longer', () => {
  const script = new Script();
  const lost = (): void => {
    for (const id of ['a', 'b', 'c']) script.put(id);
    script.state.publish(0);
    script.state.deleteInstances(['a', 'b', 'c'], script.nowMs);
    script.state.publish(0);
    assert.equal(script.state.hold, 'mass-expiry-hold');
  };
  const told = { reason: 'a test', by: 'ann' };

  lost();
  script.state.decideHold({ action: 'release', ...told }, script.nowMs, 0);
  assert.equal(script.state.hold, undefined);
  script.state.publish(0);
  assert.equal(script.state.instances.length, 0);

  lost();
  const until = EXPIRY_PROTECTION_DEFAULT.holdMs + 60_000;
  script.state.decideHold({ action: 'extend', until, ...told }, script.nowMs, 0);
  script.state.tick(EXPIRY_PROTECTION_DEFAULT.holdMs, 0);
  assert.equal(script.state.hold, 'mass-expiry-hold');
  script.state.tick(until, 0);
  assert.equal(script.state.hold, undefined);
});
