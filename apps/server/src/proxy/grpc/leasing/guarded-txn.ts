/**
 * A client's transaction inside one that holds only while its keys are nobody else's. Behind it owned keys are read again,
 * as many as members let a transaction have operations: what it did depends on its conditions.
 */
import {
  fromByteString,
  TxnRequest,
  TxnResponse,
  type ByteString,
  type Compare,
  type RequestOp,
} from '@concord/protocol';
import { reading, single } from './guards.ts';
import { firstPair, keptPair } from './key-answer.ts';
import type { After, Pair } from './ownership.ts';

/** A member's own default, of the lists around an operation together. */
const OPERATIONS_MAX = 128;

export interface Guards {
  /** That the keys are nobody else's. */
  readonly compare: readonly Compare[];
  /** What to read where they are not. */
  readonly failure: readonly RequestOp[];
}

export class GuardedTxn {
  readonly request: TxnRequest;
  readonly #isFlat: boolean;
  readonly #reread: readonly ByteString[];
  /** Answers before those to what is read again. */
  readonly #ownCount: number;

  /** @param depth operations of the client's transaction on the longest way down. @param owned what it may change */
  constructor(
    own: TxnRequest,
    depth: number,
    { compare, failure }: Guards,
    owned: readonly ByteString[],
  ) {
    // Without conditions there is nothing to tell apart: so it may have as many operations as without a proxy.
    this.#isFlat = own.compare.length === 0;
    const operations: readonly RequestOp[] = this.#isFlat
      ? own.success
      : [{ request: { case: 'requestTxn', value: own } }];
    this.#ownCount = operations.length;
    const below = this.#isFlat ? depth - own.success.length : depth;
    const room = Math.max(compare.length, OPERATIONS_MAX - below) - operations.length;
    this.#reread = owned.slice(0, Math.max(0, room));
    this.request = TxnRequest.create({
      compare: [...compare],
      success: [...operations, ...this.#reread.map((key) => reading(single(fromByteString(key))))],
      failure: [...failure],
    });
  }

  /** What it left behind in the keys that were read again. */
  after({ responses }: TxnResponse): After {
    const pairs = new Map<ByteString, Pair>(
      this.#reread.map((key, i) => [key, keptPair(firstPair(responses[this.#ownCount + i]))]),
    );
    return (key) => (pairs.has(key) ? pairs.get(key) : 'unknown');
  }

  /** What the client is told. */
  answer({ header, succeeded, responses }: TxnResponse): TxnResponse {
    if (this.#isFlat) {
      return TxnResponse.create({
        header,
        succeeded,
        responses: responses.slice(0, this.#ownCount),
      });
    }
    const [first] = responses;
    const own = first?.response?.case === 'responseTxn' ? first.response.value : undefined;
    return TxnResponse.create({ ...own, header });
  }
}
