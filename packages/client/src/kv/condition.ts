/** Conditions of a transaction: what must hold for its `then` to be carried out. */
import { Compare, Compare_CompareResult, Compare_CompareTarget } from '@concord/protocol';
import { invalid, show } from '../options.ts';
import { bytesOf, type KeyRange, type KeySpace } from './key-space.ts';

/** `=` equals, `!=` differs, `<` below, `>` above the operand. */
export type Comparison = '=' | '!=' | '<' | '>';

const results = {
  '=': Compare_CompareResult.EQUAL,
  '!=': Compare_CompareResult.NOT_EQUAL,
  '<': Compare_CompareResult.LESS,
  '>': Compare_CompareResult.GREATER,
} as const satisfies Record<Comparison, number>;

/** A condition, to hand to `txn().if(…)`. Of a range it must hold for every key there is in it. */
export interface Condition {
  readonly range: KeyRange;
  readonly comparison: Comparison;
  readonly target:
    | { readonly of: 'version' | 'createRevision' | 'modRevision'; readonly operand: number }
    | { readonly of: 'value'; readonly operand: string | Uint8Array }
    | { readonly of: 'lease'; readonly operand: bigint };
}

/** The key is there. */
export function exists(key: KeyRange): Condition {
  return { range: key, comparison: '>', target: { of: 'createRevision', operand: 0 } };
}

/** The key is not there. */
export function missing(key: KeyRange): Condition {
  return { range: key, comparison: '=', target: { of: 'createRevision', operand: 0 } };
}

/** What of a key is compared; a key that is not there has 0 everywhere, and no value to compare. */
export interface Comparable {
  version(comparison: Comparison, operand: number): Condition;
  createRevision(comparison: Comparison, operand: number): Condition;
  modRevision(comparison: Comparison, operand: number): Condition;
  value(comparison: Comparison, operand: string | Uint8Array): Condition;
  lease(comparison: Comparison, operand: bigint): Condition;
}

/** `compare('/a').modRevision('=', 7)`: a condition on a key, or on every key of a range. */
export function compare(range: KeyRange): Comparable {
  const number =
    (of: 'version' | 'createRevision' | 'modRevision') =>
    (comparison: Comparison, operand: number): Condition => {
      if (!Number.isSafeInteger(operand)) {
        throw invalid(`compare.${of}`, `operand is ${show(operand)}`, 'give an integer');
      }
      return { range, comparison: checked(comparison, of), target: { of, operand } };
    };
  return {
    version: number('version'),
    createRevision: number('createRevision'),
    modRevision: number('modRevision'),
    value: (comparison, operand) => {
      if (typeof operand !== 'string' && !((operand as unknown) instanceof Uint8Array)) {
        throw invalid('compare.value', `operand is ${show(operand)}`, 'give a string or bytes');
      }
      return { range, comparison: checked(comparison, 'value'), target: { of: 'value', operand } };
    },
    lease: (comparison, operand) => {
      if (typeof operand !== 'bigint') {
        throw invalid('compare.lease', `operand is ${show(operand)}`, 'give a bigint');
      }
      return { range, comparison: checked(comparison, 'lease'), target: { of: 'lease', operand } };
    },
  };
}

function checked(comparison: Comparison, of: string): Comparison {
  if (Object.hasOwn(results, comparison)) return comparison;
  throw invalid(`compare.${of}`, `comparison is ${show(comparison)}`, 'give "=", "!=", "<" or ">"');
}

/** The condition as the server takes it. */
export function wireCondition(condition: Condition, space: KeySpace, operation: string): Compare {
  const { key, rangeEnd } = space.range(condition.range, operation);
  const { target } = condition;
  const fields = { key, rangeEnd, result: results[condition.comparison] };
  switch (target.of) {
    case 'version':
      return Compare.create({
        ...fields,
        target: Compare_CompareTarget.VERSION,
        targetUnion: { case: 'version', value: target.operand },
      });
    case 'createRevision':
      return Compare.create({
        ...fields,
        target: Compare_CompareTarget.CREATE,
        targetUnion: { case: 'createRevision', value: target.operand },
      });
    case 'modRevision':
      return Compare.create({
        ...fields,
        target: Compare_CompareTarget.MOD,
        targetUnion: { case: 'modRevision', value: target.operand },
      });
    case 'value':
      return Compare.create({
        ...fields,
        target: Compare_CompareTarget.VALUE,
        targetUnion: { case: 'value', value: bytesOf(target.operand) },
      });
    case 'lease':
      return Compare.create({
        ...fields,
        target: Compare_CompareTarget.LEASE,
        targetUnion: { case: 'lease', value: target.operand },
      });
    default:
      return target satisfies never;
  }
}
