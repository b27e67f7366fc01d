/** Conditional writes by gRPC: what If-Match and If-None-Match are by HTTP. */
import { z } from 'zod';
import type { Precondition } from '../http/etag.ts';
import { checked } from './rpc-desk.ts';

/** Revisions of requests; absent where none is meant. */
export const revisionField = z.int().min(0).optional();

export interface Conditional {
  /** 0: that there is none. */
  readonly expectedRevision?: number;
}

/** @throws Problem `invalid-request` */
export function preconditionOf({ expectedRevision }: Conditional): Precondition {
  const revision = checked(revisionField, expectedRevision, 'expected_revision');
  if (revision === undefined) return { kind: 'none' };
  return revision === 0 ? { kind: 'absent' } : { kind: 'revision', revision };
}
