/** An etcd v3 client: see README.md. */
export { durationMs, DURATION_MS_MAX, type Duration } from './duration.ts';
export {
  ConcordError,
  type ConcordErrorCode,
  type ConcordErrorDetails,
  type Outcome,
} from './errors.ts';
export {
  EventSource,
  EVENTS_BUFFERED_MAX,
  type Events,
  type ListenOptions,
  type StreamOptions,
} from './events.ts';
