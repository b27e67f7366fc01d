/**
 * What was last known of services, as a file: a line that says what follows and has its checksum, and a line of JSON.
 * A cache has one service a file, a capsule any number of them; both are the same otherwise.
 *
 * Written aside and renamed, so that there is always a whole one; read by whoever starts while the cluster is away.
 */
import { createHash } from 'node:crypto';
import { chmod, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** 10,000 instances are about 5 MB; more than this is no list of instances. */
const FILE_BYTES_MAX = 64 * 1024 * 1024;
const FORMAT = 'concord-registry-snapshot';
const VERSION = 1;

/** An entry as the cluster had it; `value` is parsed, so that a person can read the file. */
export interface SavedEntry {
  readonly id: string;
  readonly value: unknown;
  readonly createRevision: number;
  readonly modRevision: number;
}

export interface SavedService {
  readonly service: string;
  /** The revision up to which it is complete. */
  readonly revision: number;
  /** Milliseconds of the wall clock. */
  readonly savedAt: number;
  readonly instances: readonly SavedEntry[];
  readonly overrides: readonly SavedEntry[];
}

/** Where a directory has the snapshot of a service. */
export function cacheFile(directory: string, service: string): string {
  return join(directory, `${service}.concord`);
}

export function encodeSnapshot(services: readonly SavedService[]): string {
  const body = JSON.stringify({ services });
  const header = { format: FORMAT, version: VERSION, sha256: sha256(body) };
  return `${JSON.stringify(header)}\n${body}\n`;
}

/**
 * The services in a file's text.
 *
 * @throws Error that says in what way the text is no snapshot, or a damaged one
 */
export function decodeSnapshot(text: string): readonly SavedService[] {
  const lineEnd = text.indexOf('\n');
  const header = parse(text.slice(0, Math.max(0, lineEnd))) as Record<string, unknown> | undefined;
  if (header?.['format'] !== FORMAT) throw new Error('it is no snapshot of a registry');
  if (header['version'] !== VERSION) {
    throw new Error(`it is of version ${String(header['version'])}, and only ${VERSION} is known`);
  }
  const body = text.slice(lineEnd + 1).trimEnd();
  if (header['sha256'] !== sha256(body))
    throw new Error('its checksum does not fit, it is damaged');
  const { services } = parse(body) as { services?: unknown };
  if (!Array.isArray(services)) throw new Error('it has no services');
  return services as readonly SavedService[];
}

/**
 * What a file has of a service; undefined where there is no file, or nothing of the service in it.
 *
 * @throws Error that says what is wrong with the file
 */
export async function readSnapshot(
  path: string,
  service: string,
): Promise<SavedService | undefined> {
  let text: string;
  try {
    const { size } = await stat(path);
    if (size > FILE_BYTES_MAX) throw new Error(`it is longer than ${FILE_BYTES_MAX} bytes`);
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  return decodeSnapshot(text).find((saved) => saved.service === service);
}

/** Writes the file whole or not at all, readable by its owner only: metadata may be nobody else's business. */
export async function writeSnapshot(
  path: string,
  services: readonly SavedService[],
): Promise<void> {
  const text = encodeSnapshot(services);
  if (text.length > FILE_BYTES_MAX)
    throw new Error(`it would be longer than ${FILE_BYTES_MAX} bytes`);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const aside = `${path}.${process.pid}.${sequence++}.new`;
  try {
    const file = await open(aside, 'w', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await chmod(aside, 0o600);
    await rename(aside, path);
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  }
}

/** Two views of one process may write the same file at the same time. */
let sequence = 0;

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
