/**
 * The form of a snapshot: what was stored of every item that was read and found good, as it was stored, so that
 * secrets stay sealed. One line of JSON that names version and checksum, then the items. A capsule is the same file,
 * put into an image.
 */
import { createHash } from 'node:crypto';
import { STORED_PARTS, type StoredItem, type StoredText } from '../live/cut.ts';

const VERSION = 1;

export interface SnapshotItem extends StoredItem {
  readonly revision: number;
  /** When it was known to be the newest, ISO 8601. */
  readonly at: string;
}

/** By `{namespace}/{path}`. */
export type SnapshotItems = ReadonlyMap<string, SnapshotItem>;

export type SnapshotRead =
  | { readonly ok: true; readonly items: SnapshotItems }
  | { readonly ok: false; readonly problem: string };

export function encodeSnapshot(items: SnapshotItems): string {
  const body = JSON.stringify(Object.fromEntries(items));
  return `${JSON.stringify({ concord: 'config snapshot', version: VERSION, sha256: sha256(body) })}\n${body}\n`;
}

export function decodeSnapshot(text: string): SnapshotRead {
  const [head = '', body = ''] = text.split('\n');
  const header = parsed(head) as
    { concord?: unknown; version?: unknown; sha256?: unknown } | undefined;
  if (header?.concord !== 'config snapshot') return { ok: false, problem: 'it is no snapshot' };
  if (header.version !== VERSION) {
    return {
      ok: false,
      problem: `it is of version ${JSON.stringify(header.version)}, not ${VERSION}`,
    };
  }
  if (header.sha256 !== sha256(body)) {
    return { ok: false, problem: 'its checksum is wrong: it is cut short or damaged' };
  }
  const items = new Map<string, SnapshotItem>();
  for (const [name, item] of Object.entries((parsed(body) ?? {}) as Record<string, unknown>)) {
    if (!isItem(item)) return { ok: false, problem: `its item ${JSON.stringify(name)} is no item` };
    items.set(name, item);
  }
  return { ok: true, items };
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

function parsed(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function isItem(value: unknown): value is SnapshotItem {
  if (typeof value !== 'object' || value === null) return false;
  const { revision, at, ...stored } = value as Partial<SnapshotItem>;
  return (
    Number.isSafeInteger(revision) &&
    typeof at === 'string' &&
    !Number.isNaN(Date.parse(at)) &&
    STORED_PARTS.every((part) => stored[part] === undefined || isStored(stored[part]))
  );
}

const isStored = (value: Partial<StoredText> | null): boolean =>
  typeof value === 'object' &&
  value !== null &&
  typeof value.text === 'string' &&
  Number.isSafeInteger(value.revision);
