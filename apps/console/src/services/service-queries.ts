/** What the pages of services ask the gateway for. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { dataOf, gateway } from '../api/gateway.ts';
import type { paths } from '../api/gen/schema.ts';
import { useLiveCollection } from '../live/use-live.ts';

type Answer<Path extends keyof paths> = paths[Path] extends {
  get: { responses: { 200: { content: { 'application/json': infer Body } } } };
}
  ? Body
  : never;

export type ServiceSummary = Answer<'/v1/services'>['items'][number];
export type ServiceDetail = Answer<'/v1/services/{service}'>;
export type Instance = Answer<'/v1/services/{service}/instances'>['items'][number];
export type Override = NonNullable<Instance['override']>;
export type Consumer = Answer<'/v1/services/{service}/consumers'>['items'][number];
export type TimelineEvent = Answer<'/v1/services/{service}/timeline'>['items'][number];
export type Explanation = Answer<'/v1/services/{service}/explain'>;
export type InstanceState = Instance['state'];

export const instanceStates = ['serving', 'starting', 'draining'] as const;

/** How often what is not streamed is asked again. */
const LOOK_MS = 3_000;
/** While somebody waits for consumers to see a decision. */
const WAITING_MS = 500;

const instanceId = ({ id }: Instance): string => id;

/** The instances of a service, live. */
export const useInstances = (service: string) =>
  useLiveCollection<Instance>(`v1/services/${encodeURIComponent(service)}/watch`, instanceId);

export const useService = (service: string) =>
  useQuery({
    queryKey: ['service', service, 'detail'],
    queryFn: () => dataOf(gateway.GET('/v1/services/{service}', { params: { path: { service } } })),
    refetchInterval: LOOK_MS,
  });

export const useConsumers = (service: string, isWaiting = false) =>
  useQuery({
    queryKey: ['service', service, 'consumers'],
    queryFn: () =>
      dataOf(gateway.GET('/v1/services/{service}/consumers', { params: { path: { service } } })),
    refetchInterval: isWaiting ? WAITING_MS : LOOK_MS,
  });

/** The newest events; of one instance where it is named. */
export const useTimeline = (service: string, instance?: string) =>
  useQuery({
    queryKey: ['service', service, 'timeline', instance],
    queryFn: () =>
      dataOf(
        gateway.GET('/v1/services/{service}/timeline', {
          params: {
            path: { service },
            query: { limit: 200, ...(instance !== undefined && { instance }) },
          },
        }),
      ),
    refetchInterval: LOOK_MS,
  });

export interface Decision {
  readonly weight?: number;
  readonly state?: InstanceState;
  readonly reason: string;
  /** ISO 8601; without it, the decision holds until it is ended or the instance starts anew. */
  readonly until?: string;
}

/** Decides on an instance, or takes a decision back; what is shown of the service follows. */
export function useDecisions(service: string) {
  const queries = useQueryClient();
  const afterwards = <Answered>(answer: Answered): Answered => {
    void queries.invalidateQueries({ queryKey: ['service', service] });
    return answer;
  };
  const path = (instance: string) => ({ params: { path: { service, instance } } });
  return {
    decide: async (instance: string, decision: Decision) =>
      afterwards(
        await dataOf(
          gateway.PUT('/v1/services/{service}/instances/{instance}/override', {
            ...path(instance),
            body: decision,
          }),
        ),
      ),
    end: async (instance: string) => {
      await gateway.DELETE('/v1/services/{service}/instances/{instance}/override', path(instance));
      afterwards(undefined);
    },
    deregister: async (instance: string) => {
      await gateway.DELETE('/v1/services/{service}/instances/{instance}', path(instance));
      afterwards(undefined);
    },
  };
}
