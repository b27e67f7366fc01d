/** A file that cannot be opened, in the words of etcd's tools. */
import { CommandError } from './command-error.ts';

const reasons = new Map([
  ['ENOENT', 'no such file or directory'],
  ['EACCES', 'permission denied'],
  ['EISDIR', 'is a directory'],
  ['ENOTDIR', 'not a directory'],
]);

export function openFailure(operation: 'stat' | 'open', path: string, error: unknown): Error {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reason = reasons.get(code);
  if (reason !== undefined) return new CommandError(`${operation} ${path}: ${reason}`);
  return error instanceof Error ? error : new Error(String(error));
}
