/** Answers of what was last known, while the cluster is away, say so. */
import type { FastifyReply } from 'fastify';
import type { ServiceDirectory } from './service-directory.ts';

export function markStale(
  { staleSeconds }: Pick<ServiceDirectory, 'staleSeconds'>,
  reply: FastifyReply,
): { stale?: true } {
  if (staleSeconds === undefined) return {};
  void reply.header('concord-stale', String(staleSeconds));
  return { stale: true };
}
