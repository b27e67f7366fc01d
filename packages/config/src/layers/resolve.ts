/** From what is stored and what is set locally to the value of an item: layers found, opened, parsed, combined, validated. */
import { parseContent, type Format, type Parsed } from '../item/format.ts';
import type { Issue } from '../item/issue.ts';
import type { Item } from '../item/item.ts';
import { validateValue } from '../item/schema.ts';
import { itemKey, itemName, type ItemAddress } from '../item/address.ts';
import type { StoredItem } from '../live/cut.ts';
import { decodeRecord, type Content, type ItemRecord } from '../release/record.ts';
import { BASE_TRACK, chooseTrack, NO_TRACK, PLAIN_TRACK, type Identity } from '../release/track.ts';
import { missingKey, type KeyRing } from '../secret/key-ring.ts';
import { isSealed } from '../secret/sealed.ts';
import { combine, type Layer, type LayerName } from './layer.ts';

/** A value out of the local override file. */
export interface OverrideValue {
  readonly file: string;
  readonly value: unknown;
}

export interface ResolveContext {
  readonly identity: Identity;
  readonly keys: KeyRing | undefined;
  readonly override: OverrideValue | undefined;
}

/** What of an item was looked at. */
export interface Position {
  /** 0 for what was not released: plain keys, fallbacks. */
  readonly release: number;
  /** `base`, a gray track's name, `plain`, or `none`. */
  readonly track: string;
  /** Of the last change of the key that gave it; 0 where no key did. */
  readonly revision: number;
  readonly isSecret: boolean;
}

/** A layer that is there, whether or not it was read. */
export type LayerPlace = Pick<Layer, 'name' | 'origin'>;

export type Resolution =
  | (Position & {
      readonly state: 'valid';
      /** After the schema. */
      readonly value: unknown;
      /** The layers that were combined, the lowest first. */
      readonly layers: readonly Layer[];
      readonly places: readonly LayerPlace[];
      readonly top: LayerName;
    })
  | (Position & { readonly state: 'missing' })
  | (Position & { readonly state: 'invalid'; readonly issues: readonly Issue[] });

/** What was released of the item, and of the one that it inherits from. */
interface Records {
  readonly own: ItemRecord | undefined;
  readonly inherited: ItemRecord | undefined;
}

interface Source extends LayerPlace {
  read(): Parsed;
}

export async function resolveItem(
  item: Item,
  stored: StoredItem,
  context: ResolveContext,
): Promise<Resolution> {
  const record = stored.item === undefined ? undefined : decodeRecord(stored.item.text);
  const inherited =
    stored.inherited === undefined ? undefined : decodeRecord(stored.inherited.text);
  const position = positionOf(item, stored, { own: record, inherited }, context.identity);
  for (const [address, text, decoded] of [
    [item.address, stored.item, record],
    [item.inherited ?? item.address, stored.inherited, inherited],
  ] as const) {
    if (text === undefined || decoded !== undefined) continue;
    const message = `what is under ${itemKey(address)} is no record of a release`;
    return { ...position, state: 'invalid', issues: [{ message }] };
  }
  const places = sourcesOf(item, stored, { own: record, inherited }, context);
  const layers: Layer[] = [];
  // Where the topmost replaces the others, the others need not even parse.
  for (const source of item.definition.merge ? places : places.slice(-1)) {
    const parsed = source.read();
    if (!parsed.ok) {
      const message = `${source.name} (${source.origin}): ${parsed.issue.message}`;
      return { ...position, state: 'invalid', issues: [{ ...parsed.issue, message }] };
    }
    layers.push({ name: source.name, origin: source.origin, value: parsed.value });
  }
  const combined = combine(layers, item.definition.merge);
  if (combined === undefined) return { ...position, state: 'missing' };
  const validated = await validateValue(item.definition.schema, combined.value);
  if (!validated.ok) return { ...position, state: 'invalid', issues: validated.issues };
  return {
    ...position,
    state: 'valid',
    value: validated.value,
    layers,
    places: places.map(({ name, origin }) => ({ name, origin })),
    top: combined.top.name,
  };
}

function positionOf(
  item: Item,
  stored: StoredItem,
  { own: record, inherited }: Records,
  identity: Identity,
): Position {
  const isSecret =
    item.definition.secret !== false || record?.secret === true || inherited?.secret === true;
  if (stored.item !== undefined) {
    const { revision } = stored.item;
    if (record === undefined) return { release: 0, track: NO_TRACK, revision, isSecret };
    const gray = chooseTrack(record, identity);
    const { release } = gray ?? record;
    return { release, track: gray?.name ?? BASE_TRACK, revision, isSecret };
  }
  if (stored.plain === undefined) {
    return { release: 0, track: NO_TRACK, revision: stored.inherited?.revision ?? 0, isSecret };
  }
  return { release: 0, track: PLAIN_TRACK, revision: stored.plain.revision, isSecret };
}

/** All layers that there are, the lowest first. */
function sourcesOf(
  item: Item,
  { plain }: StoredItem,
  { own: record, inherited }: Records,
  { identity, keys, override }: ResolveContext,
): Source[] {
  const sources: Source[] = [];
  const { fallback } = item.definition;
  const add = (name: LayerName, origin: string, read: () => Parsed): void => {
    sources.push({ name, origin, read });
  };
  const open = (content: Content, format: Format, address = item.address): Parsed =>
    opened(address, content, format, keys);
  if (fallback !== undefined) {
    add('fallback', 'the definition', () => ({ ok: true, value: structuredClone(fallback) }));
  }
  if (inherited !== undefined) {
    const address = item.inherited!;
    const gray = chooseTrack(inherited, identity);
    const { content, release } = gray ?? inherited;
    const track = gray === undefined ? '' : ` on ${gray.name}`;
    add('inherited', `release ${release}${track} of ${itemName(address)}`, () =>
      open(content, inherited.format, address),
    );
  }
  if (plain !== undefined) {
    add('plain', item.plainKey ?? '', () => parseContent(plain.text, item.format));
  }
  if (record !== undefined) {
    const { content, format, release } = record;
    add('release', `release ${release}`, () => open(content, format));
    const gray = chooseTrack(record, identity);
    if (gray !== undefined) {
      add('gray', `release ${gray.release} on ${gray.name}`, () => open(gray.content, format));
    }
  }
  if (item.environment !== undefined) {
    const { variable, text } = item.environment;
    add('environment', variable, () => parseContent(text, item.format));
  }
  if (override !== undefined) {
    add('override', override.file, () => ({ ok: true, value: structuredClone(override.value) }));
  }
  return sources;
}

function opened(
  { namespace, path }: ItemAddress,
  content: Content,
  format: Format,
  keys: KeyRing | undefined,
): Parsed {
  if (!isSealed(content)) return parseContent(content, format);
  if (keys === undefined) {
    return { ok: false, issue: { message: `it is sealed with ${missingKey(content)}` } };
  }
  const unsealed = keys.open(content, `${namespace}/${path}`);
  if (!unsealed.ok) return { ok: false, issue: { message: unsealed.problem } };
  return parseContent(unsealed.text, format);
}
