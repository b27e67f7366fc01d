/** Items as answers show them. */
import type { Entry } from '@concord/client';
import {
  BASE_TRACK,
  decodeDraft,
  decodeRecord,
  formatOfPath,
  type Content,
  type GrayTrack,
  type HistoryEntry,
  type ItemAddress,
  type ItemRecord,
} from '@concord/config/records';
import { Problem } from '../http/problem.ts';
import type { HistoryDocument, ItemDocument, ItemSummary } from './item-schemas.ts';
import type { Sight } from './secrecy.ts';

/** What lies in the store of one item, at one revision. */
export interface StoredConfig {
  readonly address: ItemAddress;
  readonly item: Entry | undefined;
  /** The plain key, where nothing is released. */
  readonly plain: Entry | undefined;
  readonly draft: Entry | undefined;
}

/** @throws Problem `invalid-content` for a key that holds no record */
export function recordOf({ address, item }: StoredConfig): ItemRecord | undefined {
  if (item === undefined) return undefined;
  const record = decodeRecord(item.text);
  if (record !== undefined) return record;
  throw new Problem('invalid-content', {
    detail: `what is under ${item.key} is no record of a release of ${address.path}: look at who wrote it, and delete the key`,
  });
}

/** The item with its content. Undefined where there is neither a release nor a plain key. */
export function itemDocument(stored: StoredConfig, sight: Sight): ItemDocument | undefined {
  const { address, plain } = stored;
  const record = recordOf(stored);
  if (record === undefined) return plain === undefined ? undefined : plainDocument(stored, plain);
  const secret = record.secret === true;
  const content = sight.show(address, record.content, secret);
  return {
    ...recordFields(stored, record, stored.item!.modRevision),
    ...(content !== undefined && { content }),
    isMasked: content === undefined,
    gray: (record.gray ?? []).map((track) => {
      const shown = sight.show(address, track.content, secret);
      return { ...trackFields(track), ...(shown !== undefined && { content: shown }) };
    }),
  };
}

/** The item in a list. */
export function itemSummary(stored: StoredConfig, item: Entry): ItemSummary | undefined {
  const record = decodeRecord(item.text);
  if (record === undefined) return undefined;
  return {
    ...recordFields(stored, record, item.modRevision),
    sizeBytes: sizeOf(record.content),
    gray: (record.gray ?? []).map(trackFields),
  };
}

export function historyDocument(
  address: ItemAddress,
  entry: HistoryEntry,
  sight: Sight | undefined,
): HistoryDocument {
  const { release, track = BASE_TRACK, content, format, secret = false, from } = entry;
  const shown = content === undefined ? undefined : sight?.show(address, content, secret);
  return {
    release,
    track,
    kind: content === undefined ? 'deletion' : 'release',
    ...(shown !== undefined && { content: shown }),
    isMasked: sight !== undefined && content !== undefined && shown === undefined,
    sizeBytes: content === undefined ? 0 : sizeOf(content),
    format,
    secret,
    ...(from !== undefined && { from }),
    ...actFields(entry),
  };
}

export const sizeOf = (content: Content): number =>
  Buffer.byteLength(typeof content === 'string' ? content : JSON.stringify(content));

function plainDocument(stored: StoredConfig, plain: Entry): ItemDocument {
  const { namespace, path } = stored.address;
  return {
    namespace,
    path,
    source: 'plain',
    release: 0,
    latest: 0,
    revision: plain.modRevision,
    format: formatOfPath(path) ?? 'text',
    secret: false,
    content: plain.text,
    isMasked: false,
    gray: [],
    plainKey: plain.key,
    ...draftFields(stored, 0),
  };
}

function recordFields(
  stored: StoredConfig,
  record: ItemRecord,
  revision: number,
): Omit<ItemSummary, 'gray' | 'sizeBytes'> {
  const { namespace, path } = stored.address;
  return {
    namespace,
    path,
    source: 'release',
    release: record.release,
    latest: record.latest,
    revision,
    format: record.format,
    secret: record.secret === true,
    ...actFields(record),
    ...draftFields(stored, record.release),
  };
}

const actFields = ({
  comment,
  by,
  at,
}: Pick<ItemRecord, 'comment' | 'by' | 'at'>): Pick<ItemSummary, 'comment' | 'by' | 'at'> => ({
  ...(comment !== undefined && { comment }),
  ...(by !== undefined && { by }),
  at,
});

function draftFields({ draft }: StoredConfig, release: number): Pick<ItemSummary, 'draft'> {
  const record = draft && decodeDraft(draft.text);
  if (record === undefined) return {};
  const { base, by, at } = record;
  return { draft: { base, by, at, isOutdated: base !== release } };
}

function trackFields({
  name,
  match,
  percent,
  by,
  release,
}: GrayTrack): ItemSummary['gray'][number] {
  return {
    name,
    release,
    ...(match !== undefined && { match: mutable(match) }),
    ...(percent !== undefined && { percent }),
    ...(by !== undefined && { by }),
  };
}

const mutable = (match: NonNullable<GrayTrack['match']>): Record<string, string | string[]> =>
  Object.fromEntries(
    Object.entries(match).map(([label, wanted]) => [
      label,
      typeof wanted === 'string' ? wanted : [...wanted],
    ]),
  );
