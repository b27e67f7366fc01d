/** Leases: spans of time that keys live for unless they are renewed. */
import { Lease } from '@concord/protocol';
import { durationMs, type Duration } from '../duration.ts';
import { keyText } from '../key-text.ts';
import { callOptionNames, checkNames, invalid, show, type CallOptions } from '../options.ts';
import type { KeySpace } from '../kv/key-space.ts';
import type { Caller } from '../transport/caller.ts';
import { leaseGone, type KeepAliveStream } from './keep-alive-stream.ts';

export interface GrantOptions extends CallOptions {
  /** The lease's id; the server chooses one by default. */
  readonly id?: bigint | undefined;
}

export interface LeaseGrant {
  readonly lease: bigint;
  /** What the server gave, which may be longer than what was asked for. */
  readonly ttlMs: number;
}

export interface LeaseTimeToLive {
  readonly lease: bigint;
  /** What is left of it. */
  readonly remainingMs: number;
  /** What it was granted for. */
  readonly ttlMs: number;
  /** The keys that go with it, if asked for; those of the client's namespace. */
  readonly keys: readonly string[];
}

export class Leases {
  readonly #caller: Caller;
  readonly #space: KeySpace;
  readonly #keepAlive: KeepAliveStream;

  constructor(caller: Caller, space: KeySpace, keepAlive: KeepAliveStream) {
    this.#caller = caller;
    this.#space = space;
    this.#keepAlive = keepAlive;
  }

  /** Makes a lease of `ttl`; the server counts in seconds, so it is rounded up to a whole one. */
  async grant(ttl: Duration, options: GrantOptions = {}): Promise<LeaseGrant> {
    checkNames(options, [...callOptionNames, 'id'], 'leases.grant');
    const ttlSeconds = Math.ceil(durationMs(ttl, 'leases.grant: ttl', 1) / 1000);
    const { id = 0n } = options;
    checkLease(id, 'leases.grant');
    const method = Lease.methods.leaseGrant;
    const request = method.request.create({ TTL: ttlSeconds, ID: id });
    // One that was granted twice runs out by itself; an id of its own can't be granted twice.
    const effect = id === 0n ? 'read' : 'write';
    const about = { operation: 'leases.grant', effect } as const;
    const { ID, TTL } = await this.#caller.call(method, request, about, options);
    return { lease: ID, ttlMs: TTL * 1000 };
  }

  /**
   * Ends a lease; the keys that go with it are deleted.
   *
   * @throws ConcordError `NOT_FOUND` if it is gone, also by a first attempt whose answer was lost
   */
  async revoke(lease: bigint, options: CallOptions = {}): Promise<void> {
    checkNames(options, callOptionNames, 'leases.revoke');
    checkLease(lease, 'leases.revoke');
    const method = Lease.methods.leaseRevoke;
    // Twice does no harm, and a lease that lives on after all would.
    const about = { operation: 'leases.revoke', subject: show(lease), effect: 'read' } as const;
    await this.#caller.call(method, method.request.create({ ID: lease }), about, options);
  }

  /**
   * Renews a lease once.
   *
   * @throws ConcordError `NOT_FOUND` if it is gone
   */
  async renew(lease: bigint, options: CallOptions = {}): Promise<LeaseGrant> {
    checkNames(options, callOptionNames, 'leases.renew');
    checkLease(lease, 'leases.renew');
    return await this.#keepAlive.renewOnce(lease, options);
  }

  /**
   * What is left of a lease.
   *
   * @throws ConcordError `NOT_FOUND` if it is gone
   */
  async timeToLive(
    lease: bigint,
    options: CallOptions & { readonly keys?: boolean | undefined } = {},
  ): Promise<LeaseTimeToLive> {
    checkNames(options, [...callOptionNames, 'keys'], 'leases.timeToLive');
    checkLease(lease, 'leases.timeToLive');
    const method = Lease.methods.leaseTimeToLive;
    const request = method.request.create({ ID: lease, keys: options.keys ?? false });
    const about = { operation: 'leases.timeToLive', subject: show(lease), effect: 'read' } as const;
    const { TTL, grantedTTL, keys } = await this.#caller.call(method, request, about, options);
    if (TTL < 0) throw leaseGone('leases.timeToLive', lease);
    return {
      lease,
      remainingMs: TTL * 1000,
      ttlMs: grantedTTL * 1000,
      keys: keys
        .filter((key) => this.#space.holds(key))
        .map((key) => keyText(this.#space.strip(key))),
    };
  }

  /** The ids of all leases of the cluster. */
  async list(options: CallOptions = {}): Promise<readonly bigint[]> {
    checkNames(options, callOptionNames, 'leases.list');
    const method = Lease.methods.leaseLeases;
    const about = { operation: 'leases.list', effect: 'read' } as const;
    const { leases } = await this.#caller.call(method, method.request.create(), about, options);
    return leases.map(({ ID }) => ID);
  }
}

function checkLease(lease: unknown, operation: string): void {
  if (typeof lease !== 'bigint' || lease < 0n) {
    throw invalid(operation, `${show(lease)} is no lease`, 'give its id, a bigint');
  }
}
