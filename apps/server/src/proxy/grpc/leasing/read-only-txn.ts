/**
 * A transaction that reads owned keys alone, answered without the cluster. No write to any of them is under way, so what
 * they hold is what the cluster holds, all of it at this moment.
 */
import { numbersHold, valueHolds } from '@concord/kv';
import {
  Compare_CompareTarget as CompareTarget,
  ResponseHeader,
  toByteString,
  TxnResponse,
  type Compare,
  type RequestOp,
  type ResponseOp,
  type TxnRequest,
} from '@concord/protocol';
import { answerOf, isOfOneKey } from './key-answer.ts';
import type { Ownership, Pair } from './ownership.ts';

/** A member's own default; it refuses what is longer. */
const OPERATIONS_MAX = 128;

/** Undefined where the cluster has to be asked. */
export function answerTxn(request: TxnRequest, ownership: Ownership): TxnResponse | undefined {
  const { compare, success, failure } = request;
  if (Math.max(compare.length, success.length, failure.length) > OPERATIONS_MAX) return undefined;
  // What is wrong with an operation of the branch that is not taken is the cluster's to say.
  if (![...success, ...failure].every(isReadOfOneKey) || !compare.every(isOnOneKey)) {
    return undefined;
  }
  const succeeded = decide(compare, ownership);
  if (succeeded === undefined) return undefined;
  let header: ResponseHeader | undefined;
  const responses: ResponseOp[] = [];
  for (const { request: operation } of succeeded ? success : failure) {
    if (operation?.case !== 'requestRange') return undefined;
    const read = ownership.read(toByteString(operation.value.key));
    if (read === undefined) return undefined;
    header = read.header;
    const within = ResponseHeader.create({ revision: header.revision });
    const value = answerOf(operation.value, read.pair, within);
    responses.push({ response: { case: 'responseRange', value } });
  }
  // Without a read there is nothing that would say how far the cluster is.
  if (header === undefined) return undefined;
  return TxnResponse.create({ header, succeeded, responses });
}

/** Whether all conditions hold. */
function decide(compares: readonly Compare[], ownership: Ownership): boolean | undefined {
  let allHold = true;
  for (const compare of compares) {
    const read = ownership.read(toByteString(compare.key));
    if (read === undefined) return undefined;
    allHold &&= holds(compare, read.pair);
  }
  return allHold;
}

function holds(compare: Compare, pair: Pair): boolean {
  if (compare.target !== CompareTarget.VALUE) return numbersHold(compare, pair);
  return pair !== undefined && valueHolds(compare, pair.value);
}

const isReadOfOneKey = ({ request }: RequestOp): boolean =>
  request?.case === 'requestRange' && isOfOneKey(request.value);

const isOnOneKey = ({ key, rangeEnd }: Compare): boolean => key.length > 0 && rangeEnd.length === 0;
