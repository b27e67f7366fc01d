/**
 * How the cluster is doing, as the gateway tells it every two seconds while a page shows it. The page asks for itself only
 * what it shows first, what fell between two streams, and everything while no stream comes through.
 */
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { readDocument, type Answer } from '../api/documents.ts';
import type { LiveEvent, StreamState } from '../live/event-stream.ts';
import { useEvents } from '../live/use-live.ts';
import { withSamples } from './sample-course.ts';

export type ClusterStatus = Answer<'getClusterStatus'>;
export type MemberStatus = ClusterStatus['members'][number];
export type SampleList = Answer<'listSamples'>;
export type Sample = SampleList['items'][number];

/** What an event of `v1/cluster/watch` holds. */
interface Look {
  readonly status: ClusterStatus;
  readonly sample: Sample;
}

/** As often as the gateway looks at the members itself. */
const LOOK_MS = 2_000;
/** A stream that has been silent for so long hides something: a cluster that does not answer, a proxy that keeps events. */
const SILENT_MS = 3 * LOOK_MS;

const statusQuery = queryOptions({
  queryKey: ['cluster', 'status'],
  queryFn: ({ signal }) => readDocument<ClusterStatus>('v1/cluster/status', {}, signal),
});

const samplesQuery = queryOptions({
  queryKey: ['cluster', 'samples'],
  queryFn: ({ signal }) => readDocument<SampleList>('v1/cluster/samples', {}, signal),
});

/** Every answer and every event puts the next question off. */
const questionsWhile = (state: StreamState): number => (state === 'live' ? SILENT_MS : LOOK_MS);

/** The state of the members, and whether it comes by itself. */
export function useClusterStatus() {
  const state = useClusterStream();
  const status = useQuery({ ...statusQuery, refetchInterval: questionsWhile(state) });
  return { status, state };
}

/** The last ten minutes, for charts; `state` is that of the stream. */
export const useSamples = (state: StreamState) =>
  useQuery({ ...samplesQuery, refetchInterval: questionsWhile(state) });

/** Follows the cluster: what the queries of this file hold is kept current. */
export function useClusterStream(): StreamState {
  const queries = useQueryClient();
  return useEvents('v1/cluster/watch', (events: readonly LiveEvent[]) => {
    const looks = events.map(({ data }) => data as Look);
    const newest = looks.at(-1)?.status;
    if (newest === undefined) return;
    // What was asked for may be newer than what was on its way.
    queries.setQueryData(statusQuery.queryKey, (known) =>
      known !== undefined && known.at > newest.at ? known : newest,
    );
    const list = queries.getQueryData(samplesQuery.queryKey);
    if (list === undefined) return;
    const course = withSamples(
      list,
      looks.map(({ sample }) => sample),
    );
    if (course === undefined) void queries.invalidateQueries({ queryKey: samplesQuery.queryKey });
    else queries.setQueryData(samplesQuery.queryKey, course);
  });
}
