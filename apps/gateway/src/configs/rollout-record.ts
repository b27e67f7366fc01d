/** A rollout, as it is stored: its plan and how far it is, so that any gateway can go on with it. */
import type { RolloutStep } from '@concord/config';
import type { ItemAddress } from '@concord/config/records';

export const ROLLOUTS = '/concord/config/rollouts/';

export const rolloutKey = ({ namespace, path }: Pick<ItemAddress, 'namespace' | 'path'>): string =>
  `${ROLLOUTS}${namespace}/${encodeURIComponent(path)}`;

/** The item that a key of a rollout is about. */
export function rolloutAddress(key: string): ItemAddress | undefined {
  const [namespace, encoded] = key.slice(ROLLOUTS.length).split('/');
  if (namespace === undefined || encoded === undefined) return undefined;
  try {
    const path = decodeURIComponent(encoded);
    return { namespace, path, given: path };
  } catch {
    return undefined;
  }
}

/**
 * - `running`: a gateway watches over the step, and goes on when its clients have applied it.
 * - `waiting`: the step is done, and somebody has to say that the next may come.
 * - `paused`: somebody has stopped it for a while; the track stays as it is.
 * - `halted`: a rejection, silence, or another release has stopped it.
 * - `completed`, `aborted`: over.
 */
export type RolloutState = 'running' | 'waiting' | 'paused' | 'halted' | 'completed' | 'aborted';

export type HaltReason = 'rejected' | 'unacknowledged' | 'superseded' | 'failed';

export interface RolloutRecord {
  readonly state: RolloutState;
  /** Of the gray track. */
  readonly name: string;
  /** Of the content on the track. */
  readonly release: number;
  readonly steps: readonly RolloutStep[];
  /** The one under way, from 0. */
  readonly step: number;
  /** `manual`: each step waits to be told. */
  readonly advance: 'automatic' | 'manual';
  readonly holdMs: number;
  readonly rejectedOver: number;
  readonly unackedAfterMs: number;
  readonly onHalt: 'pause' | 'revert';
  /** Why it was halted, in words. */
  readonly reason?: HaltReason;
  readonly problem?: string;
  readonly isReverted?: boolean;
  /** The release to everybody, at the end. */
  readonly completedAs?: number;
  readonly by: string;
  readonly comment?: string;
  readonly at: string;
  /** When the state or the step changed last. */
  readonly changedAt: string;
}

export function decodeRollout(text: string): RolloutRecord | undefined {
  try {
    const value = JSON.parse(text) as Partial<RolloutRecord> | null;
    if (typeof value !== 'object' || value === null) return undefined;
    if (!Array.isArray(value.steps) || typeof value.step !== 'number') return undefined;
    if (typeof value.name !== 'string' || typeof value.release !== 'number') return undefined;
    return value as RolloutRecord;
  } catch {
    return undefined;
  }
}

export const isOver = ({ state }: RolloutRecord): boolean =>
  state === 'completed' || state === 'aborted';
