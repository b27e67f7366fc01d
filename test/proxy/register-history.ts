/**
 * Random reads and writes of some keys by clients at several places, and whether what each key was seen to hold could have
 * happened one after the other. Deletions of ranges and transactions count as a write of each of their keys.
 */
import {
  checkPartitions,
  type HistoryOperation,
  type Random,
  type SequentialModel,
  type Verdict,
} from '@concord/testing';

/** What a key holds; undefined for none. */
export type Held = string | undefined;

export type RegisterInput =
  | { readonly kind: 'read'; readonly key: string }
  | { readonly kind: 'write'; readonly key: string; readonly value: Held }
  /** Writes if it holds `expected`. */
  | {
      readonly kind: 'exchange';
      readonly key: string;
      readonly expected: Held;
      readonly value: string;
    };

export interface RegisterOutput {
  /** Of a read. */
  readonly held?: Held;
  /** Of an exchange. */
  readonly succeeded?: boolean;
}

type RegisterOperation = HistoryOperation<RegisterInput, RegisterOutput>;

const register: SequentialModel<{ readonly held: Held }, RegisterInput, RegisterOutput> = {
  initial: { held: undefined },
  key: ({ held }) => held ?? ' ',
  step(state, input, output) {
    switch (input.kind) {
      case 'read':
        return output === undefined || output.held === state.held ? state : undefined;
      case 'write':
        return { held: input.value };
      case 'exchange': {
        const succeeds = state.held === input.expected;
        if (output !== undefined && output.succeeded !== succeeds) return undefined;
        return succeeds ? { held: input.value } : state;
      }
    }
  },
};

export class RegisterHistory {
  readonly #operations: RegisterOperation[] = [];
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  get length(): number {
    return this.#operations.length;
  }

  /** Records a call, which rejects where nobody knows what came of it. */
  async record(
    inputs: readonly RegisterInput[],
    call: () => Promise<readonly RegisterOutput[]>,
  ): Promise<readonly RegisterOutput[] | undefined> {
    const calledAt = this.#now();
    const outputs = await call().catch(() => undefined);
    const returnedAt = outputs === undefined ? Infinity : this.#now();
    for (const [i, input] of inputs.entries()) {
      // A read that nobody heard of says nothing.
      if (outputs === undefined && input.kind === 'read') continue;
      this.#operations.push({ input, output: outputs?.[i], calledAt, returnedAt });
    }
    return outputs;
  }

  judge(): Verdict {
    return checkPartitions(register, this.#operations, ({ key }) => key);
  }
}

/** The next thing that a client does; `value` is nobody else's. */
export function nextInput(random: Random, key: string, value: string, seen: Held): RegisterInput {
  const choice = random.integer(0, 9);
  if (choice < 6) return { kind: 'read', key };
  if (choice < 8) return { kind: 'write', key, value };
  if (choice < 9) return { kind: 'write', key, value: undefined };
  return { kind: 'exchange', key, expected: seen, value };
}
