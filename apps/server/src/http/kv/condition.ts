/**
 * `If-Match` and `If-None-Match` (RFC 9110, section 13): an entity tag is the revision of the key's last write, in
 * quotes.
 */
import type { IncomingHttpHeaders } from 'node:http';
import {
  Compare,
  Compare_CompareResult as Result,
  Compare_CompareTarget as Target,
} from '@concord/protocol';
import { Problem } from './problem.ts';

/** `any` is `*`: any revision that is there. */
export type Tag = 'any' | number;

export interface Conditions {
  readonly ifMatch: Tag | undefined;
  readonly ifNoneMatch: Tag | undefined;
}

export const entityTag = (modRevision: number): string => `"${modRevision}"`;

/** Throws `Problem` where a header is not `*` or one entity tag. */
export function conditionsOf(headers: IncomingHttpHeaders): Conditions {
  return {
    ifMatch: tagOf('If-Match', headers['if-match']),
    ifNoneMatch: tagOf('If-None-Match', headers['if-none-match']),
  };
}

function tagOf(header: string, text: string | undefined): Tag | undefined {
  if (text === undefined) return undefined;
  if (text.trim() === '*') return 'any';
  // Proxies that compress make a tag weak. The value is the same.
  const revision = /^\s*(?:W\/)?"(\d{1,16})"\s*$/.exec(text)?.[1];
  if (revision !== undefined) return Number(revision);
  throw new Problem(400, `${header}: ${text}: expected * or one ETag, such as "12"`);
}

/** What must hold of a key for the write to be done. */
export function comparesOf(key: Uint8Array, { ifMatch, ifNoneMatch }: Conditions): Compare[] {
  return [
    ...(ifMatch === undefined ? [] : [compareOf(key, ifMatch, Result.EQUAL)]),
    ...(ifNoneMatch === undefined ? [] : [compareOf(key, ifNoneMatch, Result.NOT_EQUAL)]),
  ];
}

/** A key that is not there has the revision 0. */
function compareOf(key: Uint8Array, tag: Tag, result: number): Compare {
  const isAny = tag === 'any';
  const opposite = result === Result.EQUAL ? Result.NOT_EQUAL : Result.EQUAL;
  return Compare.create({
    key,
    target: Target.MOD,
    result: isAny ? opposite : result,
    targetUnion: { case: 'modRevision', value: isAny ? 0 : tag },
  });
}

/** Whether a client that has `ifNoneMatch` has what there is. */
export const isNotModified = ({ ifNoneMatch }: Conditions, modRevision: number): boolean =>
  ifNoneMatch === 'any' || ifNoneMatch === modRevision;

/** Whether the key that a client wants to read is not the one that there is. */
export const isMismatch = ({ ifMatch }: Conditions, modRevision: number): boolean =>
  ifMatch !== undefined && ifMatch !== 'any' && ifMatch !== modRevision;
