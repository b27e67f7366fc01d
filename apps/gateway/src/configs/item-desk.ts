/** One item as an actor sees it and changes it: what REST, gRPC and the console's pages have in common. */
import { ConcordError } from '@concord/client';
import type { Release } from '@concord/config';
import {
  changesBetween,
  decodeDraft,
  itemKey,
  lineDiff,
  parseContent,
  type ItemAddress,
  type KeyRing,
} from '@concord/config/records';
import { assertMay, type Actor } from '../access/actor.ts';
import { tellAudit } from '../audit/audit-scope.ts';
import { Problem } from '../http/problem.ts';
import { contentProblem } from './content-faults.ts';
import { historyDocument, itemDocument, recordOf } from './item-document.ts';
import type { ItemReader } from './item-reader.ts';
import type {
  DiffDocument,
  HistoryDocument,
  ItemDocument,
  ReleasedDocument,
} from './item-schemas.ts';
import { assertExpected, type Expectation } from './item-tag.ts';
import type { NewContent, ReleaseDesk } from './release-desk.ts';
import { masked, revealed, type Sight } from './secrecy.ts';

/** What to compare: a release, what is live, the draft. */
export type DiffSide = number | 'live' | 'draft';

interface Document {
  readonly name: string;
  readonly text: string | undefined;
  readonly format: ItemDocument['format'];
  readonly isMasked: boolean;
}

export class ItemDesk {
  readonly #reader: ItemReader;
  readonly #desk: ReleaseDesk;
  readonly #keys: KeyRing | undefined;

  constructor(reader: ItemReader, desk: ReleaseDesk, keys: KeyRing | undefined) {
    this.#reader = reader;
    this.#desk = desk;
    this.#keys = keys;
  }

  /** @throws Problem `not-found` where there is neither a release nor a plain key that the actor may read */
  async get(actor: Actor, address: ItemAddress, reveal: boolean): Promise<ItemDocument> {
    const document = await this.find(actor, address, reveal);
    if (document !== undefined) return document;
    throw new Problem('not-found', {
      detail: `nothing is released under ${address.namespace}/${address.path}, and no key ${plainKeys(address).join(' or ')} is there to be read`,
    });
  }

  async find(
    actor: Actor,
    address: ItemAddress,
    reveal: boolean,
  ): Promise<ItemDocument | undefined> {
    assertMay(actor, 'read', itemKey(address));
    const stored = await this.#reader.get(address, readablePlainKeys(actor, address));
    return itemDocument(stored, this.sight(actor, reveal));
  }

