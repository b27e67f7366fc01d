/** Two contents of an item side by side: releases of the past, what is live, the draft. */
import type { CallOptions, Client } from '@concord/client';
import {
  changesBetween,
  itemName,
  lineDiff,
  parseContent,
  type Content,
  type Format,
  type ValueChange,
} from '@concord/config/records';
import { CommandError, exitCodes } from '../../command-error.ts';
import { readRelease, type StandingItem } from './items.ts';
import type { Sight } from './secrets.ts';

export type Side = number | 'live' | 'draft';

export interface Difference {
  readonly from: string;
  readonly to: string;
  /** Secrets that are not to be shown: nothing of them is compared. */
  readonly isMasked: boolean;
  /** Field by field; the whole document where one of them can't be parsed. */
  readonly changes: readonly ValueChange[];
  /** Line by line, marked `' '`, `'-'`, `'+'`. */
  readonly lines: readonly string[];
}

/** @throws CommandError for what is neither a release nor `live` nor `draft` */
export function sideOf(text: string): Side {
  if (text === 'live' || text === 'draft') return text;
  const release = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(release)) return release;
  throw new CommandError(
    `"${text}" is nothing to compare: give the number of a release, live or draft`,
    exitCodes.badArguments,
  );
}

/**
 * By default: the draft with what is live, or what is live with the release before it. With one side, that with the
 * release before it, or the draft with what is live.
 */
export function sidesOf(
  { record, draft }: StandingItem,
  given: readonly string[],
): readonly [from: Side, to: Side] {
  const [first, second] = given.map(sideOf);
  if (first !== undefined && second !== undefined) return [first, second];
  const to = first ?? (draft === undefined ? 'live' : 'draft');
  if (to === 'draft') return ['live', 'draft'];
  return [Math.max(0, (to === 'live' ? (record?.release ?? 1) : to) - 1), to];
}

interface Document {
  readonly text: string | undefined;
  readonly format: Format;
  readonly isMasked: boolean;
}

export async function difference(
  client: Client,
  standing: StandingItem,
  [from, to]: readonly [from: Side, to: Side],
  sight: Sight,
  call: CallOptions,
): Promise<Difference> {
  const before = await documentOf(client, standing, from, sight, call);
  const after = await documentOf(client, standing, to, sight, call);
  const isMasked = before.isMasked || after.isMasked;
  return {
    from: nameOf(from),
    to: nameOf(to),
    isMasked,
    changes: isMasked ? [] : changesBetween(valueOf(before), valueOf(after)),
    lines: isMasked ? [] : linesBetween(before.text, after.text),
  };
}

/** Where there is nothing on one side, all of the other is new or gone. */
function linesBetween(before: string | undefined, after: string | undefined): readonly string[] {
  if (before !== undefined && after !== undefined) return lineDiff(before, after);
  const mark = before === undefined ? '+' : '-';
  return (before ?? after ?? '')
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => `${mark}${line}`);
}

/** Of a text before and after it was edited. */
export const lineDifference = (before: string, after: string): Difference => ({
  from: 'before',
  to: 'after',
  isMasked: false,
  changes: [],
  lines: linesBetween(before === '' ? undefined : before, after),
});

const nameOf = (side: Side): string =>
  side === 0 ? 'nothing' : typeof side === 'number' ? `release ${side}` : side;

async function documentOf(
  client: Client,
  { address, record, draft, isSecret }: StandingItem,
  side: Side,
  sight: Sight,
  call: CallOptions,
): Promise<Document> {
  const shown = (content: Content | undefined, format: Format, secret: boolean): Document => {
    const text = content === undefined ? undefined : sight.show(address, content, secret);
    return { text, format, isMasked: content !== undefined && text === undefined };
  };
  if (side === 0) return shown(undefined, 'text', false);
  if (typeof side === 'number') {
    const { content, format, secret = false } = await readRelease(client, address, side, call);
    return shown(content, format, secret);
  }
  const found = side === 'live' ? record : draft?.record;
  if (side === 'draft' && found === undefined) {
    throw new CommandError(`there is no draft of ${itemName(address)}`);
  }
  return shown(found?.content, found?.format ?? 'text', isSecret);
}

function valueOf({ text, format }: Document): unknown {
  if (text === undefined) return undefined;
  const parsed = parseContent(text, format);
  return parsed.ok ? parsed.value : text;
}

/** As `diff -u` shows it, without the lines that did not change far around. */
export function differenceText({ from, to, lines, isMasked }: Difference): string {
  const head = `--- ${from}\n+++ ${to}\n`;
  if (isMasked) return `${head}secret: give --reveal and --config-keys to compare what is in it\n`;
  const changed = lines.map((line) => !line.startsWith(' '));
  const isNear = (at: number): boolean =>
    changed.slice(Math.max(0, at - CONTEXT), at + CONTEXT + 1).includes(true);
  const parts: string[] = [];
  let isCut = false;
  for (const [at, line] of lines.entries()) {
    if (!isNear(at)) isCut = true;
    else {
      if (isCut) parts.push('@@');
      parts.push(line);
      isCut = false;
    }
  }
  return parts.length === 0 ? '' : `${head}${parts.join('\n')}\n`;
}

const CONTEXT = 3;
