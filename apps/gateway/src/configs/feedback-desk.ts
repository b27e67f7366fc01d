/** What clients made of an item, and what one of them would see. */
import type { Client } from '@concord/client';
import {
  acknowledgementKey,
  acknowledgementsPrefix,
  BASE_TRACK,
  chooseTrack,
  convergenceOf,
  itemKey,
  judgeTrack,
  NO_TRACK,
  PLAIN_TRACK,
  storedAcknowledgements,
  UNVERSIONED,
  type Identity,
  type ItemAddress,
  type ItemRecord,
} from '@concord/config/records';
import type { Convergence } from '@concord/config';
import { z } from 'zod';
import { assertMay, type Actor } from '../access/actor.ts';
import { decodeCursor, encodeCursor } from '../http/page.ts';
import type { AcknowledgementList, EffectiveDocument } from './feedback-schemas.ts';
import { readablePlainKeys } from './item-desk.ts';
import { recordOf, type StoredConfig } from './item-document.ts';
import type { ItemReader } from './item-reader.ts';
import type { Sight } from './secrecy.ts';
import type { ValidationDesk } from './validation-desk.ts';

type Said = AcknowledgementList['items'][number];

/** Who asks for a value: a client, or somebody in its place. */
export interface Asker {
  readonly app?: string | undefined;
  readonly version?: string | undefined;
  readonly id?: string | undefined;
  readonly labels?: Readonly<Record<string, string>> | undefined;
}

const ORDER = ['rejected', 'pending', 'offline', 'unknown', 'applied'] as const;
const position = z.object({ after: z.string() });

export class FeedbackDesk {
  readonly #client: Client;
  readonly #reader: ItemReader;
  readonly #validation: ValidationDesk;

  constructor(client: Client, reader: ItemReader, validation: ValidationDesk) {
    this.#client = client;
    this.#reader = reader;
    this.#validation = validation;
  }

  /** What became of the releases, by client; those that need somebody's eyes first. */
  async acknowledgements(
    actor: Actor,
    address: ItemAddress,
    query: {
      readonly state?: Said['state'] | undefined;
      readonly track?: string | undefined;
      readonly expected?: readonly string[] | undefined;
      readonly limit: number;
      readonly cursor?: string | undefined;
    },
  ): Promise<AcknowledgementList> {
    assertMay(actor, 'read', itemKey(address));
    const { convergence, revision } = await this.convergence(address, query.expected);
    const all = convergence.clients.map(saidOf);
    const counts = { applied: 0, rejected: 0, pending: 0, offline: 0, unknown: 0 };
    for (const { state } of all) counts[state] += 1;
    const { state, track } = query;
    const wanted = all
      .filter(
        (one) =>
          (state === undefined || one.state === state) &&
          (track === undefined || one.track === track),
      )
      .map((one) => ({ one, place: `${ORDER.indexOf(one.state)}${one.client}` }))
      .sort((a, b) => (a.place < b.place ? -1 : 1));
    const after = query.cursor === undefined ? '' : decodeCursor(query.cursor, position).after;
    const rest = wanted.filter(({ place }) => place > after);
    const page = rest.slice(0, query.limit);
    const last = page.at(-1);
    return {
      items: page.map(({ one }) => one),
      revision,
      release: convergence.release,
      isConverged: counts.applied === all.length,
      counts,
      ...(last !== undefined &&
        rest.length > page.length && { nextCursor: encodeCursor({ after: last.place }) }),
    };
  }

  async convergence(
    address: ItemAddress,
    expected: readonly string[] = [],
  ): Promise<{ readonly convergence: Convergence; readonly revision: number }> {
    const [stored, said] = await Promise.all([
      this.#reader.get(address, []),
      this.#client.kv.range({ prefix: acknowledgementsPrefix(address) }),
    ]);
    const acknowledgements = storedAcknowledgements(said.entries);
    return {
      convergence: convergenceOf(recordOf(stored), acknowledgements, expected),
      revision: said.revision,
    };
  }

