/** `etcd_debugging_store_*`: what the v2 API has done; at zero where it is not served, as in etcd. */
import { counter, gauge, type Family } from './family.ts';

export interface V2Counts {
  /** Keys and directories whose time was over, removed by this member. */
  readonly expired: number;
  /** Waits and streams that were asked for. */
  readonly watchRequests: number;
  /** Those that wait now. */
  readonly watchers: number;
}

export const v2Families = (counts: () => V2Counts | undefined): readonly Family[] => [
  counter(
    'etcd_debugging_store_expires_total',
    'Total number of expired keys.',
    () => counts()?.expired ?? 0,
  ),
  counter(
    'etcd_debugging_store_watch_requests_total',
    'Total number of incoming watch requests (new or reestablished).',
    () => counts()?.watchRequests ?? 0,
  ),
  gauge(
    'etcd_debugging_store_watchers',
    'Count of currently active watchers.',
    () => counts()?.watchers ?? 0,
  ),
];
