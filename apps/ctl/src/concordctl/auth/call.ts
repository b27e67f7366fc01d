/** How the commands about users and roles are sent: etcdctl sets them no time. */
import type { CallOptions } from '../connection/etcd-client.ts';

export const WRITE: CallOptions = { timeoutMs: Infinity };
export const READ: CallOptions = { timeoutMs: Infinity, isRepeatable: true };