  /** What a client sees, from which layer and on which track, and why. */
  async effective(
    actor: Actor,
    address: ItemAddress,
    asker: Asker,
    sight: Sight,
  ): Promise<EffectiveDocument> {
    assertMay(actor, 'read', itemKey(address));
    const stored = await this.#reader.get(address, readablePlainKeys(actor, address));
    const acknowledged = asker.id === undefined ? undefined : await this.#said(address, asker.id);
    const identity: Identity = {
      id: asker.id ?? '',
      labels: asker.labels ?? acknowledged?.labels ?? {},
    };
    const record = recordOf(stored);
    const seen = record === undefined ? plainOf(stored) : releasedOf(record, identity);
    const content =
      seen.content === undefined
        ? undefined
        : sight.show(address, seen.content, record?.secret === true);
    const verdict = await this.#verdict(address, asker, content, record);
    return {
      track: seen.track,
      release: seen.release,
      layer: seen.layer,
      why: seen.why,
      ...(content !== undefined && { content }),
      isMasked: seen.content !== undefined && content === undefined,
      ...(record !== undefined && { format: record.format }),
      layers: layersOf(stored, record, identity),
      tracks: (record?.gray ?? []).map((track) => ({
        name: track.name,
        ...judgeTrack(track, identity),
      })),
      ...(verdict !== undefined && { verdict }),
      ...(acknowledged !== undefined && { acknowledged }),
    };
  }

  async #said(address: ItemAddress, client: string): Promise<Said | undefined> {
    const entry = await this.#client.kv.get(acknowledgementKey(address, client));
    if (entry === undefined) return undefined;
    const stored = await this.#reader.get(address, []);
    const [one] = convergenceOf(recordOf(stored), storedAcknowledgements([entry])).clients;
    return one && saidOf(one);
  }

  async #verdict(
    address: ItemAddress,
    { app, version = UNVERSIONED }: Asker,
    content: string | undefined,
    record: ItemRecord | undefined,
  ): Promise<EffectiveDocument['verdict']> {
    if (app === undefined || content === undefined) return undefined;
    const isSecret = record?.secret === true;
    const { versions } = await this.#validation.validate(
      address,
      content,
      record?.format,
      isSecret,
    );
    return versions.find((verdict) => verdict.app === app && verdict.version === version);
  }
}

interface Seen {
  readonly track: string;
  readonly release: number;
  readonly layer: EffectiveDocument['layer'];
  readonly why: string;
  readonly content: ItemRecord['content'] | undefined;
}

function releasedOf(record: ItemRecord, identity: Identity): Seen {
  const gray = chooseTrack(record, identity);
  if (gray !== undefined) {
    const { why } = judgeTrack(gray, identity);
    const { name, release, content } = gray;
    return {
      track: name,
      release,
      layer: 'gray',
      why: `on the gray track ${name}: ${why}`,
      content,
    };
  }
  const { release, content } = record;
  const why =
    record.gray === undefined
      ? 'it is released to everybody'
      : 'it is on no gray track of the item';
  return { track: BASE_TRACK, release, layer: 'release', why, content };
}

function plainOf({ plain }: StoredConfig): Seen {
  if (plain !== undefined) {
    const why = `nothing is released, so the key ${plain.key} is read`;
    return { track: PLAIN_TRACK, release: 0, layer: 'plain', why, content: plain.text };
  }
  const why = 'nothing is released, and no plain key is there: the fallback of the program is left';
  return { track: NO_TRACK, release: 0, layer: 'none', why, content: undefined };
}

function layersOf(
  { plain }: StoredConfig,
  record: ItemRecord | undefined,
  identity: Identity,
): EffectiveDocument['layers'] {
  const layers: { layer: 'plain' | 'release' | 'gray'; origin: string }[] = [];
  if (plain !== undefined) layers.push({ layer: 'plain', origin: plain.key });
  if (record !== undefined) layers.push({ layer: 'release', origin: `release ${record.release}` });
  const gray = record && chooseTrack(record, identity);
  if (gray !== undefined)
    layers.push({ layer: 'gray', origin: `release ${gray.release} on ${gray.name}` });
  return layers.map((layer, index) => ({ ...layer, isOnTop: index === layers.length - 1 }));
}

function saidOf({
  client,
  state,
  track,
  target,
  release,
  error,
  acknowledgement,
}: Convergence['clients'][number]): Said {
  const { app, layer, restartRequired, at } = acknowledgement ?? {};
  // Who said something that cannot be read has a key; who is silent was only expected.
  const told = state === 'unknown' && acknowledgement === undefined ? 'offline' : state;
  return {
    client,
    state: told,
    track,
    target,
    ...(release !== undefined && { release }),
    ...(error !== undefined && { error }),
    ...(app !== undefined && { app: app.name }),
    ...(app?.version !== undefined && { version: app.version }),
    ...(app?.labels !== undefined && { labels: { ...app.labels } }),
    ...(layer !== undefined && { layer }),
    ...(restartRequired !== undefined && { restartRequired: [...restartRequired] }),
    ...(at !== undefined && { at }),
  };
}
