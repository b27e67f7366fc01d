/** Which keys a transaction may change, whatever its comparisons come to. */
import { decodeKeyRange, type KeyRange, type RequestOp, type TxnRequest } from '@concord/protocol';

export function touchedRanges({ success, failure }: TxnRequest): KeyRange[] {
  return [...success, ...failure].flatMap(rangesOf);
}

function rangesOf({ request }: RequestOp): KeyRange[] {
  switch (request?.case) {
    case 'requestPut':
      return [decodeKeyRange(request.value.key, new Uint8Array())];
    case 'requestDeleteRange':
      return [decodeKeyRange(request.value.key, request.value.rangeEnd)];
    case 'requestTxn':
      return touchedRanges(request.value);
    case 'requestRange':
    case undefined:
      return [];
  }
}
