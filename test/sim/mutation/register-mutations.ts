/** Ways to falsify a history of registers, for the search that judges without revisions. Every value is written once. */
import type { Random } from '@concord/testing';
import type { RegisterOperation } from '../checkers/registers.ts';
import { pickOf } from './answer-mutations.ts';

export type RegisterMutation = (
  history: readonly RegisterOperation[],
  random: Random,
) => RegisterOperation[] | undefined;

const isRead = ({ input, output }: RegisterOperation): boolean =>
  input.action.kind === 'read' && output !== undefined;

/** What an operation has certainly written. */
function writtenBy({ input: { action }, output }: RegisterOperation): string | undefined {
  if (action.kind === 'write') return output === undefined ? undefined : action.value;
  return action.kind === 'exchange' && output === true ? action.to : undefined;
}

const replaced = (
  history: readonly RegisterOperation[],
  old: RegisterOperation,
  change: Partial<RegisterOperation>,
): RegisterOperation[] => history.map((one) => (one === old ? { ...old, ...change } : one));

/** Pairs of writes of one register, of which the first was over before the second began, and a read after both. */
function overwritten(
  history: readonly RegisterOperation[],
  random: Random,
): [string, RegisterOperation] | undefined {
  for (const read of random.shuffled(history.filter(isRead)).slice(0, 20)) {
    const earlier = history.filter(
      (one) =>
        one.input.register === read.input.register &&
        (writtenBy(one) ?? '') !== '' &&
        one.returnedAt < read.calledAt,
    );
    const pairs = earlier.flatMap((first) =>
      earlier.filter((second) => second.calledAt > first.returnedAt).map(() => first),
    );
    const first = pickOf(random, pairs);
    const value = first && writtenBy(first);
    if (value !== undefined) return [value, read];
  }
  return undefined;
}

export const registerMutations: Readonly<Record<string, RegisterMutation>> = {
  'a register shows what was overwritten': (history, random) => {
    const found = overwritten(history, random);
    return found && replaced(history, found[1], { output: found[0] });
  },
  'a register shows what nobody wrote': (history, random) => {
    const read = pickOf(random, history.filter(isRead));
    return read && replaced(history, read, { output: 'nobody wrote this' });
  },
  'a register shows what is written later': (history, random) => {
    const reads = random.shuffled(history.filter(isRead)).slice(0, 20);
    for (const read of reads) {
      const later = history.filter(
        (one) =>
          one.input.register === read.input.register &&
          (writtenBy(one) ?? '') !== '' &&
          one.calledAt > read.returnedAt,
      );
      const write = pickOf(random, later);
      if (write !== undefined) return replaced(history, read, { output: writtenBy(write) });
    }
    return undefined;
  },
  'an exchange of a value that was never there succeeds': (history, random) => {
    const failed = history.filter(
      ({ input, output }) => input.action.kind === 'exchange' && output === false,
    );
    const exchange = pickOf(random, failed);
    if (exchange?.input.action.kind !== 'exchange') return undefined;
    const action = { ...exchange.input.action, from: 'never there' };
    return replaced(history, exchange, { input: { ...exchange.input, action }, output: true });
  },
};
