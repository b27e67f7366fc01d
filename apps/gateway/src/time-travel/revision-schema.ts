/** A revision as a parameter of a request. */
import { z } from 'zod';

export const revisionSchema = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);