  /** @throws Problem `precondition-failed`, `conflict`, `invalid-content` */
  async release(
    actor: Actor,
    address: ItemAddress,
    next: NewContent & {
      readonly comment?: string | undefined;
      readonly base?: number | undefined;
    },
    expected: Expectation,
  ): Promise<ReleasedDocument> {
    assertMay(actor, 'write', itemKey(address));
    const { content, format, secret, comment } = next;
    const made = { content, format, secret };
    return this.#act(address, expected, next.base, (base) =>
      this.#desk
        .release(address, made, { by: actor.name, comment, base })
        .catch((error: unknown) => {
          throw contentProblem(error, made, address) ?? error;
        }),
    );
  }

  async rollback(
    actor: Actor,
    address: ItemAddress,
    { to, comment, base }: { to: number; comment?: string | undefined; base?: number | undefined },
    expected: Expectation,
  ): Promise<ReleasedDocument> {
    assertMay(actor, 'write', itemKey(address));
    return this.#act(address, expected, base, (base) =>
      this.#desk.rollback(address, to, { by: actor.name, comment, base }),
    );
  }

  async delete(
    actor: Actor,
    address: ItemAddress,
    comment: string | undefined,
    expected: Expectation,
  ): Promise<ReleasedDocument> {
    assertMay(actor, 'write', itemKey(address));
    return this.#act(address, expected, undefined, (base) =>
      this.#desk.delete(address, { by: actor.name, comment, base }),
    );
  }

  async history(
    actor: Actor,
    address: ItemAddress,
    query: { limit: number; cursor?: string | undefined; content: boolean; reveal: boolean },
  ): Promise<{ items: HistoryDocument[]; revision: number; nextCursor: string | undefined }> {
    assertMay(actor, 'read', itemKey(address));
    const sight = query.content ? this.sight(actor, query.reveal) : undefined;
    const { items, ...page } = await this.#reader.history(address, query.limit, query.cursor);
    return { ...page, items: items.map((entry) => historyDocument(address, entry, sight)) };
  }

  /** @param from - the release before `to` by default, what is live for a draft */
  async diff(
    actor: Actor,
    address: ItemAddress,
    { from, to, reveal }: { from: DiffSide | undefined; to: DiffSide; reveal: boolean },
  ): Promise<DiffDocument> {
    assertMay(actor, 'read', itemKey(address));
    const sight = this.sight(actor, reveal);
    const after = await this.#side(address, to, sight);
    const before = await this.#side(address, from ?? (await this.#before(address, to)), sight);
    const isMasked = before.isMasked || after.isMasked;
    return {
      from: before.name,
      to: after.name,
      isMasked,
      changes: isMasked
        ? []
        : changesBetween(valueOf(before), valueOf(after)).map(
            (change) => ({ ...change }) as DiffDocument['changes'][number],
          ),
      lines: isMasked ? [] : lineDiff(before.text ?? '', after.text ?? ''),
    };
  }

  /** What the actor may see of secrets, if it asks to. */
  sight(actor: Actor, reveal: boolean): Sight {
    return reveal ? revealed(actor, this.#keys) : masked;
  }

  /** @throws Problem `precondition-failed` if the item is not, or not any more, what the request expects */
  async #act(
    address: ItemAddress,
    expected: Expectation,
    given: number | undefined,
    work: (base: number | undefined) => Promise<Release>,
  ): Promise<ReleasedDocument> {
    const subject = `config ${address.namespace}/${address.path}`;
    tellAudit({ subject });
    const base = await this.#base(address, expected, given);
    try {
      const released = releasedDocument(address, await work(base));
      const { release, track } = released;
      // Contents are in the history, and secrets nowhere else.
      tellAudit({
        ...(base !== undefined && { before: { release: base } }),
        after: { release, track },
      });
      return released;
    } catch (error) {
      if (base === given || !ConcordError.is(error, 'CONFLICT')) throw error;
      throw new Problem('precondition-failed', {
        detail: error.message,
        outcome: 'not-applied',
        cause: error,
      });
    }
  }

  /** The base that a write is made conditional on, once what is expected of the revision has been looked at. */
  async #base(
    address: ItemAddress,
    expected: Expectation,
    base: number | undefined,
  ): Promise<number | undefined> {
    if (expected.base === undefined && expected.isPresent === undefined) return base;
    const { item } = await this.#reader.get(address, []);
    const record = recordOf({ address, item, plain: undefined, draft: undefined });
    const release = record?.release ?? 0;
    assertExpected(expected, { release, revision: item?.modRevision ?? 0 });
    return base ?? release;
  }

  /** What `to` is compared with unless the request says it. */
  async #before(address: ItemAddress, to: DiffSide): Promise<DiffSide> {
    if (to === 'draft') return 'live';
    const { items } = await this.#reader.history(address, 2, undefined);
    if (to === 'live') return items[1]?.release ?? 0;
    return to - 1;
  }

  async #side(address: ItemAddress, side: DiffSide, sight: Sight): Promise<Document> {
    const name = String(side);
    if (side === 0) return { name: 'nothing', text: undefined, format: 'text', isMasked: false };
    if (typeof side === 'number') {
      const { content, format, secret = false } = await this.#reader.release(address, side);
      const text = content === undefined ? undefined : sight.show(address, content, secret);
      return { name, text, format, isMasked: content !== undefined && text === undefined };
    }
    const stored = await this.#reader.get(address, []);
    const record = recordOf(stored);
    const found = side === 'live' ? record : stored.draft && decodeDraft(stored.draft.text);
    if (found === undefined && side === 'draft') throw noDraft(address);
    if (found === undefined) return { name, text: undefined, format: 'text', isMasked: false };
    const isSecret = found.secret === true || record?.secret === true;
    const text = sight.show(address, found.content, isSecret);
    return { name, text, format: found.format, isMasked: text === undefined };
  }
}

export const noDraft = ({ namespace, path }: ItemAddress): Problem =>
  new Problem('not-found', { detail: `there is no draft of ${namespace}/${path}` });

/** The keys that clients may read as the item while nothing is released: by the ways that its path can be written. */
export const plainKeys = ({ path }: ItemAddress): readonly string[] => [`/${path}`, path];

export const readablePlainKeys = (actor: Actor, address: ItemAddress): readonly string[] =>
  plainKeys(address).filter((key) => actor.may('read', key));

export const releasedDocument = (
  { namespace, path }: ItemAddress,
  { release, track, revision, at }: Release,
): ReleasedDocument => ({ namespace, path, release, track, revision, at });

function valueOf({ text, format }: Document): unknown {
  if (text === undefined) return undefined;
  const parsed = parseContent(text, format);
  return parsed.ok ? parsed.value : text;
}
