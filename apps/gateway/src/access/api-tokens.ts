/**
 * API tokens: `concord_` and an id, then a secret of which the cluster keeps a hash alone. Every gateway watches them,
 * so that one that is revoked is worth nothing a moment later.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { compare, op, type Client, type Entry, type Mirror } from '@concord/client';
import { z } from 'zod';

export const TOKENS_PREFIX = '/concord/gateway/tokens/';
const TEXT = /^concord_([0-9a-f]{12})_([A-Za-z0-9_-]{43})$/;
const ID_BYTES = 6;
const SECRET_BYTES = 32;
/** When it was used last is told to this precision: not every request is a write. */
const LAST_USE_MS = 5 * 60_000;

export const tokenScopeSchema = z.strictObject({
  verbs: z
    .array(z.enum(['read', 'write', 'administer']))
    .min(1)
    .max(3)
    .describe('`administer`: what takes the role root; only of use to an owner who has it'),
  prefixes: z
    .array(z.string().min(1).max(1024))
    .max(64)
    .optional()
    .describe('only keys below these; without prefixes and services, all that the owner may'),
  services: z
    .array(z.string().min(1).max(256))
    .max(64)
    .optional()
    .describe('only these services: their instances, overrides, health checks and consumers'),
});

const recordSchema = z.object({
  id: z.string(),
  hash: z.string(),
  owner: z.string(),
  label: z.string(),
  scope: tokenScopeSchema,
  createdAt: z.string(),
  expiresAt: z.string().optional(),
  lastUsedAt: z.string().optional(),
  /** Roles of an owner who is no user of the cluster. */
  ownerRoles: z.array(z.string()).optional(),
});

export type TokenScope = z.output<typeof tokenScopeSchema>;
export type TokenRecord = z.output<typeof recordSchema>;

export class ApiTokens {
  readonly #client: Client;
  readonly #mirror: Mirror;
  readonly #nowMs: () => number;
  /** What a value says, read once. */
  readonly #read = new WeakMap<Entry, TokenRecord | undefined>();
  readonly #noted = new Map<string, number>();

  constructor(client: Client, nowMs: () => number = Date.now) {
    this.#client = client;
    this.#nowMs = nowMs;
    this.#mirror = client.mirror({ prefix: TOKENS_PREFIX });
  }

  /** All of them, newest last. */
  all(): readonly TokenRecord[] {
    const records = [...this.#mirror.entries.values()].map((entry) => this.#recordOf(entry));
    return records
      .filter((record) => record !== undefined)
      .sort((a, b) => a.createdAt.localeCompare(b.createdAt));
  }

  /** A new one; `text` is told this once. */
  async create(
    facts: Pick<TokenRecord, 'owner' | 'label' | 'scope' | 'expiresAt' | 'ownerRoles'>,
  ): Promise<{ text: string; record: TokenRecord }> {
    const id = randomBytes(ID_BYTES).toString('hex');
    const secret = randomBytes(SECRET_BYTES).toString('base64url');
    const createdAt = new Date(this.#nowMs()).toISOString();
    const record: TokenRecord = { id, hash: hashOf(secret), createdAt, ...facts };
    const { revision } = await this.#client.kv.put(TOKENS_PREFIX + id, JSON.stringify(record));
    await this.#mirror.reached(revision);
    return { text: `concord_${id}_${secret}`, record };
  }

  get(id: string): TokenRecord | undefined {
    const entry = this.#mirror.entries.get(TOKENS_PREFIX + id);
    return entry && this.#recordOf(entry);
  }

  /** What `text` stands for; `undefined` for one that is wrong, revoked or over. */
  find(text: string): TokenRecord | undefined {
    const [, id = '', secret = ''] = TEXT.exec(text) ?? [];
    const record = this.get(id);
    const given = Buffer.from(hashOf(secret));
    // Compared with something in any case: how long it takes tells nothing of which ids there are.
    const kept = Buffer.from(record?.hash ?? hashOf(''));
    const isRight = given.length === kept.length && timingSafeEqual(given, kept);
    if (record === undefined || !isRight || this.isExpired(record)) return undefined;
    this.#noteUse(record);
    return record;
  }

  isExpired({ expiresAt }: TokenRecord): boolean {
    return expiresAt !== undefined && Date.parse(expiresAt) <= this.#nowMs();
  }

  /** Ends it on every gateway. */
  async revoke(id: string): Promise<void> {
    const { revision } = await this.#client.kv.delete(TOKENS_PREFIX + id);
    await this.#mirror.reached(revision);
  }

  async close(): Promise<void> {
    await this.#mirror.close();
  }

  #recordOf(entry: Entry): TokenRecord | undefined {
    if (!this.#read.has(entry)) {
      const parsed = recordSchema.safeParse(jsonOf(entry.text));
      this.#read.set(entry, parsed.data);
    }
    return this.#read.get(entry);
  }

  #noteUse(record: TokenRecord): void {
    const nowMs = this.#nowMs();
    const lastMs = this.#noted.get(record.id) ?? Date.parse(record.lastUsedAt ?? '1970-01-01');
    const entry = this.#mirror.entries.get(TOKENS_PREFIX + record.id);
    if (nowMs - lastMs < LAST_USE_MS || entry === undefined) return;
    this.#noted.set(record.id, nowMs);
    const used = { ...record, lastUsedAt: new Date(nowMs).toISOString() };
    // On the condition that nobody has revoked it meanwhile. That it fails is no harm to whoever asks.
    void this.#client.kv
      .txn()
      .if(compare(entry.key).modRevision('=', entry.modRevision))
      .then(op.put(entry.key, JSON.stringify(used)))
      .commit()
      .catch(() => this.#noted.delete(record.id));
  }
}

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
