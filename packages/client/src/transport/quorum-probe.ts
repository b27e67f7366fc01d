/**
 * Whether a member is in touch with a majority of its cluster. Its own word on that (`Status`) comes an election timeout too
 * late; a linearizable read can't be answered without the majority, whatever the member believes. As with `etcdctl
 * endpoint health`, the key does not matter, and being refused it is an answer too.
 */
import { Buffer } from 'node:buffer';
import type * as grpc from '@grpc/grpc-js';
import { etcdErrors, KV } from '@concord/protocol';
import type { Connection } from './connection.ts';
import { RpcFailure } from './rpc-failure.ts';

/** Etcd's own tool asks for it. */
const KEY = Buffer.from('health');

/** Asks for a linearizable read; answers with why there was none. */
export async function probeQuorum(
  connection: Connection,
  metadata: grpc.Metadata,
  timeoutMs: number,
): Promise<RpcFailure | undefined> {
  const method = KV.methods.range;
  const request = method.request.create({ key: KEY, countOnly: true });
  try {
    await connection.unary(method, request, { metadata, timeoutMs, kind: 'read' });
    return undefined;
  } catch (error) {
    if (!(error instanceof RpcFailure)) throw error;
    // Rights are looked at after the majority was asked.
    if (error.details !== etcdErrors.ErrPermissionDenied.message) return error;
    connection.servedAtMs = performance.now();
    return undefined;
  }
}
