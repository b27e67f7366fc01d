/** Which keys a transaction may write, whichever of its branches are taken. */
import {
  decodeKeyRange,
  isEmpty,
  toByteString,
  type ByteString,
  type KeyRange,
  type RequestOp,
  type TxnRequest,
} from '@concord/protocol';

export class WrittenKeys {
  readonly keys = new Set<ByteString>();
  readonly ranges: KeyRange[] = [];
  /** Something in it has no key or no kind: the cluster refuses it. */
  isMalformed = false;
  /** Operations in the longest lists of it and of what is nested in it, which is what members limit. */
  readonly depth: number;

  constructor(request: TxnRequest) {
    this.depth = this.#take(request);
  }

  get isNothing(): boolean {
    return this.keys.size === 0 && this.ranges.length === 0;
  }

  #take({ compare, success, failure }: TxnRequest): number {
    let nested = 0;
    for (const operation of success) nested = Math.max(nested, this.#takeOne(operation));
    for (const operation of failure) nested = Math.max(nested, this.#takeOne(operation));
    return Math.max(compare.length, success.length, failure.length) + nested;
  }

  #takeOne({ request }: RequestOp): number {
    switch (request?.case) {
      case 'requestTxn':
        return this.#take(request.value);
      case 'requestPut':
        this.#write(request.value.key, new Uint8Array());
        return 0;
      case 'requestDeleteRange':
        this.#write(request.value.key, request.value.rangeEnd);
        return 0;
      case 'requestRange':
        return 0;
      case undefined:
        this.isMalformed = true;
        return 0;
    }
  }

  #write(key: Uint8Array, rangeEnd: Uint8Array): void {
    if (key.length === 0) this.isMalformed = true;
    else if (rangeEnd.length === 0) this.keys.add(toByteString(key));
    else {
      const range = decodeKeyRange(key, rangeEnd);
      if (!isEmpty(range)) this.ranges.push(range);
    }
  }
}
