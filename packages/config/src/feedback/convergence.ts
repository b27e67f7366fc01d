/** What consumers said of the releases that are meant for them, and what that comes to. */
import type { ItemRecord } from '../release/record.ts';
import { BASE_TRACK, chooseTrack } from '../release/track.ts';

/** What a consumer stores under its acknowledgement key, bound to its lease. */
export interface Acknowledgement {
  /** 0 for a plain key. */
  readonly release: number;
  readonly track: string;
  readonly state: 'applied' | 'rejected';
  /** Why it was rejected, at most 1000 characters. */
  readonly error?: string;
  /** The revision of the key that was looked at. */
  readonly revision: number;
  /** What the percentages of gray tracks hash. */
  readonly id: string;
  /** The layer on top: `environment` and `override` hide what was released. */
  readonly layer?: string;
  /** Fields that changed and need a restart of the client. */
  readonly restartRequired?: readonly string[];
  /** ISO 8601. */
  readonly at: string;
  readonly app?: {
    readonly name: string;
    readonly version?: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
}

/**
 * `pending`: it runs another release than the one meant for it. `unknown`: it was expected and said nothing, or
 * said what can't be read.
 */
export type ClientState = 'applied' | 'rejected' | 'pending' | 'unknown';

export interface ClientConvergence {
  readonly client: string;
  readonly state: ClientState;
  /** The track it belongs to by the record as it is now. */
  readonly track: string;
  /** The release meant for it. */
  readonly target: number;
  /** The one it spoke of last, if it did. */
  readonly release?: number;
  readonly error?: string;
  readonly acknowledgement?: Acknowledgement;
}

export interface Convergence {
  /** Of the base; 0 where nothing was released. */
  readonly release: number;
  readonly clients: readonly ClientConvergence[];
  readonly counts: Readonly<Record<ClientState, number>>;
  /** Whether every client applied what is meant for it. */
  readonly isConverged: boolean;
}

export interface StoredAcknowledgement {
  readonly client: string;
  /** Undefined where it can't be read. */
  readonly acknowledgement: Acknowledgement | undefined;
}

/** @param expected - clients that should have spoken, by their ids; the others are counted too */
export function convergenceOf(
  record: ItemRecord | undefined,
  stored: readonly StoredAcknowledgement[],
  expected: readonly string[] = [],
): Convergence {
  const known = new Set(stored.map(({ client }) => client));
  const silent = expected
    .filter((client) => !known.has(client))
    .map((client) => ({ client, acknowledgement: undefined }));
  const clients = [...stored, ...silent].map((one) => judge(record, one));
  const counts = { applied: 0, rejected: 0, pending: 0, unknown: 0 };
  for (const { state } of clients) counts[state]++;
  const release = record?.release ?? 0;
  return { release, clients, counts, isConverged: counts.applied === clients.length };
}

function judge(
  record: ItemRecord | undefined,
  { client, acknowledgement }: StoredAcknowledgement,
): ClientConvergence {
  const identity = {
    id: acknowledgement?.id ?? client,
    labels: acknowledgement?.app?.labels ?? {},
  };
  const gray = record === undefined ? undefined : chooseTrack(record, identity);
  const target = gray?.release ?? record?.release ?? 0;
  const track = gray?.name ?? BASE_TRACK;
  if (acknowledgement === undefined) return { client, state: 'unknown', track, target };
  const { release, error } = acknowledgement;
  return {
    client,
    state: release === target ? acknowledgement.state : 'pending',
    track,
    target,
    release,
    ...(error === undefined ? {} : { error }),
    acknowledgement,
  };
}

/** The acknowledgement in `text`, or undefined for what cannot be one. */
export function decodeAcknowledgement(text: string): Acknowledgement | undefined {
  let value: Partial<Acknowledgement> | null;
  try {
    value = JSON.parse(text) as Partial<Acknowledgement> | null;
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  if (!Number.isSafeInteger(value.release) || typeof value.track !== 'string') return undefined;
  if (value.state !== 'applied' && value.state !== 'rejected') return undefined;
  const labels: unknown = value.app?.labels;
  if (labels !== undefined && (typeof labels !== 'object' || labels === null)) return undefined;
  return value as Acknowledgement;
}
