/** What the API says of members and of the cluster as a whole. */
import { z } from 'zod';

export const memberIdPath = z
  .string()
  .regex(/^(?!0+$)[0-9a-f]{1,16}$/, 'must be a member in hexadecimal, such as 8e9e05c52164694d');

export const memberSchema = z.object({
  id: z.string().describe('hexadecimal'),
  name: z.string().describe('empty until it has started for the first time'),
  peerUrls: z.array(z.string()),
  clientUrls: z.array(z.string()),
  isLearner: z.boolean(),
});

export const memberListSchema = z.object({ members: z.array(memberSchema) });

const peerUrls = z
  .array(z.url({ protocol: /^https?$/, error: 'must be such as http://10.0.0.5:2380' }))
  .min(1)
  .max(16);

export const addMemberBody = z.strictObject({
  peerUrls,
  isLearner: z.boolean().default(true).describe('it catches up first, and is promoted then'),
});
export const addedMemberSchema = z.object({
  member: memberSchema,
  /** What the new member is started with. */
  initialCluster: z.string().describe('the flag --initial-cluster of the new member'),
});
export const updateMemberBody = z.strictObject({ peerUrls });
export const leaderBody = z.strictObject({ member: memberIdPath });

export const memberStatusSchema = memberSchema.extend({
  state: z.enum(['healthy', 'unreachable', 'leaderless', 'not-started']),
  problem: z.string().optional().describe('why it is not healthy'),
  latencyMs: z.number().optional().describe('of its answer to the gateway'),
  isLeader: z.boolean(),
  version: z.string().optional(),
  revision: z.int().optional(),
  raftTerm: z.int().optional(),
  raftIndex: z.int().optional(),
  raftAppliedIndex: z.int().optional(),
  lag: z.int().optional().describe('entries that it is behind the newest of any member'),
  databaseBytes: z.int().optional(),
  databaseBytesInUse: z.int().optional(),
  errors: z.array(z.string()).optional(),
});

export const clusterStatusSchema = z.object({
  at: z.iso.datetime(),
  clusterId: z.string().optional(),
  leader: z.string().optional().describe('the id of the leader'),
  hasQuorum: z.boolean(),
  revision: z.int().optional(),
  members: z.array(memberStatusSchema),
  alarms: z.array(z.object({ member: z.string(), kind: z.enum(['nospace', 'corrupt']) })),
});

export const alarmListSchema = clusterStatusSchema.pick({ alarms: true });
export const disarmQuery = z.strictObject({
  member: memberIdPath.optional().describe('all members when not given'),
  kind: z.enum(['nospace', 'corrupt']).optional().describe('with `member`'),
});
export const compactBody = z.strictObject({
  revision: z.int().min(1).describe('history before it is given up'),
  physical: z.boolean().default(false).describe('answer when the space is free'),
});
export const defragmentBody = z.strictObject({ member: memberIdPath });
export const snapshotQuery = z.strictObject({ member: memberIdPath.optional() });
export const doneSchema = z.object({ done: z.literal(true) });

/** One look at the cluster's metrics: rates are of all members together, since the sample before. */
export const sampleSchema = z.object({
  at: z.iso.datetime(),
  readsPerSecond: z.number().optional(),
  writesPerSecond: z.number().optional(),
  eventsPerSecond: z.number().optional(),
  readLatencyMs: z.number().optional().describe('of a linearizable read by the gateway'),
  syncLatencyP50Ms: z.number().optional().describe('of the disks of the members'),
  syncLatencyP99Ms: z.number().optional(),
  watchers: z.number().optional(),
  keys: z.number().optional(),
  databaseBytes: z.number().optional(),
  residentBytes: z.number().optional(),
  lagMax: z.number().optional().describe('entries that the slowest member is behind'),
});
export const sampleListSchema = z.object({
  intervalMs: z.int(),
  items: z.array(sampleSchema).describe('oldest first, of the last ten minutes at most'),
});

export type Member = z.output<typeof memberSchema>;
export type MemberStatus = z.output<typeof memberStatusSchema>;
export type ClusterStatus = z.output<typeof clusterStatusSchema>;
export type Sample = z.output<typeof sampleSchema>;
