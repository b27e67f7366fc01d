/**
 * One client: a call at a time, at a member of its own as long as that answers and at the next ones where it does
 * not. Holds a lease now and then, renews it for a while, and then revokes it or lets it end.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { LeaseGrantRequest, LeaseKeepAliveRequest, LeaseRevokeRequest } from '@concord/protocol';
import type { Random } from '@concord/testing';
import type { HistoryBook, Operation } from '../history.ts';
import { methods, type CallKind, type RequestOf } from './calls.ts';
import type { Connections } from './connections.ts';
import { Requests } from './requests.ts';

/** A call without an answer for so long is over for its client; the server may go on with it. */
const CALL_MS_MAX = 2_000;
/** Between two calls: 12 clients make some hundred calls a second, which leaves the machine to the members. */
const PAUSE_MS = { min: 5, max: 40 } as const;
const TTL_SECONDS = { min: 1, max: 3 } as const;
/** Calls at another member before a client tries its own again. */
const CALLS_AWAY = 20;

export interface CallerOptions {
  readonly name: string;
  readonly number: number;
  readonly home: number;
  readonly random: Random;
  readonly connections: Connections;
  readonly book: HistoryBook;
}

interface HeldLease {
  readonly id: bigint;
  readonly ttlSeconds: number;
  renewedAtMs: number;
  /** How often it is renewed before it is let go. */
  renewalsLeft: number;
  readonly ends: 'revoked' | 'expired';
}

export class Caller {
  readonly #options: CallerOptions;
  readonly #requests: Requests;
  #member: number;
  #callsAway = 0;
  #lease: HeldLease | undefined;
  #leasesMade = 0;

  constructor(options: CallerOptions) {
    this.#options = options;
    this.#requests = new Requests(options.name, options.random);
    this.#member = options.home;
  }

  /** Calls until it is told to stop, and ends the call under way. */
  async work(stop: AbortSignal): Promise<void> {
    const { random } = this.#options;
    while (!stop.aborted) {
      await this.#step();
      await sleep(random.integer(PAUSE_MS.min, PAUSE_MS.max));
    }
  }

  async #step(): Promise<void> {
    const { random } = this.#options;
    if (this.#lease === undefined && random.chance(0.02)) return this.#grant();
    if (this.#lease !== undefined && (await this.#tend(this.#lease))) return;
    const { kind, request } = this.#requests.next(this.#lease?.id);
    const operation = await this.#call(kind, request);
    if (
      operation.outcome.kind === 'failed' &&
      operation.outcome.message.includes('lease not found')
    )
      this.#lease = undefined;
    const { outcome } = operation;
    if (outcome.kind !== 'ok') return;
    const { response } = outcome;
    const kvs = 'kvs' in response ? response.kvs : [];
    // Reads of the past tell old revisions of keys: comparisons with them fail, which is to happen too.
    this.#requests.saw(response.header?.revision ?? 1, kvs);
  }

  async #grant(): Promise<void> {
    const { random, number } = this.#options;
    const ttlSeconds = random.integer(TTL_SECONDS.min, TTL_SECONDS.max);
    const id = BigInt(number + 1) * 1_000_000n + BigInt(++this.#leasesMade);
    const request = LeaseGrantRequest.create({ ID: id, TTL: ttlSeconds });
    const { outcome, invokedAtMs } = await this.#call('lease-grant', request);
    if (outcome.kind === 'failed') return;
    this.#lease = {
      id,
      ttlSeconds,
      renewedAtMs: invokedAtMs,
      renewalsLeft: random.integer(0, 8),
      ends: random.chance(0.3) ? 'revoked' : 'expired',
    };
  }

  /** Renews or ends the lease where it is time to; says whether it did. */
  async #tend(lease: HeldLease): Promise<boolean> {
    const ageMs = performance.now() - lease.renewedAtMs;
    if (ageMs < (lease.ttlSeconds * 1000) / 3) return false;
    if (lease.renewalsLeft === 0) {
      if (lease.ends === 'expired' && ageMs < lease.ttlSeconds * 3_000) return false;
      this.#lease = undefined;
      if (lease.ends === 'expired') return false;
      await this.#call('lease-revoke', LeaseRevokeRequest.create({ ID: lease.id }));
      return true;
    }
    lease.renewalsLeft -= 1;
    const request = LeaseKeepAliveRequest.create({ ID: lease.id });
    const { outcome, invokedAtMs } = await this.#call('lease-keep-alive', request);
    if (outcome.kind === 'ok') {
      lease.renewedAtMs = invokedAtMs;
      if (outcome.response.TTL <= 0) this.#lease = undefined;
    }
    return true;
  }

  async #call<Kind extends CallKind>(
    kind: Kind,
    request: RequestOf<Kind>,
  ): Promise<Operation<Kind>> {
    const { connections, book, name } = this.#options;
    this.#choose();
    const client = connections.to(this.#member);
    const operation = book.invoke(name, this.#member, kind, request);
    const method = methods[kind] as Parameters<typeof client.call>[0];
    const how = kind === 'lease-keep-alive' ? 'ask' : 'call';
    operation.outcome = (await client[how](
      method,
      request,
      CALL_MS_MAX,
    )) as typeof operation.outcome;
    operation.completedAtMs = performance.now();
    if (isDisappointing(operation)) {
      this.#member = connections.after(this.#member);
      this.#callsAway = CALLS_AWAY;
    }
    return operation;
  }

  #choose(): void {
    const { connections, home } = this.#options;
    const { members } = connections;
    if (this.#member !== home && --this.#callsAway <= 0 && members.includes(home)) {
      this.#member = home;
    }
    if (!members.includes(this.#member)) this.#member = connections.after(this.#member);
  }
}

/** No answer, or nobody there: another member may do better. A refusal is an answer. */
const isDisappointing = ({ outcome }: Operation): boolean =>
  outcome.kind === 'unknown' ||
  (outcome.kind === 'failed' && outcome.message.startsWith('UNAVAILABLE'));
