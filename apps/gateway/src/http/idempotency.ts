/**
 * `Idempotency-Key`: whoever does not know whether a write arrived sends it again with the same key, to any gateway. The
 * first answer is kept in the cluster, and given again; of two at once one does the work and the other waits.
 */
import { createHash } from 'node:crypto';
import { Buffer } from 'node:buffer';
import { compare, missing, op, type Client, type Entry } from '@concord/client';
import { z } from 'zod';
import { Problem } from './problem.ts';

export const IDEMPOTENCY_PREFIX = '/concord/gateway/idempotency/';
/** Whose work is not done by then has died; the next one does it. */
const WORK_SECONDS = 60;
const KEPT_SECONDS = 24 * 3600;
/** Answers kept within this span share a lease: one each would be many. */
const LEASE_SHARED_MS = 600_000;
const WAIT_MS_MAX = 10_000;
const LOOK_MS = 100;
/** A larger answer is not kept: it would fill the cluster. */
const BODY_BYTES_MAX = 64 * 1024;

const recordSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('begun'), request: z.string() }),
  z.object({
    state: z.literal('done'),
    request: z.string(),
    status: z.int(),
    headers: z.record(z.string(), z.string()),
    body: z.unknown().optional(),
  }),
]);

export interface KeptAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** What a request with a key gets: the answer of before, or the work to do. */
export type Claim =
  | { readonly kind: 'answered'; readonly answer: KeptAnswer }
  | { readonly kind: 'mine'; readonly place: Place };

/** Where the answer goes. */
export interface Place {
  readonly key: string;
  readonly request: string;
  readonly modRevision: number;
}

export class Idempotency {
  readonly #client: Client;
  #shared: { readonly lease: Promise<bigint>; readonly grantedAtMs: number } | undefined;

  constructor(client: Client) {
    this.#client = client;
  }

  /**
   * @param caller - keys of different callers have nothing to do with each other
   * @param request - what is asked: the same key with another request is a mistake
   * @throws Problem `invalid-content` for another request, `conflict` where the first takes too long
   */
  async claim(caller: string, idempotencyKey: string, request: string): Promise<Claim> {
    const key = IDEMPOTENCY_PREFIX + hashOf(`${caller}\n${idempotencyKey}`);
    const fingerprint = hashOf(request);
    const deadlineMs = performance.now() + WAIT_MS_MAX;
    for (;;) {
      const { lease } = await this.#client.leases.grant(`${WORK_SECONDS}s`);
      const begun = JSON.stringify({ state: 'begun', request: fingerprint });
      const { succeeded, revision, results } = await this.#client.kv
        .txn()
        .if(missing(key))
        .then(op.put(key, begun, { lease }))
        .else(op.get(key))
        .commit();
      if (succeeded)
        return { kind: 'mine', place: { key, request: fingerprint, modRevision: revision } };
      void this.#client.leases.revoke(lease).catch(() => undefined);
      const [got] = results;
      const answer = this.#answerOf(got?.kind === 'get' ? got.entry : undefined, fingerprint);
      if (answer !== undefined) return { kind: 'answered', answer };
      if (!(await this.#moved(key, deadlineMs)))
        throw new Problem('conflict', {
          detail: 'a request with this Idempotency-Key is still being carried out: ask again',
          headers: { 'retry-after': '1' },
        });
    }
  }

  /** Keeps the answer for whoever comes with the key again. */
  async keep(
    { key, request, modRevision }: Place,
    { status, headers, body }: KeptAnswer,
  ): Promise<void> {
    const text = JSON.stringify({ state: 'done', request, status, headers, body });
    if (Buffer.byteLength(text) > BODY_BYTES_MAX) return;
    await this.#client.kv
      .txn()
      .if(compare(key).modRevision('=', modRevision))
      .then(op.put(key, text, { lease: await this.#lease() }))
      .commit();
  }

  /** Nothing was done: the next one with the key may do it. */
  async release({ key, modRevision }: Place): Promise<void> {
    await this.#client.kv
      .txn()
      .if(compare(key).modRevision('=', modRevision))
      .then(op.delete(key))
      .commit();
  }

  #answerOf(entry: Entry | undefined, request: string): KeptAnswer | undefined {
    if (entry === undefined) return undefined;
    const record = recordSchema.safeParse(jsonOf(entry.text)).data;
    if (record === undefined) return undefined;
    if (record.request !== request) {
      const message = 'was used for another request: give each request a key of its own';
      throw new Problem('invalid-content', {
        detail: `header.idempotency-key: it ${message}`,
        errors: [{ field: 'header.idempotency-key', message }],
      });
    }
    return record.state === 'done' ? record : undefined;
  }

  /** Whether the record has changed, or gone, before the deadline. */
  async #moved(key: string, deadlineMs: number): Promise<boolean> {
    while (performance.now() < deadlineMs) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      const entry = await this.#client.kv.get(key);
      const record = entry && recordSchema.safeParse(jsonOf(entry.text)).data;
      if (record?.state !== 'begun') return true;
    }
    return false;
  }

  #lease(): Promise<bigint> {
    const nowMs = performance.now();
    if (this.#shared === undefined || nowMs - this.#shared.grantedAtMs > LEASE_SHARED_MS) {
      const granting = this.#client.leases.grant(`${KEPT_SECONDS}s`).then(({ lease }) => lease);
      granting.catch(() => (this.#shared = undefined));
      this.#shared = { lease: granting, grantedAtMs: nowMs };
    }
    return this.#shared.lease;
  }
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64url');

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
