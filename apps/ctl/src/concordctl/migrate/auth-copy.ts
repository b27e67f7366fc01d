/**
 * Users and roles of the source at the destination. Passwords are nowhere to be read, so users get one that nobody knows,
 * and the operator is told what to type. What is there already stays.
 */
import { randomBytes } from 'node:crypto';
import { ConcordError, type Client, type KeyRange } from '@concord/client';
import { persistently, type Patience } from '../replication/patience.ts';

export type AuthCopy =
  | {
      readonly kind: 'copied';
      readonly users: readonly string[];
      readonly roles: readonly string[];
    }
  /** The source does not let them be read. */
  | { readonly kind: 'unreadable'; readonly reason: string };

/** Has all rights by its name; etcd shows permissions of it that nobody has granted. */
const rootRole = 'root';

interface AuthState {
  readonly roles: ReadonlyMap<string, Awaited<ReturnType<Client['auth']['role']>>['permissions']>;
  readonly users: ReadonlyMap<string, readonly string[]>;
}

/** Whether there are any, and whether they can be read. */
export async function readAuth(
  source: Client,
  patience: Patience,
): Promise<AuthState | { readonly reason: string }> {
  try {
    const roles = new Map<string, Awaited<ReturnType<Client['auth']['role']>>['permissions']>();
    const users = new Map<string, readonly string[]>();
    for (const name of await persistently(() => source.auth.roles(), patience)) {
      const role = await persistently(() => source.auth.role(name), patience);
      roles.set(name, role.permissions);
    }
    for (const name of await persistently(() => source.auth.users(), patience)) {
      users.set(name, (await persistently(() => source.auth.user(name), patience)).roles);
    }
    return { roles, users };
  } catch (error) {
    const isDenied =
      ConcordError.is(error, 'FORBIDDEN') || ConcordError.is(error, 'UNAUTHENTICATED');
    if (!isDenied) throw error;
    return { reason: error.message };
  }
}

export async function copyAuth(
  source: Client,
  destination: Client,
  patience: Patience,
): Promise<AuthCopy> {
  const state = await readAuth(source, patience);
  if ('reason' in state) return { kind: 'unreadable', reason: state.reason };
  const { auth } = destination;
  for (const [name, permissions] of state.roles) {
    await persistently(() => unlessThere(auth.addRole(name)), patience);
    if (name === rootRole) continue;
    for (const { access, from, to } of permissions) {
      const range: KeyRange = to === undefined ? from : { from, to };
      await persistently(() => auth.grantPermission(name, { access, range }), patience);
    }
  }
  const existing = new Set(await persistently(() => auth.users(), patience));
  const added: string[] = [];
  for (const [name, roles] of state.users) {
    const password = randomBytes(PASSWORD_BYTES).toString('base64url');
    await persistently(() => unlessThere(auth.addUser(name, password)), patience);
    if (!existing.has(name)) added.push(name);
    for (const role of roles) {
      await persistently(() => unlessThere(auth.grantRole(name, role)), patience);
    }
  }
  return { kind: 'copied', users: added, roles: [...state.roles.keys()] };
}

/** Nobody guesses it. bcrypt looks at 72 bytes at most. */
const PASSWORD_BYTES = 32;

async function unlessThere(action: Promise<void>): Promise<void> {
  try {
    await action;
  } catch (error) {
    if (!ConcordError.is(error, 'CONFLICT')) throw error;
  }
}
