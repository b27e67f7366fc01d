/**
 * Whether a history of concurrent operations could have happened one after the other, each at some moment between its
 * call and its return (Herlihy and Wing), by the search of Wing and Gong with Lowe's memory of what was tried: the
 * same set of operations done and the same state are looked at once.
 *
 * It knows nothing of revisions or logs, so it judges whatever answers alone show. The cost grows with the number of
 * operations that are open at once, and an operation without an answer stays open to the end: partition the history,
 * by key where keys are independent, and keep the parts small.
 */

export interface HistoryOperation<Input, Output> {
  readonly input: Input;
  /** Undefined where nobody heard: it took place at some moment after its call, or never. */
  readonly output: Output | undefined;
  readonly calledAt: number;
  /** Infinity where nobody heard. */
  readonly returnedAt: number;
}

/** What the operations work on, as a sequential program. States are immutable. */
export interface SequentialModel<State, Input, Output> {
  readonly initial: State;
  /** Every state after an operation that answers `output`; with `output` undefined whatever it answers. */
  step(state: State, input: Input, output: Output | undefined): State | undefined;
  /** Equal for equal states, and only for them. */
  key(state: State): string;
}

export type Verdict =
  | 'linearizable'
  | 'not-linearizable'
  /** The search was given up: count it as a failure, or make the history smaller. */
  | 'undecided';

export interface SearchOptions {
  /** Default 1,000,000. */
  readonly stepsMax?: number;
}

const STEPS_MAX = 1_000_000;

export function checkLinearizable<State, Input, Output>(
  model: SequentialModel<State, Input, Output>,
  history: readonly HistoryOperation<Input, Output>[],
  { stepsMax = STEPS_MAX }: SearchOptions = {},
): Verdict {
  return new Search(model, history).run(stepsMax);
}

/** Histories of independent parts are linearizable if each part is (Herlihy and Wing's locality). */
export function checkPartitions<State, Input, Output>(
  model: SequentialModel<State, Input, Output>,
  history: readonly HistoryOperation<Input, Output>[],
  partOf: (input: Input) => string,
  options: SearchOptions = {},
): Verdict {
  const parts = Map.groupBy(history, ({ input }) => partOf(input));
  const verdicts = [...parts.values()].map((part) => checkLinearizable(model, part, options));
  if (verdicts.includes('not-linearizable')) return 'not-linearizable';
  return verdicts.includes('undecided') ? 'undecided' : 'linearizable';
}

/** The call or the return of an operation, in a list that operations are taken out of and put back into. */
interface Moment {
  readonly kind: 'call' | 'return';
  readonly operation: number;
  before: Moment | undefined;
  after: Moment | undefined;
}

interface Done<State> {
  readonly call: Moment;
  readonly before: State;
}

class Search<State, Input, Output> {
  readonly #model: SequentialModel<State, Input, Output>;
  readonly #history: readonly HistoryOperation<Input, Output>[];
  readonly #returns = new Map<number, Moment>();
  readonly #head: Moment;
  /** Which operations are done, a bit each. */
  readonly #done: Uint32Array;
  readonly #tried = new Set<string>();
  readonly #stack: Done<State>[] = [];
  #state: State;
  /** Operations that were answered and are not done yet. */
  #missing: number;

  constructor(
    model: SequentialModel<State, Input, Output>,
    history: readonly HistoryOperation<Input, Output>[],
  ) {
    this.#model = model;
    this.#history = history;
    this.#state = model.initial;
    this.#done = new Uint32Array(Math.ceil(history.length / 32));
    this.#missing = history.filter(({ output }) => output !== undefined).length;
    this.#head = { kind: 'call', operation: -1, before: undefined, after: undefined };
    this.#link();
  }

  run(stepsMax: number): Verdict {
    let moment = this.#head.after;
    for (let steps = 0; this.#missing > 0; steps++) {
      if (steps >= stepsMax) return 'undecided';
      if (moment?.kind === 'call') {
        moment = this.#tryNext(moment) ? this.#head.after : moment.after;
        continue;
      }
      // A return of something that is not done, or the end: one of those done before was a mistake.
      const last = this.#stack.pop();
      if (last === undefined) return 'not-linearizable';
      this.#undo(last);
      moment = last.call.after;
    }
    return 'linearizable';
  }

  /** Takes the operation for the next one, unless the model forbids it or the same was tried before. */
  #tryNext(call: Moment): boolean {
    const { input, output } = this.#operation(call);
    const next = this.#model.step(this.#state, input, output);
    if (next === undefined) return false;
    this.#flip(call.operation);
    const memory = `${this.#done.join()} ${this.#model.key(next)}`;
    if (this.#tried.has(memory)) {
      this.#flip(call.operation);
      return false;
    }
    this.#tried.add(memory);
    this.#stack.push({ call, before: this.#state });
    this.#state = next;
    if (output !== undefined) this.#missing--;
    this.#lift(call);
    return true;
  }

  #undo({ call, before }: Done<State>): void {
    this.#state = before;
    this.#flip(call.operation);
    if (this.#operation(call).output !== undefined) this.#missing++;
    this.#unlift(call);
  }

  #operation({ operation }: Moment): HistoryOperation<Input, Output> {
    return this.#history[operation] as HistoryOperation<Input, Output>;
  }

  #flip(operation: number): void {
    const word = operation >>> 5;
    this.#done[word] = (this.#done[word] as number) ^ (1 << (operation & 31));
  }

  /** All moments in the order of time; of equal ones calls come first, which allows more. */
  #link(): void {
    const moments = this.#history.flatMap(({ calledAt, returnedAt, output }, operation) => {
      const call = { at: calledAt, moment: createMoment('call', operation) };
      if (output === undefined) return [call];
      return [call, { at: returnedAt, moment: createMoment('return', operation) }];
    });
    const rank = (moment: Moment): number => (moment.kind === 'call' ? 0 : 1);
    moments.sort((a, b) => a.at - b.at || rank(a.moment) - rank(b.moment));
    let last = this.#head;
    for (const { moment } of moments) {
      if (moment.kind === 'return') this.#returns.set(moment.operation, moment);
      moment.before = last;
      last.after = moment;
      last = moment;
    }
  }

  /** Takes call and return out of the list. */
  #lift(call: Moment): void {
    unlink(call);
    const end = this.#returns.get(call.operation);
    if (end !== undefined) unlink(end);
  }

  /** Puts them back, in the opposite order. */
  #unlift(call: Moment): void {
    const end = this.#returns.get(call.operation);
    if (end !== undefined) relink(end);
    relink(call);
  }
}

const createMoment = (kind: Moment['kind'], operation: number): Moment => ({
  kind,
  operation,
  before: undefined,
  after: undefined,
});

function unlink(moment: Moment): void {
  if (moment.before !== undefined) moment.before.after = moment.after;
  if (moment.after !== undefined) moment.after.before = moment.before;
}

function relink(moment: Moment): void {
  if (moment.before !== undefined) moment.before.after = moment;
  if (moment.after !== undefined) moment.after.before = moment;
}
