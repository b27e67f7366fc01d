/**
 * The servers that every foreign client is run against: Concord, and real etcd, which shows that a client
 * program demands nothing that etcd does not give. What is not on this machine is skipped with a reason.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ServerUnderTest, concordKind, etcdKind } from '../bench/server-under-test.ts';
import type { ServerKind } from '../bench/server-under-test.ts';

/** A server to test against; `skip` is the reason why it cannot be, or false. */
export interface Target {
  readonly name: string;
  readonly kind: ServerKind | undefined;
  readonly skip: string | false;
}

/** Concord first, then etcd. */
export const TARGETS: readonly Target[] = [
  target('concord', concordKind(), 'the server is not built: npm run build'),
  target('etcd', etcdKind(), 'there is no etcd on the PATH'),
];

function target(name: string, kind: ServerKind | undefined, reason: string): Target {
  return { name, kind, skip: kind === undefined && reason };
}

/** Runs the body against a server of its own with an empty data directory, and ends the server. */
export async function withServer<Result>(
  kind: ServerKind,
  body: (server: ServerUnderTest) => Promise<Result>,
): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'concord-foreign-'));
  const files = { dataDir: join(folder, 'data'), logFile: join(folder, 'log') };
  const server = await ServerUnderTest.start({ kind, ...files });
  try {
    return await body(server);
  } finally {
    await server.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}
