/**
 * One sequential client: issues an operation, waits for the answer, issues the next, until the server is
 * gone. It alone writes the keys under its prefix, so it knows what each of its operations changes.
 *
 * Invariant: only the last operation of a round can be without an answer.
 */
import type { EtcdClient } from './etcd-client.ts';
import { prefixEnd } from './etcd-client.ts';
import type { Effect, Operation } from './operation.ts';
import type { SeededRandom } from './seeded-random.ts';

const PLAIN_KEYS = 10;
const LEASED_KEYS = 3;
/** Longer than any campaign: leases end by being revoked, never by themselves. */
const LEASE_TTL_SECONDS = 86_400;
/** Lease ids of two writers are this far apart. */
const LEASE_IDS_PER_WRITER = 1_000_000;

/** An operation and the call that carries it out; the call's result is the revision, 0 for a lease's grant. */
interface Plan {
  readonly operation: Operation;
  send(client: EtcdClient): Promise<number>;
}

/** One writer; it lives through all rounds. */
export class Writer {
  /** All keys of this writer begin so. */
  readonly prefix: string;
  /** Operations of the present round, oldest first. */
  operations: Operation[] = [];
  readonly #random: SeededRandom;
  readonly #firstLease: number;
  /** Keys that exist, each with its lease (0 without). */
  readonly #keys = new Map<string, number>();
  #lease = 0;
  #leasesGranted = 0;
  #valuesWritten = 0;

  constructor(number: number, random: SeededRandom) {
    this.prefix = `w${String(number).padStart(3, '0')}/`;
    this.#random = random;
    this.#firstLease = (number + 1) * LEASE_IDS_PER_WRITER;
  }

  /** The lease that this writer holds; 0 when none. */
  get lease(): number {
    return this.#lease;
  }

  /** The keys attached to the lease, in order. */
  get leasedKeys(): readonly string[] {
    return [...this.#keys]
      .filter(([, lease]) => lease !== 0)
      .map(([key]) => key)
      .sort();
  }

  /** Works until a call fails, and returns that call's error. */
  async work(client: EtcdClient): Promise<unknown> {
    for (;;) {
      const { operation, send } = this.#plan();
      this.operations.push(operation);
      try {
        operation.outcome = { kind: 'acknowledged', revision: await send(client) };
      } catch (error) {
        operation.outcome = { kind: 'unknown' };
        return error;
      }
      this.tookPlace(operation);
    }
  }

  /** Follows an operation of which it is now known that it took place. */
  tookPlace({ effects, lease }: Operation): void {
    for (const effect of effects) {
      if (effect.type === 'put') this.#keys.set(effect.key, effect.lease);
      else this.#keys.delete(effect.key);
    }
    if (lease !== undefined) this.#lease = lease.action === 'grant' ? lease.id : 0;
  }

  #plan(): Plan {
    const choice = this.#random.below(100);
    if (choice < 45) return this.#putOne(`${this.prefix}k${this.#random.below(PLAIN_KEYS)}`, 0);
    if (choice < 65) return this.#putPair();
    if (choice < 70) return this.#deletePair();
    if (choice < 80) return this.#deleteOne(`${this.prefix}k${this.#random.below(PLAIN_KEYS)}`);
    if (choice < 84) return this.#deletePlainKeys();
    if (this.#lease === 0) return this.#grantLease();
    if (choice < 97)
      return this.#putOne(`${this.prefix}l${this.#random.below(LEASED_KEYS)}`, this.#lease);
    return this.#revokeLease();
  }

  #putOne(key: string, lease: number): Plan {
    const value = this.#newValue();
    return {
      operation: operation('put', [{ type: 'put', key, value, lease }]),
      send: (client) => client.put(key, value, lease),
    };
  }

  /** Two keys that are equal at every revision, or a transaction was torn. */
  #putPair(): Plan {
    const value = this.#newValue();
    const keys = this.#pairKeys();
    return {
      operation: operation(
        'txn put',
        keys.map((key) => ({ type: 'put', key, value, lease: 0 })),
      ),
      send: (client) => client.transact(keys.map((key) => ({ request_put: { key, value } }))),
    };
  }

  #deletePair(): Plan {
    const keys = this.#pairKeys();
    return {
      operation: operation('txn delete', this.#deletions(keys)),
      send: (client) => client.transact(keys.map((key) => ({ request_delete_range: { key } }))),
    };
  }

  #deleteOne(key: string): Plan {
    return {
      operation: operation('delete', this.#deletions([key])),
      send: (client) => client.delete(key),
    };
  }

  #deletePlainKeys(): Plan {
    const keys = Array.from({ length: PLAIN_KEYS }, (_, at) => `${this.prefix}k${at}`);
    const prefix = `${this.prefix}k`;
    return {
      operation: operation('delete range', this.#deletions(keys)),
      send: (client) => client.delete(prefix, prefixEnd(prefix)),
    };
  }

  #grantLease(): Plan {
    const id = this.#firstLease + this.#leasesGranted++;
    return {
      operation: { ...operation('lease grant', []), lease: { id, action: 'grant' } },
      send: async (client) => {
        await client.grantLease(id, LEASE_TTL_SECONDS);
        return 0;
      },
    };
  }

  /** Deletes the lease's keys in their order, in one revision. */
  #revokeLease(): Plan {
    const id = this.#lease;
    return {
      operation: {
        ...operation('lease revoke', this.#deletions(this.leasedKeys)),
        lease: { id, action: 'revoke' },
      },
      send: (client) => client.revokeLease(id),
    };
  }

  #pairKeys(): readonly string[] {
    return [`${this.prefix}pair-a`, `${this.prefix}pair-b`];
  }

  #deletions(keys: readonly string[]): Effect[] {
    return keys.filter((key) => this.#keys.has(key)).map((key) => ({ type: 'delete', key }));
  }

  #newValue(): string {
    return `${this.prefix}${this.#valuesWritten++}`;
  }
}

function operation(name: string, effects: readonly Effect[]): Operation {
  return { name, effects, lease: undefined, outcome: { kind: 'pending' } };
}
