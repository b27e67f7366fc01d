/**
 * What a write must not exceed before it is proposed: the size of one request, and the space that the store may
 * take. Exceeding the quota raises the NOSPACE alarm, which stops writes on every member until it is disarmed.
 */
import { etcdErrors, type EtcdErrorRow, type TxnRequest } from '@concord/protocol';
import { hasPut } from '@concord/kv';

/** etcd's default. */
const QUOTA_BYTES_DEFAULT = 2 * 1024 ** 3;

/** The quota that `--quota-backend-bytes` asks for: 0 stands for the default, a negative one for none. */
export function quotaBytesOf(flag: number): number {
  if (flag === 0) return QUOTA_BYTES_DEFAULT;
  return flag < 0 ? Infinity : flag;
}

/** What clients are told of it: without a quota etcd reports none. */
export function shownQuotaBytes(flag: number): number {
  const quotaBytes = quotaBytesOf(flag);
  return Number.isFinite(quotaBytes) ? quotaBytes : 0;
}

/** What etcd reckons that a put needs beside its key and value. */
const PUT_OVERHEAD_BYTES = 256;
/** What etcd reckons for a lease. */
const LEASE_OVERHEAD_BYTES = 64;

/**
 * The header that etcd puts before a request when it replicates it, and that counts towards the request's size: tag
 * (2 bytes) and length (1) of the field, and in it tag (1) and varint (9) of an id of 63 bits. That id begins with
 * 16 bits of the member's, so half of etcd's members come to 14: what any of them takes, this one does.
 */
const REPLICATION_HEADER_BYTES = 13;

export interface LimitOptions {
  /** `--max-request-bytes`: of a write as etcd replicates it. */
  readonly requestBytesMax: number;
  readonly txnOpsMax: number;
  readonly quotaBytes: number;
  /** Bytes that the store takes now. */
  readonly usedBytes: () => number;
  readonly isOutOfSpace: () => boolean;
  /** Called when a write would exceed the quota, for as long as no alarm is raised; `raised` comes when it is. */
  readonly raiseNoSpace: (raised: () => void) => void;
}

/** Hears why a request is refused, now or later. */
export type Refused = (error: EtcdErrorRow) => void;

export class Limits {
  readonly #options: LimitOptions;

  constructor(options: LimitOptions) {
    this.#options = options;
  }

  get txnOpsMax(): number {
    return this.#options.txnOpsMax;
  }

  /** Why a write is too large, if it is. Its payload has one byte before the request, as etcd's has a tag. */
  refuseSize(payload: Uint8Array): EtcdErrorRow | undefined {
    const bytes = REPLICATION_HEADER_BYTES + varintBytes(payload.length - 1) + payload.length;
    return bytes > this.#options.requestBytesMax ? etcdErrors.ErrRequestTooLarge : undefined;
  }

  /** Whether there is space for a put. If not, `refused` hears of it. */
  admitsPut(payload: Uint8Array, refused: Refused): boolean {
    return this.#admits(PUT_OVERHEAD_BYTES + payload.length, refused);
  }

  admitsTxn(txn: TxnRequest, payload: Uint8Array, refused: Refused): boolean {
    return !hasPut(txn) || this.#admits(PUT_OVERHEAD_BYTES + payload.length, refused);
  }

  admitsLease(refused: Refused): boolean {
    return this.#admits(LEASE_OVERHEAD_BYTES, refused);
  }

  #admits(bytes: number, refused: Refused): boolean {
    const { isOutOfSpace, usedBytes, quotaBytes, raiseNoSpace } = this.#options;
    if (isOutOfSpace()) {
      refused(etcdErrors.ErrNoSpace);
      return false;
    }
    if (usedBytes() + bytes < quotaBytes) return true;
    // The caller is told once the alarm is raised everywhere, so that it finds it when it asks.
    raiseNoSpace(() => refused(etcdErrors.ErrNoSpace));
    return false;
  }
}

/** Bytes of a length as protobuf writes it: 7 bits each. */
function varintBytes(length: number): number {
  let bytes = 1;
  for (let rest = length >>> 7; rest > 0; rest >>>= 7) bytes++;
  return bytes;
}
