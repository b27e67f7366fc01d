/** `@concord/client/metrics`: what a member's `/metrics` says. It loads nothing else, and asks nobody. */
export { MetricsReading, quantile, type Buckets } from './administration/metrics-reading.ts';
