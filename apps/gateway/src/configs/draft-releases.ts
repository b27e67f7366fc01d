/** Releases what was judged: content of a request, or drafts, one item or several at one revision. */
import { ConcordError } from '@concord/client';
import type { ReleaseItem } from '@concord/config';
import {
  formatOfPath,
  itemKey,
  serialize,
  type Format,
  type GrayOptions,
  type ItemAddress,
  type KeyRing,
} from '@concord/config/records';
import { assertMay, type Actor } from '../access/actor.ts';
import { Problem } from '../http/problem.ts';
import { contentProblem } from './content-faults.ts';
import type { DraftDesk, StandingDraft } from './draft-desk.ts';
import type { ValidationDocument } from './draft-schemas.ts';
import { releasedDocument, type ItemDesk } from './item-desk.ts';
import { checkedAddress } from './item-path.ts';
import type { ReleasedDocument } from './item-schemas.ts';
import type { Expectation } from './item-tag.ts';
import type { ReleaseDesk } from './release-desk.ts';
import { assertValid, type ValidationDesk } from './validation-desk.ts';

interface Wanted {
  readonly content?: unknown;
  readonly format?: Format | undefined;
  readonly secret?: boolean | undefined;
  readonly base?: number | undefined;
}

export class DraftReleases {
  readonly #items: ItemDesk;
  readonly #drafts: DraftDesk;
  readonly #releases: ReleaseDesk;
  readonly #validation: ValidationDesk;
  readonly #keys: KeyRing | undefined;

  constructor(parts: {
    readonly items: ItemDesk;
    readonly drafts: DraftDesk;
    readonly releases: ReleaseDesk;
    readonly validation: ValidationDesk;
    readonly keys: KeyRing | undefined;
  }) {
    this.#items = parts.items;
    this.#drafts = parts.drafts;
    this.#releases = parts.releases;
    this.#validation = parts.validation;
    this.#keys = parts.keys;
  }

  async validate(actor: Actor, address: ItemAddress, wanted: Wanted): Promise<ValidationDocument> {
    assertMay(actor, 'read', itemKey(address));
    const item = await this.#items.find(actor, address, false);
    if (wanted.content !== undefined) {
      const format =
        wanted.format ??
        item?.format ??
        formatOfPath(address.path) ??
        (typeof wanted.content === 'string' ? undefined : 'json');
      const text = textOf(wanted.content, format ?? 'text');
      return this.#validation.validate(address, text, format, item?.secret === true);
    }
    const draft = await this.#drafts.standing(address);
    const text = this.#textOf(address, draft);
    return this.#validation.validate(
      address,
      text,
      wanted.format ?? draft.record.format,
      draft.isSecret,
    );
  }

  /** @throws Problem `conflict` when the base of the draft has moved, `invalid-content` */
  async release(
    actor: Actor,
    address: ItemAddress,
    {
      checked,
      comment,
      ...wanted
    }: Wanted & { readonly checked: boolean; readonly comment?: string | undefined },
    expected: Expectation,
  ): Promise<ReleasedDocument> {
    assertMay(actor, 'write', itemKey(address));
    if (checked) assertValid(await this.validate(actor, address, wanted));
    if (wanted.content !== undefined) {
      const next = { ...wanted, content: wanted.content, comment };
      return this.#items.release(actor, address, next, expected);
    }
    const draft = await this.#drafts.standing(address);
    const next = { ...nextOf(draft, wanted), comment: comment ?? draft.record.comment };
    const released = await this.#items.release(actor, address, next, expected);
    await this.#drafts.drop(address, draft.revision);
    return released;
  }

  async releaseSeveral(
    actor: Actor,
    namespace: string,
    {
      items,
      comment,
    }: {
      readonly items: readonly (Wanted & {
        readonly path: string;
        readonly gray?:
          (Omit<GrayOptions, 'match' | 'percent' | 'by'> & Record<string, unknown>) | undefined;
      })[];
      readonly comment?: string | undefined;
    },
  ): Promise<{ items: ReleasedDocument[]; revision: number }> {
    const all = items.map(({ path, ...wanted }, index) => {
      const address = checkedAddress(namespace, path, (part) =>
        part === 'path' ? `body.items.${index}.path` : 'path.namespace',
      );
      assertMay(actor, 'write', itemKey(address));
      return { address, wanted };
    });
    const prepared = await Promise.all(
      all.map(async ({ address, wanted }) => {
        const { gray, ...content } = wanted;
        const draft =
          content.content === undefined ? await this.#drafts.standing(address) : undefined;
        const next =
          draft === undefined ? { ...content, content: content.content } : nextOf(draft, content);
        return { address, draft, ...next, gray: gray as ReleaseItem['gray'] };
      }),
    );
    const releases = await this.#releaseAll(prepared, actor, comment);
    for (const { address, draft } of prepared) {
      if (draft !== undefined) await this.#drafts.drop(address, draft.revision);
    }
    const documents = releases.map((release, index) =>
      releasedDocument(prepared[index]!.address, release),
    );
    return { items: documents, revision: releases[0]?.revision ?? 0 };
  }

  async #releaseAll(
    prepared: Parameters<ReleaseDesk['releaseAll']>[0],
    actor: Actor,
    comment: string | undefined,
  ): ReturnType<ReleaseDesk['releaseAll']> {
    try {
      const wanted = prepared.map(({ address, content, format, secret, base, gray }) => ({
        address,
        content,
        format,
        secret,
        base,
        gray,
      }));
      return await this.#releases.releaseAll(wanted, { by: actor.name, comment });
    } catch (error) {
      for (const [index, { address, ...content }] of prepared.entries()) {
        const problem = contentProblem(error, content, address, `body.items.${index}.content`);
        if (problem !== undefined && isAbout(error, address)) throw problem;
      }
      throw error;
    }
  }

  /** The document of a draft, opened if it is sealed. */
  #textOf({ namespace, path }: ItemAddress, { record: { content } }: StandingDraft): string {
    if (typeof content === 'string') return content;
    const opened = this.#keys?.open(content, `${namespace}/${path}`);
    if (opened?.ok === true) return opened.text;
    throw new Problem('conflict', {
      detail: `the draft is sealed with the key ${JSON.stringify(content.key)}, which the gateway does not have`,
    });
  }
}

const nextOf = (
  { record, isSecret }: StandingDraft,
  { format, secret, base }: Wanted,
): { content: unknown; format: Format; secret: boolean; base: number } => ({
  content: record.content,
  format: format ?? record.format,
  secret: secret ?? isSecret,
  base: base ?? record.base,
});

const isAbout = (error: unknown, { path, namespace }: ItemAddress): boolean =>
  ConcordError.is(error) && (error.subject === path || error.subject === `${namespace}:${path}`);

function textOf(content: unknown, format: Format): string {
  try {
    return serialize('validate', content, format);
  } catch (error) {
    if (!ConcordError.is(error, 'INVALID_ARGUMENT')) throw error;
    const message = error.message.replace(/^validate: /, '');
    throw new Problem('invalid-request', {
      detail: `body.content: ${message}`,
      errors: [{ field: 'body.content', message }],
    });
  }
}
