/** Where new content goes: into the draft, or straight to the clients. */
import type { Release } from '@concord/config';
import { itemName, parseContent, type DraftRecord } from '@concord/config/records';
import { CommandError } from '../../command-error.ts';
import { showOne } from '../listing/listing.ts';
import { without } from '../listing/without.ts';
import type { Presenter } from '../output/presenter.ts';
import { dropDraft, writeDraft, type NewDraft } from './drafts.ts';
import { targetOf, type StandingItem } from './items.ts';
import { asRelease, showReleases } from './released.ts';
import type { Opened } from './with-configuration.ts';

export type Written =
  | { readonly kind: 'draft'; readonly draft: DraftRecord; readonly live: number }
  | { readonly kind: 'release'; readonly release: Release };

/** @throws CommandError for content that is not what its format says */
export async function writeOrRelease(
  { client, configuration, keys }: Opened,
  standing: StandingItem,
  next: NewDraft,
  isReleased: boolean,
  signal: AbortSignal,
): Promise<Written> {
  assertParses(standing, next);
  if (!isReleased) {
    const draft = await writeDraft(client, standing, next, keys, { signal });
    return { kind: 'draft', draft, live: standing.record?.release ?? 0 };
  }
  const { content, format, isSecret, comment, by } = next;
  const release = await configuration.release(targetOf(standing.address), content, {
    format,
    secret: isSecret || standing.isSecret,
    base: standing.record?.release ?? 0,
    by,
    comment,
    signal,
  });
  await dropDraft(client, standing);
  return { kind: 'release', release };
}

/** A draft in the console may be half a thing; one that is written here is meant. */
export function assertParses({ address }: StandingItem, { content, format }: NewDraft): void {
  const parsed = parseContent(content, format);
  if (parsed.ok) return;
  const { message, line, column } = parsed.issue;
  const place =
    line === undefined ? '' : ` at line ${line}${column === undefined ? '' : `, column ${column}`}`;
  throw new CommandError(`${itemName(address)} is no ${format}${place}: ${message}`);
}

export async function showDraft(
  presenter: Presenter,
  name: string,
  path: string,
  written: Written,
): Promise<void> {
  if (written.kind === 'release')
    return showReleases(presenter, [written.release], asRelease('Released'));
  const rest = without(written.draft, 'content');
  const { base } = rest;
  const from = base === 0 ? 'nothing' : `release ${base}`;
  const outdated =
    base === written.live
      ? ''
      : `; release ${written.live} is live by now, see concordctl config diff ${path}`;
  await showOne(presenter, {
    text: `Draft of ${name} begun from ${from}${outdated}\n`,
    fields: [
      ['item', name],
      ['base', base],
      ['live', written.live],
      ['format', rest.format],
      ['by', rest.by],
      ['at', rest.at],
    ],
    document: { item: name, live: written.live, ...rest },
  });
}
