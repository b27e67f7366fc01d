/** What the API says of users and roles, which are the cluster's own. */
import { z } from 'zod';
import { pageQuery } from '../http/page.ts';
import { newPassword, userName } from './session-schemas.ts';

export const namePath = z.string().min(1).max(256);
const KEY_LENGTH_MAX = 4096;

export const userSchema = z.object({ name: z.string(), roles: z.array(z.string()) });
export const userListSchema = z.object({
  items: z.array(userSchema),
  nextCursor: z.string().optional(),
});
export const listQuery = z.object({
  ...pageQuery,
  search: z.string().max(256).optional().describe('a part of the name'),
});

export const newUserBody = z.strictObject({
  name: userName,
  password: newPassword.optional().describe('without one the user can come by certificate alone'),
  roles: z.array(z.string().min(1).max(256)).max(64).default([]),
});
export const passwordBody = z.strictObject({
  password: newPassword,
  current: z.string().min(1).max(1024).optional().describe('needed by who changes their own'),
});

const accessSchema = z.enum(['read', 'write', 'readwrite']);

export const permissionSchema = z.object({
  access: accessSchema,
  key: z.string().describe('the first key'),
  rangeEnd: z
    .string()
    .optional()
    .describe('the key behind the last; one zero character: no end; left out: the key alone'),
  prefix: z.string().optional().describe('where the range is all keys with a prefix'),
});

const rangeFields = {
  key: z
    .string()
    .max(KEY_LENGTH_MAX)
    .optional()
    .describe('one key, or with `rangeEnd` the first of several'),
  rangeEnd: z
    .string()
    .max(KEY_LENGTH_MAX)
    .optional()
    .describe('the key behind the last; one zero character: no end'),
  prefix: z
    .string()
    .max(KEY_LENGTH_MAX)
    .optional()
    .describe('all keys that begin so; empty: all keys'),
};
type RangeFields = {
  key?: string | undefined;
  rangeEnd?: string | undefined;
  prefix?: string | undefined;
};

const isOneRange = ({ key, rangeEnd, prefix }: RangeFields): boolean =>
  prefix === undefined
    ? key !== undefined && key !== ''
    : key === undefined && rangeEnd === undefined;
const oneRange = {
  message: 'give either prefix, or key (not empty) with or without rangeEnd',
  path: ['key'],
};

export const grantBody = z
  .strictObject({ access: accessSchema, ...rangeFields })
  .refine(isOneRange, oneRange);
export const revokeQuery = z.strictObject(rangeFields).refine(isOneRange, oneRange);

export const roleSchema = z.object({ name: z.string(), permissions: z.array(permissionSchema) });
export const roleListSchema = z.object({
  items: z.array(roleSchema),
  nextCursor: z.string().optional(),
});
export const newRoleBody = z.strictObject({ name: userName });
