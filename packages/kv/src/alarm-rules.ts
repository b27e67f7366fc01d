/** What a raised alarm forbids. */
import type { TxnRequest } from '@concord/protocol';
import type { Command } from './command.ts';

/** What NOSPACE refuses. */
export function needsSpace(command: Command): boolean {
  switch (command.kind) {
    case 'put':
    case 'lease-grant':
      return true;
    case 'txn':
      return hasPut(command.request);
    default:
      return false;
  }
}

/** A put in either branch, at any depth: what decides whether a transaction needs space. */
export function hasPut(txn: TxnRequest): boolean {
  return [...txn.success, ...txn.failure].some(
    ({ request }) =>
      request?.case === 'requestPut' || (request?.case === 'requestTxn' && hasPut(request.value)),
  );
}

const refusedWhenCorrupt: ReadonlySet<Command['kind']> = new Set([
  'put',
  'delete-range',
  'txn',
  'compact',
  'lease-grant',
  'lease-revoke',
] as const);

/** What CORRUPT refuses. */
export const isRefusedWhenCorrupt = ({ kind }: Command): boolean => refusedWhenCorrupt.has(kind);
