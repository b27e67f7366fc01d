/** What the API says of leases. */
import { z } from 'zod';
import { pageOf, pageQuery } from '../http/page.ts';

/** Between one and 2^63 - 1. */
export const leaseIdPath = z
  .string()
  .regex(
    /^(?!0+$)(?:[0-9a-f]{1,15}|[0-7][0-9a-f]{15})$/,
    'must be a lease in hexadecimal, such as 694d7550f3a1c01',
  );

export const leaseSchema = z.object({
  id: z.string().describe('hexadecimal'),
  ttlMs: z.int().describe('as granted'),
  remainingMs: z.int(),
  keys: z.array(z.string()).describe('that go with it: the first hundred'),
  keyCount: z.int(),
});

export const leaseListQuery = z.strictObject(pageQuery);
export const leaseListSchema = pageOf(leaseSchema)
  .omit({ revision: true })
  .extend({ count: z.int() });
export const revokedSchema = z.object({ id: z.string() });
