/**
 * The file that says whose data a directory holds: `member/identity`, one line of JSON, so that a person can read
 * it. Written once, whole or not at all, after everything that it vouches for.
 */
import * as fs from 'node:fs';
import { StorageError } from './errors.ts';
import { syncDirectory } from './sync-directory.ts';
import type { WalIdentity } from './wal/payload.ts';

/**
 * Raised when releases before or after must not touch the directory. 1: the checksum of a row of the store was of its value
 * alone. 2: of table, key and value.
 */
export const directoryFormat = 2;

const newerRemedy = 'Start the release of Concord that wrote this directory, or a newer one.';
const olderRemedy =
  'This release cannot read it. Save a snapshot (concordctl snapshot save) from the release of Concord that wrote it, ' +
  'and restore that with this one (concordutl snapshot restore).';

const idPattern = /^[0-9a-f]{1,16}$/;

/** `undefined` when there is no such file. */
export function readIdentity(path: string): WalIdentity | undefined {
  let text: string;
  try {
    text = fs.readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  const content = parse(text);
  if (content === undefined) throw corrupt(path);
  if (content.format !== directoryFormat) {
    throw new StorageError({
      code: 'format-unknown',
      path,
      found: `data directory format ${content.format}`,
      expected: `format ${directoryFormat}`,
      remedy: content.format < directoryFormat ? olderRemedy : newerRemedy,
    });
  }
  return content.identity;
}

export function writeIdentity(directory: string, path: string, identity: WalIdentity): void {
  const content = {
    format: directoryFormat,
    clusterId: identity.clusterId.toString(16),
    memberId: identity.memberId.toString(16),
  };
  const temporary = `${path}.tmp`;
  const descriptor = fs.openSync(temporary, 'w', 0o600);
  try {
    fs.writeFileSync(descriptor, `${JSON.stringify(content)}\n`);
    fs.fsyncSync(descriptor);
  } finally {
    fs.closeSync(descriptor);
  }
  fs.renameSync(temporary, path);
  syncDirectory(directory);
}

/** A newer format is reported as such even when it no longer names its members the same way. */
function parse(text: string): { format: number; identity: WalIdentity } | undefined {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof content !== 'object' || content === null) return undefined;
  const { format, clusterId, memberId } = content as Record<string, unknown>;
  if (typeof format !== 'number' || !Number.isInteger(format) || format < 1) return undefined;
  if (format !== directoryFormat) return { format, identity: { clusterId: 0n, memberId: 0n } };
  if (!isId(clusterId) || !isId(memberId)) return undefined;
  return {
    format,
    identity: { clusterId: BigInt(`0x${clusterId}`), memberId: BigInt(`0x${memberId}`) },
  };
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && idPattern.test(value);
}

function corrupt(path: string): StorageError {
  return new StorageError({
    code: 'file-corrupt',
    path,
    found: 'something else',
    expected: 'a line of JSON with format, clusterId and memberId',
    remedy:
      'Put the file back from a backup; the log next to it names the same member and cluster.',
  });
}
