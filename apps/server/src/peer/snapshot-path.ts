/**
 * How a snapshot is asked for: `GET /raft/snapshot/<name>?from=<chunk>` fetches it, and
 * `DELETE /raft/snapshot/<name>?arrived=<true or false>` tells its holder how that ended. The answer to the first is
 * chunks, each a frame; what they are is the business of `@concord/storage`.
 */
const PREFIX = '/raft/snapshot/';

/** The longest chunk that is taken: both ends hold one in memory, and a row as large as a request is one. */
export const SNAPSHOT_CHUNK_BYTES_MAX = 64 * 1024 * 1024;

export interface SnapshotRequestPath {
  readonly name: Uint8Array;
  readonly query: URLSearchParams;
}

export function snapshotPath(name: Uint8Array, query: Readonly<Record<string, string>>): string {
  return `${PREFIX}${Buffer.from(name).toString('base64url')}?${new URLSearchParams(query).toString()}`;
}

export function parseSnapshotPath(path: string): SnapshotRequestPath | undefined {
  if (!path.startsWith(PREFIX)) return undefined;
  const [name = '', query = ''] = path.slice(PREFIX.length).split('?', 2);
  if (!/^[\w-]*$/.test(name)) return undefined;
  return { name: Buffer.from(name, 'base64url'), query: new URLSearchParams(query) };
}
