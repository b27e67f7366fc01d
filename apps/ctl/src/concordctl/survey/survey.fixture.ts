/** A cluster that is well, for tests to spoil. */
import { MetricsReading } from '@concord/client/metrics';
import type { AnsweringMember, SeenStatus, Survey } from './survey.ts';

const MEGABYTE = 1024 * 1024;

/** @param number - 1 for the leader */
export function wellMember(
  number: number,
  {
    status = {},
    metrics,
    ...rest
  }: Partial<Omit<AnsweringMember, 'answer' | 'metrics'>> & {
    readonly status?: Partial<SeenStatus>;
    readonly metrics?: string;
  } = {},
): AnsweringMember {
  const id = BigInt(number);
  const url = `http://10.0.0.${number}:2379`;
  return {
    member: {
      id,
      name: `m${number}`,
      peerUrls: [`http://10.0.0.${number}:2380`],
      clientUrls: [url],
      isLearner: false,
    },
    url,
    answer: {
      state: 'answered',
      latencyMs: 1.5,
      status: {
        clusterId: 77n,
        memberId: id,
        version: '3.6.14',
        storageVersion: '3.6.0',
        leaderId: 1n,
        isLearner: false,
        revision: 900,
        raftTerm: 4,
        raftIndex: 1_000,
        raftAppliedIndex: 1_000,
        databaseBytes: 100 * MEGABYTE,
        databaseBytesInUse: 90 * MEGABYTE,
        quotaBytes: 2048 * MEGABYTE,
        errors: [],
        ...status,
      },
    },
    isElsewhere: false,
    metrics: metrics === undefined ? undefined : new MetricsReading(metrics),
    concordVersion: '0.1.0',
    clock: { dateMs: 1_000_000, sentAtMs: 1_000_400, answeredAtMs: 1_000_402 },
    ...rest,
  };
}

export const wellSurvey = (change: Partial<Survey> = {}): Survey => ({
  atMs: 1_000_402,
  members: [wellMember(1), wellMember(2), wellMember(3)],
  alarms: [],
  ...change,
});
