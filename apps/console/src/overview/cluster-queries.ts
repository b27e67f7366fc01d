/** How the cluster is doing: asked every two seconds while a page shows it. */
import { useQuery } from '@tanstack/react-query';
import { dataOf, gateway } from '../api/gateway.ts';
import type { paths } from '../api/gen/schema.ts';

type Answer<Path extends keyof paths> = paths[Path] extends {
  get: { responses: { 200: { content: { 'application/json': infer Body } } } };
}
  ? Body
  : never;

export type ClusterStatus = Answer<'/v1/cluster/status'>;
export type MemberStatus = ClusterStatus['members'][number];
export type Sample = Answer<'/v1/cluster/samples'>['items'][number];

/** As often as the gateway looks at the members itself. */
const LOOK_MS = 2_000;

export const useClusterStatus = () =>
  useQuery({
    queryKey: ['cluster', 'status'],
    queryFn: () => dataOf(gateway.GET('/v1/cluster/status')),
    refetchInterval: LOOK_MS,
  });

export const useSamples = () =>
  useQuery({
    queryKey: ['cluster', 'samples'],
    queryFn: () => dataOf(gateway.GET('/v1/cluster/samples')),
    refetchInterval: LOOK_MS,
  });
