/**
 * Goal: the search says yes to what could have happened and no to what could not. Method: small histories whose
 * verdict is known by thought; random ones against a search that tries every order; and a long one, for its cost.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  checkLinearizable,
  checkPartitions,
  type HistoryOperation,
  type SequentialModel,
} from './linearizability.ts';
import { Random } from './random.ts';

type Input =
  | { readonly kind: 'read' }
  | { readonly kind: 'write'; readonly value: number }
  | { readonly kind: 'swap'; readonly from: number; readonly to: number };
type Output = number | boolean | 'done';
type Operation = HistoryOperation<Input, Output>;

const register: SequentialModel<number, Input, Output> = {
  initial: 0,
  step: (state, input, output) => {
    switch (input.kind) {
      case 'read':
        return output === undefined || output === state ? state : undefined;
      case 'write':
        return input.value;
      case 'swap': {
        const succeeds = state === input.from;
        if (output !== undefined && output !== succeeds) return undefined;
        return succeeds ? input.to : state;
      }
    }
  },
  key: String,
};

const read = (calledAt: number, returnedAt: number, output: number): Operation => ({
  input: { kind: 'read' },
  output,
  calledAt,
  returnedAt,
});
const write = (calledAt: number, returnedAt: number, value: number): Operation => ({
  input: { kind: 'write', value },
  output: returnedAt === Infinity ? undefined : 'done',
  calledAt,
  returnedAt,
});
const swap = (
  calledAt: number,
  returnedAt: number,
  from: number,
  to: number,
  output: boolean | undefined,
): Operation => ({ input: { kind: 'swap', from, to }, output, calledAt, returnedAt });

const verdict = (...history: Operation[]): string => checkLinearizable(register, history);

test('an empty history and one without concurrency are what they say', () => {
  assert.equal(verdict(), 'linearizable');
  assert.equal(verdict(write(1, 2, 7), read(3, 4, 7)), 'linearizable');
  assert.equal(verdict(write(1, 2, 7), read(3, 4, 0)), 'not-linearizable');
});

test('a read beside a write may see it or not, but not see it and then not', () => {
  assert.equal(verdict(write(1, 9, 7), read(2, 3, 0)), 'linearizable');
  assert.equal(verdict(write(1, 9, 7), read(2, 3, 7)), 'linearizable');
  assert.equal(verdict(write(1, 9, 7), read(2, 3, 7), read(4, 5, 0)), 'not-linearizable');
});

test('a write without an answer took place late, early or never', () => {
  assert.equal(verdict(write(1, Infinity, 7), read(5, 6, 0)), 'linearizable');
  assert.equal(verdict(write(1, Infinity, 7), read(5, 6, 0), read(7, 8, 7)), 'linearizable');
  assert.equal(
    verdict(write(1, Infinity, 7), read(5, 6, 7), write(7, 8, 1), read(9, 10, 7)),
    'not-linearizable',
  );
  assert.equal(verdict(write(5, Infinity, 7), read(1, 2, 7)), 'not-linearizable');
});

test('of two exchanges of the same value one succeeds', () => {
  assert.equal(verdict(swap(1, 5, 0, 1, true), swap(2, 6, 0, 2, false)), 'linearizable');
  assert.equal(verdict(swap(1, 5, 0, 1, true), swap(2, 6, 0, 2, true)), 'not-linearizable');
  assert.equal(
    verdict(swap(1, Infinity, 0, 1, undefined), swap(2, 6, 0, 2, false)),
    'linearizable',
  );
});

test('parts are judged one by one', () => {
  const history = [write(1, 2, 1), read(3, 4, 1), write(1, 2, 2), read(3, 4, 2)];
  const partOf = new Map(history.map(({ input }, i) => [input, i < 2 ? 'a' : 'b']));
  assert.equal(verdict(...history), 'not-linearizable');
  const part = (input: Input): string => partOf.get(input) ?? '';
  assert.equal(checkPartitions(register, history, part), 'linearizable');
});

test('a search that takes too long says so', () => {
  const history = Array.from({ length: 30 }, (_, i) => write(0, 100, i + 1));
  const impossible = [...history, read(200, 201, 99)];
  assert.equal(checkLinearizable(register, impossible, { stepsMax: 1000 }), 'undecided');
});

/** Tries every order of every subset that holds all that was answered. */
function bruteForce(history: readonly Operation[]): boolean {
  const attempt = (state: number, left: readonly Operation[]): boolean => {
    if (left.every(({ output }) => output === undefined)) return true;
    return left.some((next) => {
      const isFirst = left.every(({ returnedAt }) => returnedAt >= next.calledAt);
      const after = isFirst ? register.step(state, next.input, next.output) : undefined;
      const rest = left.filter((operation) => operation !== next);
      return after !== undefined && attempt(after, rest);
    });
  };
  return attempt(register.initial, history);
}

function randomOperation(random: Random): Operation {
  const calledAt = random.integer(0, 12);
  const isAnswered = random.chance(0.8);
  const returnedAt = isAnswered ? calledAt + random.integer(1, 6) : Infinity;
  const value = random.integer(0, 2);
  switch (random.pick(['read', 'write', 'swap'] as const)) {
    case 'read':
      return read(calledAt, isAnswered ? returnedAt : calledAt + 1, value);
    case 'write':
      return write(calledAt, returnedAt, value);
    case 'swap':
      return swap(calledAt, returnedAt, value, 2, isAnswered ? random.chance(0.5) : undefined);
  }
}

test('the search agrees with trying every order, on 20,000 random histories', () => {
  const random = new Random(1);
  const counts = { linearizable: 0, 'not-linearizable': 0, undecided: 0 };
  for (let i = 0; i < 20_000; i++) {
    const history = Array.from({ length: random.integer(1, 6) }, () => randomOperation(random));
    const found = checkLinearizable(register, history);
    counts[found]++;
    assert.equal(found === 'linearizable', bruteForce(history), JSON.stringify(history));
  }
  assert.ok(Math.min(counts.linearizable, counts['not-linearizable']) > 4000);
});

test('ten clients and a thousand operations on one register take no search to speak of', () => {
  const random = new Random(2);
  const history: Operation[] = [];
  let state = 0;
  for (let i = 0; i < 1000; i++) {
    // It takes effect at i, somewhere within its time.
    const times = [i - random.between(0, 5), i + random.between(0, 5)] as const;
    if (random.chance(0.5)) history.push(write(...times, (state = i)));
    else history.push(read(...times, state));
  }
  assert.equal(checkLinearizable(register, random.shuffled(history)), 'linearizable');
});
