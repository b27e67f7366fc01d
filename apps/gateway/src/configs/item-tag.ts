/**
 * ETags of items: `"4/117"`, the base release and the revision of the latest write, gray tracks included; behind them the
 * time of the draft, where there is one. A write may be conditional on that, or on the number of the release alone:
 * `If-Match: "4"`.
 */
import { Problem } from '../http/problem.ts';
import type { ItemDocument } from './item-schemas.ts';

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** What the tag of an item depends on: the draft is a part of the document, but not of what If-Match is about. */
type Tagged = Pick<ItemDocument, 'release' | 'revision'> & Partial<Pick<ItemDocument, 'draft'>>;

export function tagOf({ release, revision, draft }: Tagged): string {
  const beside = draft === undefined ? '' : `/${Date.parse(draft.at)}`;
  return `"${release}/${revision}${beside}"`;
}

/** What a write is conditional on. */
export interface Expectation {
  /** The base release, 0 for none; undefined: whatever. */
  readonly base: number | undefined;
  readonly revision: number | undefined;
  /** That there is one at all: `If-Match: *`. */
  readonly isPresent?: true;
}

/** @throws Problem `invalid-request` for a condition that is not understood: it must never be ignored */
export function expectationOf(headers: Headers): Expectation {
  const [match, noneMatch] = [headers['if-match'], headers['if-none-match']];
  if (noneMatch !== undefined) {
    if (noneMatch === '*') return { base: 0, revision: undefined };
    throw unreadable('if-none-match', 'is understood as * on writes');
  }
  if (match === undefined) return { base: undefined, revision: undefined };
  if (match === '*') return { base: undefined, revision: undefined, isPresent: true };
  // Proxies that compress weaken a tag; it names the very same thing all the same.
  const parts = /^(?:W\/)?"(\d{1,15})(?:\/(\d{1,15})(?:\/\d{1,15})?)?"$/.exec(String(match));
  if (parts === null) {
    throw unreadable(
      'if-match',
      'must be the ETag of an answer, such as "4/117", or a release: "4"',
    );
  }
  const [, base, revision] = parts;
  return { base: Number(base), revision: revision === undefined ? undefined : Number(revision) };
}

/** @throws Problem `precondition-failed` unless what is there is what was expected */
export function assertExpected(
  { base, revision, isPresent }: Expectation,
  stands: { readonly release: number; readonly revision: number },
): void {
  const isSame =
    (isPresent === undefined || stands.release > 0) &&
    (base === undefined || base === stands.release) &&
    (revision === undefined || revision === stands.revision);
  if (isSame) return;
  throw new Problem('precondition-failed', {
    detail:
      stands.release === 0
        ? 'nothing is released here: leave out If-Match to release the first'
        : `it stands at release ${stands.release} by now, ${tagOf(stands)}: read it again, and make the change from there`,
    outcome: 'not-applied',
  });
}

function unreadable(header: string, message: string): Problem {
  const field = `header.${header}`;
  return new Problem('invalid-request', {
    detail: `${field}: ${message}`,
    errors: [{ field, message }],
  });
}
