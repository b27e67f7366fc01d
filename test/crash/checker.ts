/**
 * Judges what a restarted server holds against what the writers asked for and were told. It reads the
 * history as a watcher and the present state as a reader, and throws an `Evidence` that says what is
 * wrong in one sentence.
 *
 * Invariant: after `check` every operation of the round either has its revision or is known not to have
 * taken place, and `#state` is the store's content at `#revision`.
 */
import { createHash } from 'node:crypto';
import type { EtcdClient, StoredKey, WatchEvent } from './etcd-client.ts';
import { describeEffect, describeOperation } from './operation.ts';
import type { Effect, Operation } from './operation.ts';
import type { Writer } from './writer.ts';

/** All writers' keys begin with this. */
export const KEYS_PREFIX = 'w';
/** `WatchEvent.type` of a put. */
const EVENT_PUT = 0;

/** What the judge asks a server. */
export type StoreReader = Pick<
  EtcdClient,
  'readPrefix' | 'watchHistory' | 'listLeases' | 'leaseKeys'
>;

/** A promise that the server broke. */
export class Evidence extends Error {
  override readonly name = 'Evidence';
}

/** What a round's check covered. */
export interface CheckSummary {
  readonly revision: number;
  readonly acknowledged: number;
  /** Operations without an answer that turned out to have taken place. */
  readonly tookPlaceUnanswered: number;
}

/** Judge of one campaign. */
export class Checker {
  readonly #writers: ReadonlyMap<string, Writer>;
  readonly #state = new Map<string, StoredKey>();
  /** A digest of each revision's events, to see that history never changes; index 0 is revision 2. */
  readonly #digests: string[] = [];
  #revision = 1;

  constructor(writers: readonly Writer[]) {
    this.#writers = new Map(writers.map((writer) => [writer.prefix, writer]));
  }

