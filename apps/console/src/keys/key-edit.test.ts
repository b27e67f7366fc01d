import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isChanged, nextKeyEdit, type KeyEdit, type KeyEditEvent } from './key-edit.ts';

const run = (...events: KeyEditEvent[]): KeyEdit =>
  events.reduce<KeyEdit>(nextKeyEdit, { state: 'reading' });

const seen = { value: 'one', revision: 3 };
const theirs = { value: 'two', revision: 5 };
const conflict = [
  { type: 'edit', seen },
  { type: 'typed', draft: 'mine' },
  { type: 'save' },
  { type: 'moved', theirs },
] as const;

test('a save that somebody overtook shows both sides, and keeping ours is based on what was shown', () => {
  assert.deepEqual(run(...conflict), { state: 'conflict', base: seen, draft: 'mine', theirs });
  assert.deepEqual(run(...conflict, { type: 'keep-mine' }), {
    state: 'editing',
    base: theirs,
    draft: 'mine',
  });
  assert.deepEqual(run(...conflict, { type: 'take-theirs' }), {
    state: 'editing',
    base: theirs,
    draft: 'two',
  });
});

test('a save that failed keeps the draft; one under way cannot be left or typed into', () => {
  const saving = run({ type: 'edit', seen }, { type: 'typed', draft: 'mine' }, { type: 'save' });
  assert.equal(nextKeyEdit(saving, { type: 'cancel' }), saving);
  assert.equal(nextKeyEdit(saving, { type: 'typed', draft: 'x' }), saving);
  assert.deepEqual(nextKeyEdit(saving, { type: 'failed' }), {
    state: 'editing',
    base: seen,
    draft: 'mine',
  });
  assert.ok(isChanged(saving));
});
