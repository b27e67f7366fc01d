/** What lists take and tell by gRPC: the pages of HTTP, with the names that gRPC's lists have. */
import { z } from 'zod';
import { PAGE_LIMIT_DEFAULT, PAGE_LIMIT_MAX } from '../http/page.ts';
import { checked } from './rpc-desk.ts';

export interface PageRequest {
  readonly pageSize?: number;
  readonly pageToken?: string;
}

const schema = z.object({
  pageSize: z.int().min(1).max(PAGE_LIMIT_MAX).default(PAGE_LIMIT_DEFAULT),
  pageToken: z.string().max(4096).optional(),
});

/** @throws Problem `invalid-request` */
export function pageOf(request: PageRequest): { limit: number; cursor: string | undefined } {
  const { pageSize, pageToken } = checked(schema, request);
  return { limit: pageSize, cursor: pageToken === '' ? undefined : pageToken };
}
