/**
 * The keys that sessions are signed with: one a day, made by whichever gateway needs it first, and known to all of them
 * by the cluster. To end every session at once, delete them.
 */
import { randomBytes } from 'node:crypto';
import { missing, op, type Client, type Mirror } from '@concord/client';

export const SIGNING_KEYS_PREFIX = '/concord/gateway/signing-keys/';
const DAY_MS = 24 * 60 * 60 * 1000;
/** A session ends twelve hours after it began; clocks of gateways may be apart. */
const KEPT_DAYS = 3;
const SECRET_BYTES = 32;

export interface SigningKey {
  /** A day, such as `2026-11-26`. */
  readonly id: string;
  readonly secret: Uint8Array;
}

export class SigningKeys {
  readonly #client: Client;
  readonly #mirror: Mirror;
  readonly #nowMs: () => number;
  readonly #making = new Map<string, Promise<SigningKey>>();

  constructor(client: Client, nowMs: () => number = Date.now) {
    this.#client = client;
    this.#mirror = client.mirror({ prefix: SIGNING_KEYS_PREFIX });
    this.#nowMs = nowMs;
  }

  /** The key to sign with today. */
  async current(): Promise<SigningKey> {
    const id = dayOf(this.#nowMs());
    const known = this.#known(id);
    if (known !== undefined) return known;
    const making = this.#making.get(id) ?? this.#make(id);
    this.#making.set(id, making);
    try {
      return await making;
    } finally {
      this.#making.delete(id);
    }
  }

  /** The key that something was signed with; `undefined` for one that never was, or is no more. */
  async find(id: string): Promise<SigningKey | undefined> {
    const known = this.#known(id);
    if (known !== undefined || !this.#canBe(id)) return known;
    // Another gateway may have made it a moment ago.
    const entry = await this.#client.kv.get(SIGNING_KEYS_PREFIX + id);
    return entry && { id, secret: entry.value };
  }

  async close(): Promise<void> {
    await this.#mirror.close();
  }

  #known(id: string): SigningKey | undefined {
    const entry = this.#mirror.entries.get(SIGNING_KEYS_PREFIX + id);
    return entry && { id, secret: entry.value };
  }

  #canBe(id: string): boolean {
    const today = this.#nowMs();
    return [-1, 0, 1].some((days) => dayOf(today + days * DAY_MS) === id);
  }

  /** Whoever is first makes it; the others take it. Those of days long gone go with it. */
  async #make(id: string): Promise<SigningKey> {
    const key = SIGNING_KEYS_PREFIX + id;
    const secret = randomBytes(SECRET_BYTES);
    const oldest = SIGNING_KEYS_PREFIX + dayOf(this.#nowMs() - KEPT_DAYS * DAY_MS);
    const { succeeded, results } = await this.#client.kv
      .txn()
      .if(missing(key))
      .then(op.put(key, secret), op.delete({ from: SIGNING_KEYS_PREFIX, to: oldest }))
      .else(op.get(key))
      .commit();
    if (succeeded) return { id, secret };
    const [got] = results;
    const entry = got?.kind === 'get' ? got.entry : undefined;
    return entry === undefined ? this.#make(id) : { id, secret: entry.value };
  }
}

const dayOf = (atMs: number): string => new Date(atMs).toISOString().slice(0, 10);