  /** Checks the round that the server's death ended, and clears the writers' operations. */
  async check(client: StoreReader): Promise<CheckSummary> {
    const operations = [...this.#writers.values()].flatMap((writer) => writer.operations);
    const acknowledged = operations.flatMap(({ outcome }) =>
      outcome.kind === 'acknowledged' ? [outcome.revision] : [],
    );
    const { revision, keys } = await client.readPrefix(KEYS_PREFIX);
    // No spreading: a round can have more acknowledgements than a call may have arguments.
    const promised = acknowledged.reduce((a, b) => Math.max(a, b), this.#revision);
    if (revision < promised) {
      throw new Evidence(
        `the revision went back: ${promised} was promised, the store is at ${revision}`,
      );
    }
    const tookPlaceUnanswered = await this.#checkHistory(client, revision);
    this.#checkState(keys);
    await this.#checkLeases(client);
    for (const writer of this.#writers.values()) writer.operations = [];
    return { revision, acknowledged: acknowledged.length, tookPlaceUnanswered };
  }

  /** Replays all history from revision 1 and compares it with what earlier rounds saw. */
  async checkWholeHistory(client: StoreReader): Promise<void> {
    if (this.#revision === 1) return;
    const groups = byRevision(await client.watchHistory(KEYS_PREFIX, 1, this.#revision));
    this.#digests.forEach((digest, at) => {
      if (digestOf(groups.get(at + 2) ?? []) !== digest) {
        throw new Evidence(`history changed: revision ${at + 2} holds other events than before`);
      }
    });
    if (groups.size !== this.#digests.length) {
      throw new Evidence(`history has ${groups.size} revisions, ${this.#digests.length} were seen`);
    }
  }

  /** Matches each new revision with an operation, in each writer's order. */
  async #checkHistory(client: StoreReader, revision: number): Promise<number> {
    const pending = new Map(
      [...this.#writers.values()].map((writer) => [writer, changing(writer.operations)]),
    );
    let unanswered = 0;
    if (revision > this.#revision) {
      const events = await client.watchHistory(KEYS_PREFIX, this.#revision + 1, revision);
      const groups = byRevision(events);
      for (let at = this.#revision + 1; at <= revision; at++) {
        const group = groups.get(at);
        if (group === undefined) throw new Evidence(`history has a gap: nothing happened at ${at}`);
        const writer = this.#writers.get(String(group[0]!.kv.key).slice(0, 'w000/'.length));
        if (writer === undefined)
          throw new Evidence(`revision ${at} holds a key that nobody wrote`);
        const operation = pending.get(writer)!.shift();
        this.#matchRevision(at, group, operation);
        if (operation?.outcome.kind !== 'unknown') continue;
        writer.tookPlace(operation);
        unanswered++;
      }
    }
    for (const left of pending.values()) {
      const lost = left.find((operation) => operation.outcome.kind === 'acknowledged');
      if (lost !== undefined) throw new Evidence(`lost: ${describeOperation(lost)}`);
    }
    this.#revision = revision;
    return unanswered;
  }

  /** One revision must hold exactly one operation's effects, at the revision that was acknowledged. */
  #matchRevision(
    revision: number,
    group: readonly WatchEvent[],
    operation: Operation | undefined,
  ): void {
    const found = group.map((event) => describeEffect(effectOf(event))).join(', ');
    if (operation === undefined)
      throw new Evidence(`revision ${revision} holds [${found}], asked by nobody`);
    const { outcome, effects } = operation;
    if (found !== effects.map(describeEffect).join(', ')) {
      throw new Evidence(
        `revision ${revision} holds [${found}], expected ${describeOperation(operation)}`,
      );
    }
    if (outcome.kind === 'acknowledged' && outcome.revision !== revision) {
      throw new Evidence(`${describeOperation(operation)} happened at ${revision}`);
    }
    for (const event of group) this.#follow(revision, event);
    this.#digests.push(digestOf(group));
  }

  /** Brings `#state` forward and checks the counters that the event carries. */
  #follow(revision: number, { type, kv }: WatchEvent): void {
    const key = String(kv.key);
    const before = this.#state.get(key);
    if (type !== EVENT_PUT) {
      this.#state.delete(key);
      return;
    }
    const created = before?.create_revision ?? revision;
    const version = (before?.version ?? 0) + 1;
    if (kv.create_revision !== created || kv.version !== version || kv.mod_revision !== revision) {
      throw new Evidence(
        `${key} at ${revision} has created ${kv.create_revision}, version ${kv.version}; expected ${created}, ${version}`,
      );
    }
    this.#state.set(key, kv);
  }

  /** The present must be what the history leads to. */
  #checkState(keys: readonly StoredKey[]): void {
    const found = new Map(keys.map((stored) => [String(stored.key), describeStored(stored)]));
    const expected = [...this.#state].map(
      ([key, stored]) => [key, describeStored(stored)] as const,
    );
    for (const [key, stored] of expected) {
      if (found.get(key) === stored) continue;
      throw new Evidence(
        `${key} is ${found.get(key) ?? 'missing'}; its history leads to ${stored}`,
      );
    }
    if (found.size !== expected.length) {
      throw new Evidence(`${found.size} keys are there, history leads to ${expected.length}`);
    }
  }

  async #checkLeases(client: StoreReader): Promise<void> {
    const found = new Set(await client.listLeases());
    for (const writer of this.#writers.values()) {
      const last = writer.operations.at(-1);
      if (last?.lease !== undefined && last.outcome.kind === 'unknown') {
        const { id, action } = last.lease;
        if (found.has(id) === (action === 'grant')) writer.tookPlace(last);
      }
      if (writer.lease === 0) continue;
      if (!found.delete(writer.lease)) throw new Evidence(`lease ${writer.lease} is lost`);
      const keys = await client.leaseKeys(writer.lease);
      if (keys.join() !== writer.leasedKeys.join()) {
        throw new Evidence(
          `lease ${writer.lease} holds ${keys.join()}, expected ${writer.leasedKeys.join()}`,
        );
      }
    }
    if (found.size > 0) throw new Evidence(`leases that nobody holds: ${[...found].join()}`);
  }
}

function changing(operations: readonly Operation[]): Operation[] {
  return operations.filter((operation) => operation.effects.length > 0);
}

function byRevision(events: readonly WatchEvent[]): Map<number, WatchEvent[]> {
  const groups = new Map<number, WatchEvent[]>();
  let last = 0;
  for (const event of events) {
    const revision = event.kv.mod_revision;
    if (revision < last) throw new Evidence(`a watcher got revision ${revision} after ${last}`);
    last = revision;
    const group = groups.get(revision);
    if (group === undefined) groups.set(revision, [event]);
    else group.push(event);
  }
  return groups;
}

function effectOf({ type, kv }: WatchEvent): Effect {
  const key = String(kv.key);
  return type === EVENT_PUT
    ? { type: 'put', key, value: String(kv.value), lease: kv.lease }
    : { type: 'delete', key };
}

function describeStored({
  value,
  create_revision,
  mod_revision,
  version,
  lease,
}: StoredKey): string {
  return `${String(value)} created ${create_revision} modified ${mod_revision} version ${version} lease ${lease}`;
}

function digestOf(group: readonly WatchEvent[]): string {
  const hash = createHash('sha1');
  for (const event of group)
    hash.update(`${describeEffect(effectOf(event))} ${describeStored(event.kv)}\n`);
  return hash.digest('base64').slice(0, 12);
}
