/** What each act of an operator makes of an item: the record after it, and its entry in the history. */
import { ConcordError } from '@concord/client';
import type { Format } from '../item/format.ts';
import type { Content, GrayTrack, HistoryEntry, ItemRecord } from './record.ts';
import type { GrayOptions } from './track.ts';

/** A record holds the content of each; more is no experiment any more. */
export const GRAY_TRACKS_MAX = 8;

/** Where an item stands: its record if it has one, and the newest number given out so far. */
export interface Standing {
  readonly record: ItemRecord | undefined;
  readonly latest: number;
}

/** Who acts, why, and when. */
export interface Act {
  readonly operation: string;
  /** The item's name, for errors. */
  readonly subject: string;
  readonly comment?: string | undefined;
  readonly by?: string | undefined;
  readonly at: string;
}

export interface Step {
  /** Undefined: the item is gone. */
  readonly record: ItemRecord | undefined;
  /** Undefined where no new content came: an abandoned track. */
  readonly entry: HistoryEntry | undefined;
}

export interface NewContent {
  readonly content: Content;
  readonly format: Format;
  readonly secret: boolean;
  readonly from?: number | undefined;
}

/** @throws ConcordError `CONFLICT` unless the item's base release is `base`; 0 means that there is none */
export function checkBase(standing: Standing, base: number | undefined, act: Act): void {
  const current = standing.record?.release ?? 0;
  if (base === undefined || base === current) return;
  const released = (release: number): string =>
    release === 0 ? 'no release' : `release ${release}`;
  throw new ConcordError('CONFLICT', {
    operation: act.operation,
    subject: act.subject,
    problem: `${act.subject} stands at ${released(current)}, and the change was made from ${released(base)}`,
    remedy: 'look at what was released in between, and make the change again from there',
  });
}

/** New content for everybody who is on no gray track; tracks stay as they are. */
export function releaseBase(standing: Standing, next: NewContent, act: Act): Step {
  const release = standing.latest + 1;
  const gray = standing.record?.gray;
  if (standing.record !== undefined && gray !== undefined && gray.length > 0) {
    checkForm(standing.record, next, act, 'promote or abandon its gray tracks first');
  }
  return {
    record: {
      release,
      latest: release,
      ...contentFields(next),
      ...(gray === undefined || gray.length === 0 ? {} : { gray }),
      ...actFields(act),
    },
    entry: entryOf(release, next, act),
  };
}

/** New content for a gray track, which is made or replaced in its place. */
export function releaseGray(
  standing: Standing,
  next: NewContent,
  gray: GrayOptions,
  act: Act,
): Step {
  const record = presentRecord(standing, act);
  checkForm(record, next, act, 'release the base in the new form first');
  const release = standing.latest + 1;
  const track: GrayTrack = { ...gray, release, content: next.content };
  const tracks = record.gray ?? [];
  const isKnown = tracks.some(({ name }) => name === gray.name);
  if (!isKnown && tracks.length >= GRAY_TRACKS_MAX) {
    throw new ConcordError('QUOTA', {
      operation: act.operation,
      subject: act.subject,
      problem: `${act.subject} has ${tracks.length} gray tracks, the most there can be`,
      remedy: 'promote or abandon one first',
    });
  }
  return {
    record: {
      ...record,
      latest: release,
      gray: isKnown
        ? tracks.map((one) => (one.name === gray.name ? track : one))
        : [...tracks, track],
    },
    entry: { ...entryOf(release, next, act), track: gray.name },
  };
}

/** The same content on the same release of a track, for more clients or fewer. */
export function widenGray(standing: Standing, gray: GrayOptions, act: Act): Step {
  const record = presentRecord(standing, act);
  const { release, content } = trackOf(record, gray.name, act);
  const track: GrayTrack = { ...gray, release, content };
  const tracks = (record.gray ?? []).map((one) => (one.name === gray.name ? track : one));
  return { record: { ...record, gray: tracks }, entry: undefined };
}

/** The content of a track for everybody, as a new release; the track is gone. */
export function promoteGray(standing: Standing, name: string, act: Act): Step {
  const record = presentRecord(standing, act);
  const track = trackOf(record, name, act);
  const left = { ...standing, record: without(record, name) };
  const { content, release: from } = track;
  return releaseBase(
    left,
    { content, format: record.format, secret: record.secret === true, from },
    act,
  );
}

/** The track is gone; its clients are back on the base. */
export function abandonGray(standing: Standing, name: string, act: Act): Step {
  const record = presentRecord(standing, act);
  trackOf(record, name, act);
  return { record: without(record, name), entry: undefined };
}

/** No record any more; the history tells who took it away. */
export function deleteItem(standing: Standing, act: Act): Step {
  const { format, secret } = presentRecord(standing, act);
  const release = standing.latest + 1;
  return {
    record: undefined,
    entry: { release, format, ...(secret === true ? { secret } : {}), ...actFields(act) },
  };
}

/** All contents of a record are of one format, and all of them secret or none. */
function checkForm(record: ItemRecord, next: NewContent, act: Act, remedy: string): void {
  const form = (format: Format, secret: boolean): string => (secret ? `secret ${format}` : format);
  const old = form(record.format, record.secret === true);
  const young = form(next.format, next.secret);
  if (old === young) return;
  throw new ConcordError('INVALID_ARGUMENT', {
    operation: act.operation,
    subject: act.subject,
    problem: `${act.subject} is ${old}, and the content given is ${young}`,
    remedy,
  });
}

function presentRecord({ record }: Standing, act: Act): ItemRecord {
  if (record !== undefined) return record;
  throw new ConcordError('NOT_FOUND', {
    operation: act.operation,
    subject: act.subject,
    problem: `${act.subject} has no release`,
    remedy: 'release it first: config.release(path, content)',
  });
}

function trackOf(record: ItemRecord, name: string, act: Act): GrayTrack {
  const tracks = record.gray ?? [];
  const track = tracks.find((one) => one.name === name);
  if (track !== undefined) return track;
  const names = tracks.map((one) => JSON.stringify(one.name)).join(', ');
  throw new ConcordError('NOT_FOUND', {
    operation: act.operation,
    subject: act.subject,
    problem: `${act.subject} has no gray track ${JSON.stringify(name)}`,
    remedy: names === '' ? 'it has none at all' : `its tracks are ${names}`,
  });
}

function without(record: ItemRecord, name: string): ItemRecord {
  const { gray = [], ...rest } = record;
  const left = gray.filter((track) => track.name !== name);
  return left.length === 0 ? rest : { ...rest, gray: left };
}

const contentFields = ({
  content,
  format,
  secret,
}: NewContent): Pick<ItemRecord, 'content' | 'format' | 'secret'> => ({
  content,
  format,
  ...(secret ? { secret } : {}),
});

const actFields = ({ comment, by, at }: Act): Pick<ItemRecord, 'comment' | 'by' | 'at'> => ({
  ...(comment === undefined ? {} : { comment }),
  ...(by === undefined ? {} : { by }),
  at,
});

const entryOf = (release: number, next: NewContent, act: Act): HistoryEntry => ({
  release,
  ...contentFields(next),
  ...(next.from === undefined ? {} : { from: next.from }),
  ...actFields(act),
});
