/**
 * Looks into data directories on this machine, and changes nothing. One that a member runs on is known by its lock and
 * its identity alone; any other is read through as a start would read it.
 */
import { existsSync, readdirSync, statSync, statfsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { SeenDirectory } from '../checks/data-directory.ts';

export async function collectDirectories(paths: readonly string[]): Promise<SeenDirectory[]> {
  return Promise.all(paths.map(lookInto));
}

async function lookInto(given: string): Promise<SeenDirectory> {
  const path = resolve(given);
  if (!existsSync(path)) return { path, content: { kind: 'missing' } };
  try {
    const { bavail, bsize, blocks } = statfsSync(path);
    const member = join(path, 'member');
    const { mode, uid } = statSync(existsSync(member) ? member : path);
    const content = await contentOf(path);
    const totalBytes = blocks * bsize;
    return { path, content, mode: mode & 0o777, owner: uid, freeBytes: bavail * bsize, totalBytes };
  } catch (error) {
    const problem = `it cannot be looked into: ${error instanceof Error ? error.message : String(error)}`;
    return { path, content: { kind: 'foreign' }, problem };
  }
}

async function contentOf(path: string): Promise<SeenDirectory['content']> {
  const member = join(path, 'member');
  if (existsSync(join(member, 'snap'))) return { kind: 'etcd' };
  if (!existsSync(join(member, 'wal')) && !existsSync(join(member, 'identity'))) {
    return { kind: readdirSync(path).length === 0 ? 'empty' : 'foreign' };
  }
  // Loaded here alone: its native code is of no use to a command about the cluster.
  const { StorageError, readIdentity, verifyMember } = await import('@concord/storage');
  const identity = readIdentity(join(member, 'identity'));
  const named = { clusterId: identity?.clusterId, memberId: identity?.memberId };
  try {
    const { keys } = verifyMember(path);
    const rows = Object.values(keys).reduce((sum, count) => sum + count, 0);
    return { kind: 'concord', use: 'free', ...named, keys: rows };
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    if (error.code === 'directory-locked') return { kind: 'concord', use: 'locked', ...named };
    const { message, remedy } = error;
    const damage = { what: message.replace(remedy, '').replace(/\.? *$/, ''), remedy };
    return { kind: 'concord', use: 'free', ...named, damage };
  }
}
