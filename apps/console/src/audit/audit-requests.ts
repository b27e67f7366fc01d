/** The audit as the gateway tells it. */
import { infiniteQueryOptions, type InfiniteData, type QueryKey } from '@tanstack/react-query';
import { pathWith, readDocument, type Answer } from '../api/documents.ts';
import type { AuditFilter } from './audit-filter.ts';

export type AuditList = Answer<'listAudit'>;
export type AuditRecord = AuditList['items'][number];

const PAGE = 100;

export const auditPages = (filter: AuditFilter) =>
  infiniteQueryOptions<AuditList, Error, InfiniteData<AuditList>, QueryKey, string>({
    queryKey: ['audit', filter],
    queryFn: ({ pageParam, signal }) =>
      readDocument<AuditList>('v1/audit', { ...filter, cursor: pageParam, limit: PAGE }, signal),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });

/** Of what can be downloaded: all that the filter lets through. */
export const exportPath = (filter: AuditFilter, format: 'ndjson' | 'csv'): string =>
  pathWith('v1/audit/export', { ...filter, format });
