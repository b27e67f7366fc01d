/** Configuration as the gateway tells and takes it. */
import { queryOptions, type QueryClient } from '@tanstack/react-query';
import { onlyAt, pathWith, readDocument, writeDocument, type Answer } from '../api/documents.ts';
import { requestOf } from '../api/gateway.ts';
import { RequestProblem } from '../api/problem.ts';
import type { TextFormat } from '../editor/text-format.ts';
import { itemPath, type ItemAddress } from './item-address.ts';
import type { ReleaseRequest } from './release-plan.ts';

export type NamespaceList = Answer<'listConfigNamespaces'>;
export type ItemList = Answer<'listConfigs'>;
export type ItemSummary = ItemList['items'][number];
export type Item = Answer<'getConfig'>;
export type History = Answer<'listConfigHistory'>;
export type HistoryEntry = History['items'][number];

export type Draft = Answer<'getConfigDraft'>;
export type Validation = Answer<'validateConfig'>;
export type Acknowledgements = Answer<'listConfigAcknowledgements'>;
export type ClientAcknowledgement = Acknowledgements['items'][number];
export type Effective = Answer<'getEffectiveConfig'>;
export type SchemaList = Answer<'listConfigSchemas'>;

export type Rollout = Answer<'getConfigRollout'>;

const DRAFTS = 'configuration drafts';
const LISTED_MAX = 1_000;
/** While something is being released; else the page is told of changes. */
export const WATCHED_REFRESH_MS = 1_500;

const key = (address: ItemAddress, ...more: readonly unknown[]): readonly unknown[] => [
  'configuration',
  'item',
  address.namespace,
  address.path,
  ...more,
];

/** An answer that there is nothing yet is an answer. */
async function orNothing<Document>(reading: Promise<Document>): Promise<Document | null> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof RequestProblem && error.status === 404) return null;
    throw error;
  }
}

export const namespaceList = () =>
  queryOptions({
    queryKey: ['configuration', 'namespaces'],
    queryFn: ({ signal }) =>
      readDocument<NamespaceList>('v1/configs', { limit: LISTED_MAX }, signal),
  });

export const itemList = (namespace: string) =>
  queryOptions({
    queryKey: ['configuration', 'items', namespace],
    queryFn: async ({ signal }) => {
      const items: ItemSummary[] = [];
      for (let cursor: string | undefined; ;) {
        const page: ItemList = await readDocument(
          `v1/configs/${encodeURIComponent(namespace)}`,
          { limit: LISTED_MAX, cursor },
          signal,
        );
        items.push(...page.items);
        cursor = page.nextCursor;
        if (cursor === undefined) return items;
      }
    },
  });

export interface SearchHit {
  readonly path: string;
  readonly lines?: readonly { readonly line: number; readonly text: string }[];
}

/** Items whose content has `words` in it. */
export const contentSearch = (namespace: string, words: string) =>
  queryOptions({
    queryKey: ['configuration', 'search', namespace, words],
    queryFn: ({ signal }) =>
      readDocument<{ readonly items: readonly SearchHit[] }>(
        `v1/configs/${encodeURIComponent(namespace)}/search`,
        { content: words },
        signal,
      ),
    enabled: words !== '',
  });

export const item = (address: ItemAddress, reveal = false) =>
  queryOptions({
    queryKey: key(address, 'live', reveal),
    queryFn: ({ signal }) =>
      orNothing(readDocument<Item>(itemPath(address), { reveal: reveal || undefined }, signal)),
  });

/**
 * Kept apart from the rest of an item, which is read again with each change: a draft is read when what is live tells of
 * another one, or of another release to compare it with, so that nobody asks for one that is gone.
 */
export const draftOf = (address: ItemAddress, reveal: boolean, live: Item | undefined) =>
  queryOptions({
    queryKey: [DRAFTS, address.namespace, address.path, reveal, live?.draft?.at, live?.release],
    queryFn: ({ signal }) =>
      orNothing(
        readDocument<Draft>(`${itemPath(address)}/draft`, { reveal: reveal || undefined }, signal),
      ),
  });

/** Reads an item again after something was done to it; `isReleased`: what is live tells of its draft. */
export async function refreshItem(queries: QueryClient, isReleased: boolean): Promise<void> {
  await queries.invalidateQueries({ queryKey: ['configuration'] });
  if (!isReleased) await queries.invalidateQueries({ queryKey: [DRAFTS] });
}

