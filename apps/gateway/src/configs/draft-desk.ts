/** Drafts: what somebody works on, apart from what is live, and made from one release of it. */
import { compare, ConcordError, missing, op, type Client } from '@concord/client';
import {
  decodeDraft,
  draftKey,
  formatOfPath,
  itemKey,
  serialize,
  type Content,
  type DraftRecord,
  type Format,
  type ItemAddress,
  type KeyRing,
} from '@concord/config/records';
import { assertMay, type Actor } from '../access/actor.ts';
import type { Precondition } from '../http/etag.ts';
import { Problem } from '../http/problem.ts';
import type { DraftDocument } from './draft-schemas.ts';
import { noDraft } from './item-desk.ts';
import { recordOf } from './item-document.ts';
import type { ItemReader } from './item-reader.ts';
import { masked, revealed } from './secrecy.ts';

/** What fits into a release, which holds a content twice. */
const CONTENT_BYTES_MAX = 700 * 1024;

export interface NewDraft {
  readonly content: unknown;
  readonly format?: Format | undefined;
  readonly secret?: boolean | undefined;
  readonly comment?: string | undefined;
  readonly base?: number | undefined;
}

/** A draft as it is stored, with where the item stands. */
export interface StandingDraft {
  readonly record: DraftRecord;
  readonly revision: number;
  /** The base release, 0 for none. */
  readonly live: number;
  readonly isSecret: boolean;
}

export class DraftDesk {
  readonly #client: Client;
  readonly #reader: ItemReader;
  readonly #keys: KeyRing | undefined;

  constructor(client: Client, reader: ItemReader, keys: KeyRing | undefined) {
    this.#client = client;
    this.#reader = reader;
    this.#keys = keys;
  }

  /** @throws Problem `not-found` */
  async get(actor: Actor, address: ItemAddress, reveal: boolean): Promise<DraftDocument> {
    assertMay(actor, 'read', itemKey(address));
    const draft = await this.standing(address);
    const sight = reveal ? revealed(actor, this.#keys) : masked;
    return documentOf(address, draft, sight.show(address, draft.record.content, draft.isSecret));
  }

  /** The draft, and what is live beside it, at one revision. @throws Problem `not-found` */
  async standing(address: ItemAddress): Promise<StandingDraft> {
    const stored = await this.#reader.get(address, []);
    const record = stored.draft && decodeDraft(stored.draft.text);
    if (record === undefined || stored.draft === undefined) throw noDraft(address);
    const live = recordOf(stored);
    return {
      record,
      revision: stored.draft.modRevision,
      live: live?.release ?? 0,
      isSecret: record.secret === true || live?.secret === true,
    };
  }

  /**
   * Begins a draft, or goes on with it: its base stays unless the request names another. Content need not be well-formed
   * yet.
   *
   * @throws Problem `precondition-failed`
   */
  async put(
    actor: Actor,
    address: ItemAddress,
    next: NewDraft,
    precondition: Precondition,
  ): Promise<DraftDocument> {
    assertMay(actor, 'write', itemKey(address));
    const stored = await this.#reader.get(address, []);
    const live = recordOf(stored);
    const before = stored.draft && decodeDraft(stored.draft.text);
    assertAt(precondition, stored.draft?.modRevision ?? 0);
    const format =
      next.format ??
      before?.format ??
      live?.format ??
      formatOfPath(address.path) ??
      (typeof next.content === 'string' ? 'text' : 'json');
    const isSecret = (next.secret ?? before?.secret ?? false) || live?.secret === true;
    const record: DraftRecord = {
      content: this.#content(address, next.content, format, isSecret),
      format,
      ...(isSecret && { secret: true }),
      base: next.base ?? before?.base ?? live?.release ?? 0,
      by: actor.name,
      at: new Date().toISOString(),
      ...(next.comment !== undefined && { comment: next.comment }),
    };
    const key = draftKey(address);
    const unchanged =
      stored.draft === undefined
        ? missing(key)
        : compare(key).modRevision('=', stored.draft.modRevision);
    const { succeeded, revision } = await this.#client.kv
      .txn()
      .if(unchanged)
      .then(op.put(key, JSON.stringify(record)))
      .commit();
    if (!succeeded) throw moved();
    const draft = { record, revision, live: live?.release ?? 0, isSecret };
    return documentOf(address, draft, masked.show(address, record.content, isSecret));
  }

  /** @throws Problem `not-found`, `precondition-failed` */
  async delete(actor: Actor, address: ItemAddress, precondition: Precondition): Promise<void> {
    assertMay(actor, 'write', itemKey(address));
    const { revision } = await this.standing(address);
    assertAt(precondition, revision);
    if (!(await this.drop(address, revision))) throw moved();
  }

  /** Takes a draft away unless it was changed meanwhile: what was released of it is not to be worked on any more. */
  async drop(address: ItemAddress, revision: number): Promise<boolean> {
    const key = draftKey(address);
    const { succeeded } = await this.#client.kv
      .txn()
      .if(compare(key).modRevision('=', revision))
      .then(op.delete(key))
      .commit({ repeatable: true });
    return succeeded;
  }

  #content(address: ItemAddress, given: unknown, format: Format, isSecret: boolean): Content {
    const text = textOf(given, format);
    if (Buffer.byteLength(text) > CONTENT_BYTES_MAX) {
      throw new Problem('too-large', {
        detail: `body.content: has ${Buffer.byteLength(text)} bytes, and ${CONTENT_BYTES_MAX} are the most that a release can hold`,
      });
    }
    if (!isSecret) return text;
    if (this.#keys !== undefined) {
      return this.#keys.seal(text, `${address.namespace}/${address.path}`);
    }
    throw new Problem('conflict', {
      detail: `${address.path} is secret, and the gateway has no key to seal it with: give one with --config-keys`,
    });
  }
}

/** @throws Problem `invalid-request` for what the format can't express */
function textOf(given: unknown, format: Format): string {
  try {
    return serialize('draft', given, format);
  } catch (error) {
    if (!ConcordError.is(error, 'INVALID_ARGUMENT')) throw error;
    const message = error.message.replace(/^draft: /, '');
    throw new Problem('invalid-request', {
      detail: `body.content: ${message}`,
      errors: [{ field: 'body.content', message }],
    });
  }
}

function assertAt(precondition: Precondition, revision: number): void {
  const isMet =
    precondition.kind === 'none' ||
    (precondition.kind === 'absent'
      ? revision === 0
      : precondition.kind === 'present'
        ? revision > 0
        : precondition.revision === revision);
  if (!isMet) throw moved();
}

const moved = (): Problem =>
  new Problem('precondition-failed', {
    detail: 'the draft was changed, begun or taken away meanwhile: read it again',
    outcome: 'not-applied',
  });

function documentOf(
  { namespace, path }: ItemAddress,
  { record, revision, live, isSecret }: StandingDraft,
  content: string | undefined,
): DraftDocument {
  const { format, base, by, at, comment } = record;
  return {
    namespace,
    path,
    ...(content !== undefined && { content }),
    isMasked: content === undefined,
    format,
    secret: isSecret,
    base,
    live,
    isOutdated: base !== live,
    revision,
    by,
    at,
    ...(comment !== undefined && { comment }),
  };
}
