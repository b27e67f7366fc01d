/**
 * What a write must not exceed before it is proposed: the size of one request, and the space that the store may
 * take. Exceeding the quota raises the NOSPACE alarm, which stops writes on every member until it is disarmed.
 */
import { etcdErrors, type EtcdErrorRow, type TxnRequest } from '@concord/protocol';
import { hasPut } from '@concord/kv';

/** etcd's default; a negative flag means none. */
export const QUOTA_BYTES_DEFAULT = 2 * 1024 ** 3;

/** What etcd reckons that a put needs beside its key and value. */
const PUT_OVERHEAD_BYTES = 256;
/** What etcd reckons for a lease. */
const LEASE_OVERHEAD_BYTES = 64;

export interface LimitOptions {
  readonly requestBytesMax: number;
  readonly txnOpsMax: number;
  readonly quotaBytes: number;
  /** Bytes that the store takes now. */
  readonly usedBytes: () => number;
  readonly isOutOfSpace: () => boolean;
  /** Called when a write would exceed the quota, for as long as no alarm is raised. */
  readonly raiseNoSpace: () => void;
}

export class Limits {
  readonly #options: LimitOptions;

  constructor(options: LimitOptions) {
    this.#options = options;
  }

  get txnOpsMax(): number {
    return this.#options.txnOpsMax;
  }

  refuseSize(payload: Uint8Array): EtcdErrorRow | undefined {
    return payload.length > this.#options.requestBytesMax
      ? etcdErrors.ErrRequestTooLarge
      : undefined;
  }

  /** For a request that needs about as much space as its own size. */
  refuseSpace(bytes: number): EtcdErrorRow | undefined {
    if (this.#options.isOutOfSpace()) return etcdErrors.ErrNoSpace;
    if (this.#options.usedBytes() + bytes < this.#options.quotaBytes) return undefined;
    this.#options.raiseNoSpace();
    return etcdErrors.ErrNoSpace;
  }

  refusePut(payload: Uint8Array): EtcdErrorRow | undefined {
    return this.refuseSpace(PUT_OVERHEAD_BYTES + payload.length);
  }

  refuseTxn(txn: TxnRequest, payload: Uint8Array): EtcdErrorRow | undefined {
    return hasPut(txn) ? this.refuseSpace(PUT_OVERHEAD_BYTES + payload.length) : undefined;
  }

  refuseLease(): EtcdErrorRow | undefined {
    return this.refuseSpace(LEASE_OVERHEAD_BYTES);
  }
}