export const historyOf = (address: ItemAddress, reveal = false) =>
  queryOptions({
    queryKey: key(address, 'history', reveal),
    queryFn: ({ signal }) =>
      readDocument<History>(
        `${itemPath(address)}/history`,
        { limit: 200, reveal: reveal || undefined },
        signal,
      ),
  });

export const acknowledgementsOf = (address: ItemAddress) =>
  queryOptions({
    queryKey: key(address, 'acknowledgements'),
    queryFn: ({ signal }) =>
      readDocument<Acknowledgements>(`${itemPath(address)}/acknowledgements`, {}, signal),
    refetchInterval: WATCHED_REFRESH_MS,
  });

export const rolloutOf = (address: ItemAddress) =>
  queryOptions({
    queryKey: key(address, 'rollout'),
    queryFn: ({ signal }) =>
      orNothing(readDocument<Rollout>(`${itemPath(address)}/rollout`, {}, signal)),
    refetchInterval: WATCHED_REFRESH_MS,
  });

export const schemasOf = (address: ItemAddress) =>
  queryOptions({
    queryKey: key(address, 'schemas'),
    queryFn: ({ signal }) => readDocument<SchemaList>(`${itemPath(address)}/schemas`, {}, signal),
    staleTime: 60_000,
  });

export const effectiveFor = (
  address: ItemAddress,
  who: Readonly<Record<string, string>>,
  labels: readonly string[],
) =>
  queryOptions({
    queryKey: key(address, 'effective', who, labels),
    queryFn: ({ signal }) =>
      readDocument<Effective>(`${itemPath(address)}/effective`, { ...who, label: labels }, signal),
  });

export const validationOf = (address: ItemAddress, content: string, format: TextFormat) =>
  queryOptions({
    queryKey: key(address, 'validation', format, content),
    queryFn: () =>
      writeDocument<Validation>('POST', `${itemPath(address)}/validate`, { content, format }),
    staleTime: 10_000,
  });

export interface DraftContent {
  readonly content: string;
  readonly format: TextFormat;
  readonly base: number;
  readonly secret?: boolean;
}

export const saveDraft = (address: ItemAddress, draft: DraftContent): Promise<unknown> =>
  writeDocument('PUT', `${itemPath(address)}/draft`, draft);

export const discardDraft = (address: ItemAddress): Promise<unknown> =>
  writeDocument('DELETE', `${itemPath(address)}/draft`);

/** Sends what the wizard came to; the draft is what is released. */
export function send(
  address: ItemAddress,
  request: ReleaseRequest,
  base: number,
): Promise<unknown> {
  const { kind, ...body } = request;
  switch (kind) {
    case 'release':
      return writeDocument('POST', `${itemPath(address)}/release`, { ...body, base });
    case 'rollout':
      return writeDocument('POST', `${itemPath(address)}/rollout`, body);
    case 'gray': {
      const { gray, comment } = request;
      return writeDocument('POST', `v1/configs/${encodeURIComponent(address.namespace)}/release`, {
        items: [{ path: address.path, base, gray }],
        ...(comment !== undefined && { comment }),
      });
    }
  }
}

export const rollBack = (
  address: ItemAddress,
  { to, comment, base }: { readonly to: number; readonly comment: string; readonly base: number },
): Promise<unknown> =>
  writeDocument('POST', `${itemPath(address)}/rollback`, {
    to,
    base,
    ...(comment !== '' && { comment }),
  });

export const deleteItem = (
  address: ItemAddress,
  comment: string,
  revision: number,
): Promise<unknown> =>
  writeDocument('DELETE', pathWith(itemPath(address), { comment }), undefined, onlyAt(revision));

export type RolloutAction = 'pause' | 'resume' | 'next' | 'promote';

export const steerRollout = (address: ItemAddress, action: RolloutAction): Promise<unknown> =>
  writeDocument('PATCH', `${itemPath(address)}/rollout`, { action });

/** Takes a gray track away: the rollout's, or one of another name. */
export const endTrack = (address: ItemAddress, track?: string): Promise<unknown> =>
  writeDocument('DELETE', pathWith(`${itemPath(address)}/rollout`, { track }));

export const exportNamespace = (namespace: string): Promise<Response> =>
  requestOf(`v1/configs/${encodeURIComponent(namespace)}/export`);

export type Imported = Answer<'importConfigs'>;

/** Releases what differs of a file, all at one revision; `dryRun` only says what would be. */
export const importNamespace = (
  namespace: string,
  document: unknown,
  dryRun = false,
): Promise<Imported> =>
  writeDocument(
    'POST',
    pathWith(`v1/configs/${encodeURIComponent(namespace)}/import`, { dryRun: dryRun || undefined }),
    document,
  );
