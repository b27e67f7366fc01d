/**
 * Publishes what this process declares of the items that it watches: once for each item, in the background, and only where
 * the cluster does not hold it yet. It stays when the process ends: the next one of that version reads the same.
 */
import { ConcordError, type Client } from '@concord/client';
import type { Item } from '../item/item.ts';
import { schemasPrefix } from '../item/address.ts';
import { sleep } from '../time/sleep.ts';
import {
  decodeDeclaration,
  declarationOf,
  schemaKey,
  schemaOwner,
  UNVERSIONED,
  type DeclaredSchema,
} from './declared-schema.ts';

/** A schema that is larger describes more than a configuration. */
const SCHEMA_BYTES_MAX = 256 * 1024;
/** Of each app, for each item: the oldest goes when a new version comes. */
export const VERSIONS_MAX = 32;
const RETRY_MS = 5_000;

export interface SchemaPublisherOptions {
  /** It could not be published, and won't be tried again. */
  onFailure(error: ConcordError): void;
}

export class SchemaPublisher {
  readonly #client: Client;
  readonly #options: SchemaPublisherOptions;
  readonly #declared = new Set<string>();
  readonly #closing = new AbortController();

  constructor(client: Client, options: SchemaPublisherOptions) {
    this.#client = client;
    this.#options = options;
  }

  /** Declares an item of this process, unless it did so before. */
  declare({ address, definition }: Item): void {
    const { app } = this.#client;
    if (app === undefined) return;
    const key = schemaKey(address, app.name, app.version ?? UNVERSIONED);
    if (this.#declared.has(key)) return;
    this.#declared.add(key);
    const declaration = declarationOf(definition, new Date().toISOString());
    if (declaration === undefined) return;
    if (JSON.stringify(declaration).length > SCHEMA_BYTES_MAX) return;
    void this.#publish(key, schemasPrefix(address), declaration);
  }

  close(): void {
    this.#closing.abort();
  }

  async #publish(key: string, prefix: string, declaration: DeclaredSchema): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      try {
        await this.#write(key, prefix, declaration);
        return;
      } catch (error) {
        if (this.#isClosed) return;
        if (!ConcordError.is(error) || !error.retryable) {
          this.#options.onFailure(asConcordError(error));
          return;
        }
        await sleep(RETRY_MS, signal);
      }
    }
  }

  get #isClosed(): boolean {
    return this.#closing.signal.aborted;
  }

  async #write(key: string, prefix: string, declaration: DeclaredSchema): Promise<void> {
    const call = { signal: this.#closing.signal };
    const entry = await this.#client.kv.get(key, call);
    const there = entry && decodeDeclaration(entry.text);
    if (there !== undefined && isSame(there, declaration)) return;
    await this.#client.kv.put(key, JSON.stringify(declaration), call);
    await this.#prune(key, prefix);
  }

  async #prune(key: string, prefix: string): Promise<void> {
    const call = { signal: this.#closing.signal };
    const { entries } = await this.#client.kv.range({ prefix }, { keysOnly: true, ...call });
    const app = schemaOwner(key)?.app;
    const ours = entries.filter((entry) => schemaOwner(entry.key)?.app === app);
    const oldestFirst = ours.sort((one, other) => one.modRevision - other.modRevision);
    for (const old of oldestFirst.slice(0, Math.max(0, ours.length - VERSIONS_MAX))) {
      await this.#client.kv.delete(old.key, call);
    }
  }
}

const isSame = (one: DeclaredSchema, other: DeclaredSchema): boolean =>
  JSON.stringify({ ...one, at: '' }) === JSON.stringify({ ...other, at: '' });

const asConcordError = (cause: unknown): ConcordError =>
  ConcordError.is(cause)
    ? cause
    : new ConcordError('INTERNAL', {
        operation: 'config: schema',
        problem: String(cause),
        cause,
      });
