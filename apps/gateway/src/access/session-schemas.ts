/** What the API says of sessions, and takes to begin one. */
import { Buffer } from 'node:buffer';
import { z } from 'zod';

/** What bcrypt looks at, with which etcd keeps passwords: more would be cut without a word. */
const PASSWORD_BYTES_MAX = 72;
const PASSWORD_LENGTH_MIN = 8;

/** Printable, and without spaces at the ends: it stands in logs and in the audit. */
export const userName = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[^\s\p{C}]([^\p{C}]*[^\s\p{C}])?$/u, 'must be printable, without spaces at its ends');

export const newPassword = z
  .string()
  .min(PASSWORD_LENGTH_MIN)
  .refine((text) => Buffer.byteLength(text) <= PASSWORD_BYTES_MAX, {
    message: `must be at most ${PASSWORD_BYTES_MAX} bytes`,
  });

const knownPassword = z.string().min(1).max(1024);

export const loginBody = z.strictObject({
  user: z.string().min(1).max(128),
  password: knownPassword,
  as: z
    .enum(['cookie', 'token'])
    .default('cookie')
    .describe('`token`: for programs; the answer has a token for `Authorization: Bearer`'),
});

export const setUpBody = z.strictObject({
  token: z.string().min(1).max(256).describe('the one-time token of the log'),
  user: userName.describe('the first administrator'),
  password: newPassword,
});

export const actorSchema = z.object({
  name: z.string(),
  via: z.enum(['development', 'session', 'token', 'oidc']),
  isAdministrator: z.boolean(),
});

export const sessionSchema = z.object({
  mode: z.enum(['development', 'set-up', 'secured']),
  actor: actorSchema.optional().describe('who asks, where that is known'),
  csrfToken: z.string().optional().describe('for the header `X-Concord-CSRF` of writes by cookie'),
  token: z.string().optional().describe('of a login `as` token'),
  expiresAt: z.iso.datetime().optional().describe('of the session, unless it is used'),
  oidc: z
    .object({ name: z.string(), startUrl: z.string() })
    .optional()
    .describe('another way to sign in'),
  cluster: z.object({
    id: z.string().describe('hexadecimal'),
    kind: z.enum(['concord', 'etcd']),
    version: z.string(),
  }),
});

/** As long as a key can be in an address. */
const KEY_LENGTH_MAX = 4096;

export const permissionQuery = z.strictObject({
  verb: z.enum(['read', 'write']),
  key: z.string().max(KEY_LENGTH_MAX).describe('a key, or a prefix; the empty prefix is every key'),
  as: z
    .enum(['key', 'prefix', 'within'])
    .default('key')
    .describe('that key; all keys below that prefix; any key below that prefix'),
});

export const permissionSchema = z.object({ isPermitted: z.boolean() });

export type SessionDocument = z.output<typeof sessionSchema>;
