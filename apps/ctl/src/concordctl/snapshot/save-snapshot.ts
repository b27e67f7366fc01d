/**
 * A snapshot as a file: written beside its place under another name, checked against the digest at its end, flushed to the
 * disk, and only then given its name. What stood there before stays until that moment.
 */
import { createHash } from 'node:crypto';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Maintenance, SnapshotRequest, type SnapshotResponse } from '@concord/protocol';
import type { EtcdClient } from '../connection/etcd-client.ts';
import { CommandError } from '../../command-error.ts';
import { openFailure } from '../../open-failure.ts';

export interface SnapshotEvent {
  readonly kind: 'created' | 'fetching' | 'fetched' | 'saved';
  readonly path: string;
  readonly bytes: number;
  readonly tookMs: number;
  readonly version: string;
}

export interface SaveOptions {
  readonly signal: AbortSignal;
  readonly onEvent: (event: SnapshotEvent) => void;
  readonly onProgress: (receivedBytes: number, totalBytes: number) => void;
}

/** SHA-256 of everything before. A database is a multiple of a sector long, so that one sees whether it is there. */
const DIGEST_BYTES = 32;
const SECTOR_BYTES = 512;

/** Keys and values of everybody are in it. */
const FILE_MODE = 0o600;

/** Pieces that wait for the disk: some of the server's 32 kB each. */
const WAITING_MAX = 32;

/** Answers the version of the store that the server tells, if any. Leaves no part of a file behind. */
export async function saveSnapshot(
  client: EtcdClient,
  path: string,
  { signal, onEvent, onProgress }: SaveOptions,
): Promise<string> {
  const startedMs = performance.now();
  const partPath = `${path}.part`;
  const event = (kind: SnapshotEvent['kind'], at: string, bytes = 0, version = ''): void =>
    onEvent({ kind, path: at, bytes, version, tookMs: performance.now() - startedMs });
  const file = await open(partPath, 'w', FILE_MODE).catch((error: unknown) => {
    const { message } = openFailure('open', partPath, error);
    throw new CommandError(`could not open ${partPath} (${message})`);
  });
  try {
    event('created', partPath);
    event('fetching', path);
    const { bytes, version } = await write(file, pieces(client, signal), onProgress);
    await file.sync();
    await file.close();
    event('fetched', path, bytes, version);
    await rename(partPath, path).catch((error: unknown) => {
      throw new CommandError(
        `could not rename ${partPath} to ${path} (${openFailure('open', path, error).message})`,
      );
    });
    await syncDirectory(dirname(path));
    event('saved', path);
    return version;
  } finally {
    await file.close().catch(() => undefined);
    await rm(partPath, { force: true });
  }
}

async function write(
  file: FileHandle,
  answers: AsyncIterable<SnapshotResponse>,
  onProgress: SaveOptions['onProgress'],
): Promise<{ bytes: number; version: string }> {
  const hash = createHash('sha256');
  let tail: Buffer = Buffer.alloc(0);
  let bytes = 0;
  let version = '';
  for await (const { blob, remainingBytes, version: told } of answers) {
    if (told !== '') version = told;
    await file.writeFile(blob);
    bytes += blob.length;
    // What may be the digest is kept out of what it is taken of.
    const joined = Buffer.concat([tail, blob]);
    const end = Math.max(0, joined.length - DIGEST_BYTES);
    hash.update(joined.subarray(0, end));
    tail = Buffer.from(joined.subarray(end));
    onProgress(bytes, bytes + remainingBytes);
  }
  if (bytes % SECTOR_BYTES !== DIGEST_BYTES) {
    throw new CommandError(`sha256 checksum not found [bytes: ${bytes}]`);
  }
  const found = hash.digest();
  if (!found.equals(tail)) {
    const [expected, got] = [tail, found].map((digest) => digest.toString('hex'));
    throw new CommandError(`snapshot damaged on its way: expected sha256 ${expected}, got ${got}`);
  }
  return { bytes, version };
}

/** The answers of a snapshot, as fast as they are taken. */
async function* pieces(
  client: EtcdClient,
  signal: AbortSignal,
): AsyncGenerator<SnapshotResponse, undefined> {
  const waiting: SnapshotResponse[] = [];
  let end: { error: Error | undefined } | undefined;
  let wake = Promise.withResolvers<void>();
  const method = Maintenance.methods.snapshot;
  const stream = client.open<SnapshotRequest, SnapshotResponse>(method, {
    message(response) {
      waiting.push(response);
      if (waiting.length >= WAITING_MAX) stream.pause();
      wake.resolve();
    },
    end(error) {
      end = { error };
      wake.resolve();
    },
  });
  const onAbort = (): void => {
    end = { error: new CommandError('context canceled') };
    wake.resolve();
  };
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  try {
    stream.send(SnapshotRequest.create());
    stream.finish();
    for (;;) {
      const next = waiting.shift();
      if (next !== undefined) {
        if (waiting.length === WAITING_MAX >> 1) stream.resume();
        yield next;
        continue;
      }
      if (end !== undefined) {
        if (end.error !== undefined) throw end.error;
        return undefined;
      }
      stream.resume();
      await wake.promise;
      wake = Promise.withResolvers();
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
    if (end === undefined || end.error !== undefined) stream.cancel();
  }
}

/** The new name is on the disk too. */
async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  await directory.sync().catch(() => undefined);
  await directory.close();
}
