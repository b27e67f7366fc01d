/**
 * Which gray track a client is on. The same answer in every process and language: a client is in a percentage if the
 * first four bytes (big-endian) of SHA-256 of `{track}:{id}`, modulo 10,000, are below a hundred times the percentage.
 *
 * The hash knows the track and not the item: items released together on one track reach the same clients, and a
 * growing percentage keeps the clients that it had.
 */
import { ConcordError } from '@concord/client';
import { createHash } from 'node:crypto';
import type { GrayTrack, ItemRecord } from './record.ts';

/** Who a client is, as far as tracks care. */
export interface Identity {
  /** Stable over restarts of the client, if it should stay on its track. */
  readonly id: string;
  readonly labels: Readonly<Record<string, string>>;
}

export const BASE_TRACK = 'base';
/** What a client is on that got its value from a plain key, or from no key at all. */
export const PLAIN_TRACK = 'plain';
export const NO_TRACK = 'none';
const RESERVED: readonly string[] = [BASE_TRACK, PLAIN_TRACK, NO_TRACK];
/** The hash tells this many parts of all clients apart: hundredths of a percent. */
const PARTS = 10_000;

const namePattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;

/** The first track of the record that the client belongs to. */
export function chooseTrack(
  record: Pick<ItemRecord, 'gray'>,
  identity: Identity,
): GrayTrack | undefined {
  return record.gray?.find((track) => isOnTrack(track, identity));
}

type Audience = Omit<GrayTrack, 'release' | 'content'>;

/** Whether a client is on a track, and the reason, for people. */
export interface TrackJudgement {
  readonly isOn: boolean;
  readonly why: string;
}

/** Whether labels and percentage both let the client in; a track with neither lets nobody in. */
export const isOnTrack = (track: Audience, identity: Identity): boolean =>
  mismatch(track, identity) === undefined;

/** The same with the reason. */
export function judgeTrack(track: Audience, identity: Identity): TrackJudgement {
  const why = mismatch(track, identity);
  if (why !== undefined) return { isOn: false, why };
  const { match, percent } = track;
  const labels = Object.keys(match ?? {}).join(', ');
  const matched = labels === '' ? [] : [`its labels match (${labels})`];
  const hashed = percent === undefined ? [] : [placeIn(track, identity)];
  return { isOn: true, why: [...matched, ...hashed].join('; ') };
}

/** Why a client is not on a track; undefined if it is. */
function mismatch(track: Audience, identity: Identity): string | undefined {
  const { match, percent, by } = track;
  if (match === undefined && percent === undefined)
    return 'it names neither labels nor a percentage';
  for (const [label, wanted] of Object.entries(match ?? {})) {
    const value = labelOf(identity, label);
    if (value === undefined) return `the client has no label ${JSON.stringify(label)}`;
    if (Array.isArray(wanted) ? !wanted.includes(value) : value !== wanted) {
      return `the label ${label} is ${JSON.stringify(value)}, and ${JSON.stringify(wanted)} is meant`;
    }
  }
  if (percent === undefined) return undefined;
  const part = hashedPart(track, identity);
  if (part === undefined) return `the client has no label ${JSON.stringify(by)} to hash`;
  return part < percent * (PARTS / 100) ? undefined : placeIn(track, identity);
}

function placeIn(track: Audience, identity: Identity): string {
  const part = hashedPart(track, identity) ?? 0;
  const what = track.by === undefined ? 'its id' : `the label ${track.by}`;
  return `the hash of ${what} is ${part / (PARTS / 100)} of 100, and those below ${track.percent ?? 0} are in`;
}

function hashedPart({ name, by }: Audience, identity: Identity): number | undefined {
  const hashed = by === undefined ? identity.id : labelOf(identity, by);
  return hashed === undefined ? undefined : partOf(`${name}:${hashed}`);
}

const labelOf = ({ labels }: Identity, label: string): string | undefined =>
  Object.hasOwn(labels, label) ? labels[label] : undefined;

const partOf = (text: string): number =>
  createHash('sha256').update(text).digest().readUInt32BE(0) % PARTS;

/** What `release(…, { gray })` takes. */
export interface GrayOptions {
  /** Letters, digits, dots, dashes, underscores; `base`, `plain` and `none` are taken. */
  readonly name: string;
  readonly match?: Readonly<Record<string, string | readonly string[]>>;
  readonly percent?: number;
  readonly by?: string;
}

/** @throws ConcordError `INVALID_ARGUMENT` naming the option that can't be meant */
export function checkedGray(
  operation: string,
  gray: GrayOptions | undefined,
): GrayOptions | undefined {
  if (gray === undefined) return undefined;
  const refuse = (option: string, value: unknown, remedy: string): ConcordError =>
    new ConcordError('INVALID_ARGUMENT', {
      operation,
      problem: `option "gray${option}" is ${JSON.stringify(value)}`,
      remedy,
    });
  if (typeof (gray as unknown) !== 'object' || (gray as unknown) === null) {
    throw refuse('', gray, 'give { name, match?, percent?, by? }');
  }
  const { name, match, percent, by } = gray;
  if (typeof name !== 'string' || !namePattern.test(name) || RESERVED.includes(name)) {
    throw refuse(
      '.name',
      name,
      `give letters, digits, dots and dashes, and none of ${RESERVED.join(', ')}`,
    );
  }
  if (percent !== undefined && !(typeof percent === 'number' && percent >= 0 && percent <= 100)) {
    throw refuse('.percent', percent, 'give a number from 0 to 100');
  }
  if (by !== undefined && (typeof by !== 'string' || by === '')) {
    throw refuse('.by', by, 'name the label of the clients that is hashed');
  }
  if (match !== undefined && !isMatch(match)) {
    throw refuse('.match', match, 'give labels and their values, such as { region: "eu" }');
  }
  if (match === undefined && percent === undefined) {
    throw refuse('', gray, 'say who gets it, by "match" or "percent"');
  }
  return {
    name,
    ...(match === undefined ? {} : { match }),
    ...(percent === undefined ? {} : { percent }),
    ...(by === undefined ? {} : { by }),
  };
}

function isMatch(match: unknown): boolean {
  if (typeof match !== 'object' || match === null || Array.isArray(match)) return false;
  const values: unknown[] = Object.values(match);
  return (
    values.length > 0 &&
    values.every((value) =>
      Array.isArray(value)
        ? value.length > 0 && value.every((one) => typeof one === 'string')
        : typeof value === 'string',
    )
  );
}
