/** The key space as the gateway tells and takes it. */
import {
  infiniteQueryOptions,
  queryOptions,
  type InfiniteData,
  type QueryKey,
} from '@tanstack/react-query';
import { onlyAt, pathWith, readDocument, writeDocument, type Answer } from '../api/documents.ts';
import { keyAddress } from './key-snippets.ts';
import type { WireBytes } from './wire-bytes.ts';

export type KeyList = Answer<'listKeys'>;
export type Entry = KeyList['items'][number];
export type FolderList = Answer<'listKeyFolders'>;
export type Folder = FolderList['items'][number];
export type KeyHistory = Answer<'getKeyHistory'>;

/** Rows that one request brings: two screens, so that scrolling stays ahead of the network. */
const PAGE = 200;
/** Of each value in a list: as much as fits into a row. */
const VALUE_BYTES_MAX = 160;

/** The bytes of an entry's key. */
export const keyOf = ({ key, keyBase64 }: Pick<Entry, 'key' | 'keyBase64'>): WireBytes =>
  keyBase64 === undefined ? { text: key } : { base64: keyBase64 };

export interface KeyPlace {
  readonly prefix: string;
  /** Undefined: now. */
  readonly revision?: number | undefined;
}

/** All keys below a prefix, page after page. */
export const keyPages = ({ prefix, revision, search }: KeyPlace & { readonly search: string }) =>
  infiniteQueryOptions<KeyList, Error, InfiniteData<KeyList>, QueryKey, string>({
    queryKey: ['keys', 'list', prefix, search, revision],
    queryFn: ({ pageParam, signal }) =>
      readDocument<KeyList>(
        'v1/keys',
        {
          prefix,
          search,
          revision,
          cursor: pageParam,
          limit: PAGE,
          valueBytesMax: VALUE_BYTES_MAX,
        },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });

/** One level of folders, page after page. */
export const folderPages = ({ prefix, revision }: KeyPlace) =>
  infiniteQueryOptions<FolderList, Error, InfiniteData<FolderList>, QueryKey, string>({
    queryKey: ['keys', 'folders', prefix, revision],
    queryFn: ({ pageParam, signal }) =>
      readDocument<FolderList>(
        'v1/key-folders',
        { prefix, revision, cursor: pageParam, limit: PAGE },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });

export const keyEntry = (key: WireBytes, revision?: number) =>
  queryOptions({
    queryKey: ['keys', 'entry', key, revision],
    queryFn: ({ signal }) => readEntry(key, revision, signal),
  });

export function readEntry(key: WireBytes, revision?: number, signal?: AbortSignal): Promise<Entry> {
  const { path, query } = keyAddress(key);
  return readDocument<Entry>(path, { ...query, revision }, signal);
}

export const keyHistory = (key: WireBytes) =>
  queryOptions({
    queryKey: ['keys', 'history', key],
    queryFn: ({ signal }) => {
      const { path, query } = keyAddress(key);
      return readDocument<KeyHistory>(`${path}/history`, { ...query, limit: 50 }, signal);
    },
  });

/** Writes where the key still stands at `seenRevision` (0: where there is none); a 412 says that it moved. */
export function writeKey(
  key: WireBytes,
  value: WireBytes,
  { seenRevision, lease }: { readonly seenRevision: number; readonly lease?: string | undefined },
): Promise<Answer<'putKey'>> {
  const { path, query } = keyAddress(key);
  const body = { value, ...(lease !== undefined && lease !== '' && { lease }) };
  return writeDocument('PUT', pathWith(path, query), body, onlyAt(seenRevision));
}

export function deleteKey(key: WireBytes, seenRevision: number): Promise<Answer<'deleteKey'>> {
  const { path, query } = keyAddress(key);
  return writeDocument('DELETE', pathWith(path, query), undefined, onlyAt(seenRevision));
}

/** The address of a key's page. */
export function keyPageOf(key: WireBytes, revision?: number): string {
  const name = 'text' in key ? { name: key.text } : { bytes: key.base64 };
  return `/${pathWith('keys/key', { ...name, revision })}`;
}
