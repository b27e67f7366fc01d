/** Which instances are to be checked, and how: what the API writes and reads. */
import { compare, op, type Client } from '@concord/client';
import type { Elections } from '@concord/lock';
import { registryKeys } from '@concord/registry/records';
import type { z } from 'zod';
import { Problem } from '../http/problem.ts';
import { spanMs } from '../live/long-poll.ts';
import { instanceOf, type ServiceDirectory } from '../services/service-directory.ts';
import { named, unknownInstance, type InstanceName } from '../services/registrar.ts';
import { checkKeys, shardOf } from './check-keys.ts';
import { storedCheckOf } from './check-shards.ts';
import {
  resultSchema,
  type CheckResult,
  type HealthCheckBody,
  type StoredCheck,
  type healthCheckSchema,
} from './health-check-schemas.ts';
import { GuardError, type NetworkGuard } from './network-guard.ts';

type HealthCheckDocument = z.output<typeof healthCheckSchema>;

export class CheckBook {
  readonly #client: Client;
  readonly #elections: Elections;
  readonly #directory: ServiceDirectory;
  readonly #guard: NetworkGuard;

  constructor(
    client: Client,
    elections: Elections,
    directory: ServiceDirectory,
    guard: NetworkGuard,
  ) {
    this.#client = client;
    this.#elections = elections;
    this.#directory = directory;
    this.#guard = guard;
  }

  /**
   * From now on the instance is checked, by whichever gateway leads its shard.
   *
   * @param by - who decides
   * @throws Problem `not-found`, `forbidden` for an address that may not be reached, `invalid-request`
   */
  async put(name: InstanceName, check: HealthCheckBody, by: string): Promise<HealthCheckDocument> {
    const { service, id } = name;
    const entry = await this.#client.kv.get(registryKeys.instance(service, id));
    const instance = entry === undefined ? undefined : instanceOf(service, id, entry);
    if (entry === undefined || instance === undefined) throw unknownInstance(name);
    if (check.kind === 'ttl') assertShorter(spanMs(check.ttl), instance.ttlMs);
    else await this.#assertReachable(instance.address, check.port ?? instance.port);
    const stored: StoredCheck = { check, by, at: Date.now(), instance: entry.text };
    const { succeeded } = await this.#client.kv
      .txn()
      .if(compare(entry.key).createRevision('=', entry.createRevision))
      .then(
        op.put(checkKeys.check(service, id), JSON.stringify(stored)),
        // Another check starts from nothing.
        op.delete(checkKeys.result(service, id)),
      )
      .commit();
    if (!succeeded) throw unknownInstance(name);
    return await this.get(name);
  }

  /** @throws Problem `not-found` */
  async get(name: InstanceName): Promise<HealthCheckDocument> {
    const { service, id } = name;
    const [checkKey, resultKey] = [checkKeys.check(service, id), checkKeys.result(service, id)];
    const answer = await this.#client.kv.txn().then(op.get(checkKey), op.get(resultKey)).commit();
    const [entry, result] = answer.results.map((one) =>
      one.kind === 'get' ? one.entry : undefined,
    );
    const stored = entry === undefined ? undefined : storedCheckOf(entry.text);
    if (entry === undefined || stored === undefined) throw unchecked(name);
    const leader = await this.#elections.leader(checkKeys.shard(shardOf(service)));
    const found = result === undefined ? undefined : resultOf(result.text);
    return {
      check: stored.check,
      by: stored.by,
      at: new Date(stored.at).toISOString(),
      ...(found !== undefined && { result: found }),
      ...(leader !== undefined && { checkedBy: leader.value }),
      revision: entry.modRevision,
    };
  }

  /** @throws Problem `not-found` */
  async remove(name: InstanceName): Promise<void> {
    const { service, id } = name;
    const key = checkKeys.check(service, id);
    const { succeeded } = await this.#client.kv
      .txn()
      .if(compare(key).createRevision('!=', 0))
      .then(op.delete(key), op.delete(checkKeys.result(service, id)))
      .commit();
    if (!succeeded) throw unchecked(name);
  }

  async #assertReachable(address: string, port: number): Promise<void> {
    try {
      await this.#guard.addressOf(address, port);
    } catch (error) {
      // A name that cannot be resolved at the moment is found unhealthy.
      if (!(error instanceof GuardError)) return;
      throw new Problem('forbidden', { detail: error.message, cause: error });
    }
  }
}

function assertShorter(ttlMs: number, instanceTtlMs: number): void {
  if (ttlMs < instanceTtlMs) return;
  const message = `is not shorter than the ttl of the instance, ${instanceTtlMs} ms: it would be dropped first`;
  throw new Problem('invalid-request', {
    detail: `body.ttl: ${message}`,
    errors: [{ field: 'body.ttl', message }],
  });
}

const unchecked = (name: InstanceName): Problem =>
  new Problem('not-found', { detail: `${named(name)} is not checked` });

function resultOf(text: string): CheckResult | undefined {
  try {
    return resultSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
