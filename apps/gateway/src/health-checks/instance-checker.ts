/**
 * Checks one instance for as long as this gateway leads its shard: keeps its lease alive, asks how it is, and says so in
 * its state. What is unhealthy is `starting`: listed, and not picked.
 */
import { ConcordError, compare, missing, op, type Client } from '@concord/client';
import { registryKeys } from '@concord/registry/records';
import type { Log } from '../log.ts';
import { spanMs } from '../live/long-poll.ts';
import { instanceOf, type ServiceDirectory } from '../services/service-directory.ts';
import type { InstanceName, Registrar } from '../services/registrar.ts';
import { checkKeys } from './check-keys.ts';
import type { CheckResult, StoredCheck } from './health-check-schemas.ts';
import { HealthJudge, type Health } from './health-judge.ts';
import { probe, type Verdict } from './probes.ts';
import type { NetworkGuard } from './network-guard.ts';
import type { Slots } from './slots.ts';

const JITTER = 0.1;
/** So many renewals fall into a lease's time. */
const RENEWALS = 3;
const RENEWAL_MS_MIN = 500;

export interface CheckerWorld {
  readonly client: Client;
  readonly directory: ServiceDirectory;
  readonly registrar: Registrar;
  readonly guard: NetworkGuard;
  readonly slots: Slots;
  readonly log: Log;
  /** Names this gateway in results. */
  readonly gateway: string;
}

export class InstanceChecker implements Disposable {
  readonly #world: CheckerWorld;
  readonly #name: InstanceName;
  readonly #stored: StoredCheck;
  readonly #judge: HealthJudge;
  #checking: NodeJS.Timeout | undefined;
  #renewing: NodeJS.Timeout | undefined;
  #isEnded = false;

  constructor(world: CheckerWorld, name: InstanceName, stored: StoredCheck, health: Health) {
    this.#world = world;
    this.#name = name;
    this.#stored = stored;
    this.#judge = new HealthJudge(stored.check, health);
    // All checks of a shard begin together: they spread over an interval from the first on.
    this.#checking = setTimeout(() => void this.#check(), Math.random() * this.#intervalMs);
    void this.#renew();
  }

  [Symbol.dispose](): void {
    this.#isEnded = true;
    clearTimeout(this.#checking);
    clearTimeout(this.#renewing);
  }

  get #intervalMs(): number {
    return spanMs(this.#stored.check.interval);
  }

  async #check(): Promise<void> {
    const { slots, log } = this.#world;
    try {
      const verdict = await slots.run(() => this.#verdict());
      if (this.#isEnded || verdict === undefined) return;
      if (this.#judge.take(verdict)) await this.#say(verdict);
      else await this.#correct();
    } catch (error) {
      // The cluster is away, or somebody fights for the key: the next check sees.
      log.debug({ err: error, ...this.#name }, 'the result of a health check was not written');
    } finally {
      if (!this.#isEnded) {
        const waitMs = this.#intervalMs * (1 - JITTER + 2 * JITTER * Math.random());
        this.#checking = setTimeout(() => void this.#check(), waitMs);
      }
    }
  }

  /** Undefined while it is not registered: there is nobody to ask. */
  async #verdict(): Promise<Verdict | undefined> {
    const { directory, guard } = this.#world;
    const { service, id } = this.#name;
    const { check } = this.#stored;
    const entry = directory.entry(service, id);
    const instance = entry === undefined ? undefined : instanceOf(service, id, entry);
    if (entry === undefined || instance === undefined) return undefined;
    if (check.kind === 'ttl') return await this.#silence(entry.lease, spanMs(check.ttl));
    return await probe(check, instance, guard);
  }

  /** How long ago its last heartbeat was shows in what is left of its lease. */
  async #silence(lease: bigint, ttlMs: number): Promise<Verdict> {
    const left = await this.#world.client.leases.timeToLive(lease);
    const silentMs = left.ttlMs - left.remainingMs;
    const detail = `its last heartbeat was ${Math.round(silentMs / 1000)} s ago`;
    return { isUp: silentMs <= ttlMs, detail };
  }

  async #say({ isUp, detail }: Verdict): Promise<void> {
    const { client, gateway, log } = this.#world;
    const { service, id } = this.#name;
    log.info({ service, id, detail }, isUp ? 'an instance is healthy' : 'an instance is unhealthy');
    const result: CheckResult = {
      health: isUp ? 'healthy' : 'unhealthy',
      since: new Date().toISOString(),
      detail,
      gateway,
    };
    // With the check alone: one that was removed meanwhile leaves nothing behind.
    const key = checkKeys.check(service, id);
    await client.kv
      .txn()
      .if(compare(key).createRevision('!=', 0))
      .then(op.put(checkKeys.result(service, id), JSON.stringify(result)))
      .commit();
    // Last: who sees the state can read why.
    await this.#correct();
  }

  /** The state is what the checks say, unless it goes. */
  async #correct(): Promise<void> {
    const { directory, registrar } = this.#world;
    const { service, id } = this.#name;
    if (this.#judge.health === 'unknown') return;
    const wanted = this.#judge.health === 'healthy' ? 'serving' : 'starting';
    const entry = directory.entry(service, id);
    const declared = entry === undefined ? undefined : instanceOf(service, id, entry)?.declared;
    if (entry === undefined || declared === undefined) return;
    if (declared.state === 'draining' || declared.state === wanted) return;
    await registrar.patch(
      this.#name,
      { state: wanted },
      { kind: 'revision', revision: entry.modRevision },
    );
  }

  /** Its heartbeats, in its place. One that sends them itself, as for a check of silence, is left to do so. */
  async #renew(): Promise<void> {
    const { client, directory, log } = this.#world;
    const { service, id } = this.#name;
    let waitMs = RENEWAL_MS_MIN;
    try {
      const entry = directory.entry(service, id);
      if (entry === undefined) await this.#registerAgain();
      else if (entry.lease !== 0n && this.#stored.check.kind !== 'ttl') {
        const { ttlMs } = await client.leases.renew(entry.lease);
        waitMs = Math.max(RENEWAL_MS_MIN, ttlMs / RENEWALS);
      }
    } catch (error) {
      if (!ConcordError.is(error, 'NOT_FOUND'))
        log.debug({ err: error }, 'a lease was not renewed');
    }
    if (!this.#isEnded) this.#renewing = setTimeout(() => void this.#renew(), waitMs);
  }

  /**
   * While no gateway was there to renew it, its lease has run out: it comes back as it was, to be found healthy first.
   * One that was deregistered has no check any more.
   */
  async #registerAgain(): Promise<void> {
    const { client, directory } = this.#world;
    const { service, id } = this.#name;
    if (this.#stored.check.kind === 'ttl') return;
    const record = JSON.parse(this.#stored.instance) as { ttlMs: number };
    const key = registryKeys.instance(service, id);
    const { lease } = await client.leases.grant(record.ttlMs);
    const answer = await client.kv
      .txn()
      .if(missing(key), compare(checkKeys.check(service, id)).createRevision('!=', 0))
      .then(op.put(key, JSON.stringify({ ...record, state: 'starting' }), { lease }))
      .commit();
    if (!answer.succeeded) await client.leases.revoke(lease).catch(() => undefined);
    await directory.reached(answer.revision);
  }
}
