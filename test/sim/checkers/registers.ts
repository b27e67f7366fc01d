/**
 * Judges the registers as if answers had no revisions and there were no log: by a search for an order in which all of
 * it could have happened. It shares nothing with the other checkers, so that they are checked too.
 */
import { ok } from 'node:assert/strict';
import { toByteString } from '@concord/protocol';
import {
  checkPartitions,
  type HistoryOperation,
  type SequentialModel,
  type Verdict,
} from '@concord/testing';
import type { History, Operation } from '../history.ts';
import { REGISTER_PREFIX } from '../requests.ts';

type Action =
  | { readonly kind: 'read' }
  | { readonly kind: 'write'; readonly value: string }
  | { readonly kind: 'exchange'; readonly from: string; readonly to: string };
interface Input {
  readonly register: string;
  readonly action: Action;
}
/** What was read, whether it was exchanged, or that it was written. */
type Output = string | boolean;
export type RegisterOperation = HistoryOperation<Input, Output>;

const STEPS_MAX = 200_000;
const ABSENT = '';

export const registerModel: SequentialModel<string, Input, Output> = {
  initial: ABSENT,
  step: (state, { action }, output) => {
    switch (action.kind) {
      case 'read':
        return output === undefined || output === state ? state : undefined;
      case 'write':
        return action.value;
      case 'exchange': {
        const succeeds = state === action.from;
        if (output !== undefined && output !== succeeds) return undefined;
        return succeeds ? action.to : state;
      }
    }
  },
  key: (state) => state,
};

/** `undecided` where the search would take too long. */
export function checkRegisters(history: History): Verdict {
  const verdict = judgeRegisters(registersOf(history));
  ok(verdict !== 'not-linearizable', 'the registers could not have answered so in any order');
  return verdict;
}

export const judgeRegisters = (operations: readonly RegisterOperation[]): Verdict =>
  checkPartitions(registerModel, operations, ({ register }) => register, { stepsMax: STEPS_MAX });

export function registersOf({ operations }: History): RegisterOperation[] {
  return operations.flatMap((operation) => {
    const input = inputOf(operation);
    const { invokedAtMs: calledAt, completedAtMs, outcome } = operation;
    if (input === undefined || outcome?.kind === 'refused') return [];
    const output = outcome?.kind === 'ok' ? outputOf(operation) : undefined;
    return [
      { input, output, calledAt, returnedAt: output === undefined ? Infinity : completedAtMs },
    ];
  });
}

function inputOf(operation: Operation): Input | undefined {
  switch (operation.kind) {
    case 'put': {
      const { key, value } = (operation as Operation<'put'>).request;
      return inputFor(toByteString(key), { kind: 'write', value: toByteString(value) });
    }
    case 'delete-range': {
      const { key } = (operation as Operation<'delete-range'>).request;
      return inputFor(toByteString(key), { kind: 'write', value: ABSENT });
    }
    case 'range': {
      const { key, rangeEnd } = (operation as Operation<'range'>).request;
      return rangeEnd.length > 0 ? undefined : inputFor(toByteString(key), { kind: 'read' });
    }
    case 'txn': {
      const { compare, success } = (operation as Operation<'txn'>).request;
      const put = success[0]?.request;
      const union = compare[0]?.targetUnion;
      if (put?.case !== 'requestPut' || union === undefined) return undefined;
      const from = union.case === 'value' ? toByteString(union.value) : ABSENT;
      const action = { kind: 'exchange', from, to: toByteString(put.value.value) } as const;
      return inputFor(toByteString(put.value.key), action);
    }
    default:
      return undefined;
  }
}

const inputFor = (register: string, action: Action): Input | undefined =>
  register.startsWith(REGISTER_PREFIX) ? { register, action } : undefined;

function outputOf(operation: Operation): Output {
  if (operation.kind === 'range') {
    const { outcome } = operation as Operation<'range'>;
    const kv = outcome?.kind === 'ok' ? outcome.response.kvs[0] : undefined;
    return kv === undefined ? ABSENT : toByteString(kv.value);
  }
  if (operation.kind === 'txn') {
    const { outcome } = operation as Operation<'txn'>;
    return outcome?.kind === 'ok' && outcome.response.succeeded;
  }
  return true;
}
