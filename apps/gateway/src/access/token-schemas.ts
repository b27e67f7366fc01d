/** What the API says of API tokens. */
import { z } from 'zod';
import { tokenScopeSchema } from './api-tokens.ts';

/** Two years: a token without an end is one that nobody remembers. */
export const TOKEN_DAYS_MAX = 731;

export const newTokenBody = z.strictObject({
  label: z.string().min(1).max(128).describe('what it is for'),
  scope: tokenScopeSchema,
  expiresInDays: z.int().min(1).max(TOKEN_DAYS_MAX).default(90),
});

export const tokenSchema = z.object({
  id: z.string(),
  owner: z.string(),
  label: z.string(),
  scope: tokenScopeSchema,
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().optional(),
  lastUsedAt: z.iso.datetime().optional().describe('to a few minutes'),
  isExpired: z.boolean(),
});

export const tokenListSchema = z.object({ items: z.array(tokenSchema) });

export const createdTokenSchema = tokenSchema.extend({
  token: z.string().describe('for `Authorization: Bearer`; it is told this once'),
});

export const tokenIdPath = z
  .string()
  .regex(/^[0-9a-f]{12}$/, 'is the id of a token, twelve digits');

export type TokenDocument = z.output<typeof tokenSchema>;
