/**
 * v3 discovery: the members of a new cluster meet at a running one. Each registers under a token, waits until as many
 * have come as the cluster gets, and takes the first of them for the cluster.
 *
 * A service that does not answer is asked again for as long as it takes, as by etcd: members and the service may be
 * started together. What does not change by waiting ends the start.
 */
import { setTimeout as sleepFor } from 'node:timers/promises';
import { StatusCode } from '@concord/protocol';
import { ConfigurationError } from '../config/command-line.ts';
import type { FlagValues } from '../config/flags.ts';
import { formatInitialCluster, type ListedMember } from '../config/initial-cluster.ts';
import { memberId } from '../identity.ts';
import type { BootstrapLog } from './bootstrap.ts';
import { connectToDiscovery, type DiscoveryService } from './discovery-service.ts';
import { GrpcError } from './grpc-call.ts';
import { describeGrpcError } from './grpc-client.ts';
import {
  DiscoveryError,
  assertHasPlace,
  clusterOf,
  inOrder,
  memberKey,
  membersPrefix,
  parseSize,
  sizeKey,
  type Registration,
} from './registrations.ts';

/** The wait before the n-th attempt doubles from 2 s on; half a minute is soon enough to notice a service come back. */
const RETRY_SECONDS_MAX = 32;

/** Asking again with the same flags gets the same answer. */
const final: ReadonlySet<number> = new Set([
  StatusCode.INVALID_ARGUMENT,
  StatusCode.PERMISSION_DENIED,
  StatusCode.UNAUTHENTICATED,
  StatusCode.UNIMPLEMENTED,
]);

export interface DiscoveryWorld {
  readonly log: BootstrapLog;
  /** Ends the wait for others; the rejection is the reason. */
  readonly signal: AbortSignal;
  /** Resolves after a time or when `signal` aborts. Default: a timer. */
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
}

/**
 * Registers this member, listed as it advertises itself, and resolves with all members once they are there. Throws
 * `ConfigurationError`, whose message holds etcd's text.
 */
export async function discoverMembers(
  values: FlagValues,
  own: readonly ListedMember[],
  world: DiscoveryWorld,
): Promise<readonly ListedMember[]> {
  let service: DiscoveryService | undefined;
  try {
    service = connectToDiscovery(values);
    return await new Discovery(service, values['discovery-token'], own, world).join();
  } catch (error) {
    const known =
      error instanceof DiscoveryError
        ? error.message
        : error instanceof GrpcError
          ? `${describeGrpcError(error)}; check --discovery-endpoints, --discovery-user and --discovery-password`
          : undefined;
    if (known === undefined) throw error;
    throw new ConfigurationError(`failed to join discovery cluster (${known})`);
  } finally {
    service?.close();
  }
}

class Discovery {
  readonly #service: DiscoveryService;
  readonly #token: string;
  readonly #own: readonly ListedMember[];
  readonly #ownKey: string;
  readonly #world: DiscoveryWorld;

  constructor(
    service: DiscoveryService,
    token: string,
    own: readonly ListedMember[],
    world: DiscoveryWorld,
  ) {
    const id = memberId(
      own.map(({ peerUrl }) => peerUrl),
      token,
    );
    this.#service = service;
    this.#token = token;
    this.#own = own;
    this.#ownKey = memberKey(token, id);
    this.#world = world;
  }

  async join(): Promise<readonly ListedMember[]> {
    const value = formatInitialCluster(this.#own);
    await this.#patiently('cluster status check', () => this.#look());
    await this.#patiently('register member itself', () => this.#service.put(this.#ownKey, value));
    for (let waiting = false; ; waiting = true) {
      const { size, members, revision } = await this.#patiently('cluster status check', () =>
        this.#look(),
      );
      if (members.length === size) return clusterOf(members);
      if (!waiting) {
        this.#world.log.info(
          `waiting for peers from discovery service: ${members.length} of ${size} have registered`,
        );
      }
      await this.#patiently('wait for peers', () =>
        this.#service.changed(membersPrefix(this.#token), revision + 1, this.#world.signal),
      );
    }
  }

  /** Who has a place so far, at most as many as the cluster gets. Throws where this member has none. */
  async #look(): Promise<{
    readonly size: number;
    readonly members: readonly Registration[];
    readonly revision: number;
  }> {
    const size = parseSize(await this.#service.get(sizeKey(this.#token)), this.#token);
    const { entries, revision } = await this.#service.list(membersPrefix(this.#token));
    const ordered = inOrder(entries);
    assertHasPlace(ordered, size, this.#ownKey);
    return { size, members: ordered.slice(0, size), revision };
  }

  async #patiently<Result>(step: string, attempt: () => Promise<Result>): Promise<Result> {
    const { log, signal, sleep = pause } = this.#world;
    for (let retries = 1; ; retries++) {
      signal.throwIfAborted();
      try {
        return await attempt();
      } catch (error) {
        if (!(error instanceof GrpcError) || final.has(error.code)) throw error;
        const seconds = Math.min(2 ** retries, RETRY_SECONDS_MAX);
        log.warn(
          `discovery: ${step} failed: ${describeGrpcError(error)}; trying again in ${seconds} s`,
        );
        await sleep(seconds * 1000, signal);
      }
    }
  }
}

/** Ends early when `signal` aborts; whoever waits looks at it. */
const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  sleepFor(ms, undefined, { signal }).catch(() => undefined);
