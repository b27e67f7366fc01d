/** The released state of an item, as it is stored under its key, and one release, as it is stored in the history. */
import type { Format } from '../item/format.ts';
import { FORMATS } from '../item/format.ts';
import { isSealed, type Sealed } from '../secret/sealed.ts';

/** A document in the item's format, or that sealed. */
export type Content = string | Sealed;

/** What some clients get instead of the base. */
export interface GrayTrack {
  readonly name: string;
  /** Labels of the client's `app`, all of which must be as said; a list means any of them. */
  readonly match?: Readonly<Record<string, string | readonly string[]>>;
  /** Of a hash of the client's stable id, 0 to 100. */
  readonly percent?: number;
  /** A label to hash instead of the id, so that all clients that share it go together. */
  readonly by?: string;
  readonly release: number;
  readonly content: Content;
}

export interface ItemRecord {
  /** Of the base content. */
  readonly release: number;
  /** The newest number given out, gray and deleted ones included: numbers are never used twice. */
  readonly latest: number;
  readonly content: Content;
  readonly format: Format;
  readonly secret?: boolean;
  /** In the order in which they are asked: the first that a client belongs to is its own. */
  readonly gray?: readonly GrayTrack[];
  readonly comment?: string;
  /** Who released it. */
  readonly by?: string;
  /** ISO 8601. */
  readonly at: string;
}

/** One release: immutable, but for being sealed with a newer key. */
export interface HistoryEntry {
  readonly release: number;
  /** The gray track it was released on; absent for the base. */
  readonly track?: string;
  /** Absent where the release was a deletion. */
  readonly content?: Content;
  readonly format: Format;
  readonly secret?: boolean;
  /** What it was made from: the release rolled back to, or the gray one promoted. */
  readonly from?: number;
  readonly comment?: string;
  readonly by?: string;
  readonly at: string;
}

/** The record in `text`, or undefined for what cannot be one. Unknown fields are left alone. */
export function decodeRecord(text: string): ItemRecord | undefined {
  const record = decode(text) as Partial<ItemRecord> | undefined;
  if (record === undefined || !isContent(record.content) || !isTime(record.at)) return undefined;
  if (!isRelease(record.release) || !FORMATS.includes(record.format as Format)) return undefined;
  const gray: readonly Partial<GrayTrack>[] = record.gray ?? [];
  if (!Array.isArray(gray) || !gray.every(isTrack)) return undefined;
  // Writers of other languages need not keep `latest`.
  const latest = Math.max(
    record.latest ?? 0,
    record.release,
    ...gray.map(({ release }) => release),
  );
  return { ...(record as ItemRecord), latest };
}

export function decodeHistoryEntry(text: string): HistoryEntry | undefined {
  const entry = decode(text) as Partial<HistoryEntry> | undefined;
  if (entry === undefined || !isRelease(entry.release) || !isTime(entry.at)) return undefined;
  if (!FORMATS.includes(entry.format as Format)) return undefined;
  if (entry.content !== undefined && !isContent(entry.content)) return undefined;
  return entry as HistoryEntry;
}

export const encode = (value: ItemRecord | HistoryEntry): string => JSON.stringify(value);

function decode(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

const isRelease = (value: unknown): value is number =>
  Number.isSafeInteger(value) && (value as number) > 0;
const isContent = (value: unknown): value is Content =>
  typeof value === 'string' || isSealed(value);
const isTime = (value: unknown): value is string => typeof value === 'string';

function isTrack(value: unknown): value is GrayTrack {
  if (typeof value !== 'object' || value === null) return false;
  const track: { [K in keyof GrayTrack]?: unknown } = value;
  return (
    typeof track.name === 'string' &&
    isRelease(track.release) &&
    isContent(track.content) &&
    (track.percent === undefined || typeof track.percent === 'number') &&
    (track.by === undefined || typeof track.by === 'string') &&
    (track.match === undefined || (typeof track.match === 'object' && track.match !== null))
  );
}
