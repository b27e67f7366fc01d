/** Conditional requests (RFC 9110, section 13): the tag of a thing is the revision of its latest write. */
import { Problem } from './problem.ts';

export const etagOf = (revision: number): string => `"${revision}"`;

/** What a write is conditional on: nothing, that there is no such thing yet, that there is one, or its revision. */
export type Precondition =
  | { readonly kind: 'none' }
  | { readonly kind: 'absent' }
  | { readonly kind: 'present' }
  | { readonly kind: 'revision'; readonly revision: number };

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** @throws Problem `invalid-request` for a condition that is not understood: it must never be ignored */
export function preconditionOf(headers: Headers): Precondition {
  const [match, noneMatch] = [headers['if-match'], headers['if-none-match']];
  if (noneMatch !== undefined) {
    if (noneMatch === '*') return { kind: 'absent' };
    throw unreadable('if-none-match', 'is understood as * on writes');
  }
  if (match === undefined) return { kind: 'none' };
  if (match === '*') return { kind: 'present' };
  // Proxies that compress weaken a tag; a revision names the very same thing all the same.
  const revision = /^(?:W\/)?"(\d{1,16})"$/.exec(String(match))?.[1];
  if (revision === undefined)
    throw unreadable('if-match', 'must be the ETag of an answer, such as "17", or *');
  return { kind: 'revision', revision: Number(revision) };
}

/** Whether a reader already has what stands at `revision`. */
export const isNotModified = (headers: Headers, revision: number): boolean =>
  isAmongTags(headers, etagOf(revision));

/** Whether `If-None-Match` names `tag`: one of several, weak or not, or anything by `*`. */
export function isAmongTags(headers: Headers, tag: string): boolean {
  const given = headers['if-none-match'];
  if (given === undefined) return false;
  const tags = [given].flat().join(',').split(',');
  return tags.some((one) => ['*', tag].includes(one.trim().replace(/^W\//, '')));
}

function unreadable(header: string, message: string): Problem {
  const field = `header.${header}`;
  return new Problem('invalid-request', {
    detail: `${field}: ${message}`,
    errors: [{ field, message }],
  });
}
