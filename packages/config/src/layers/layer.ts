/** The layers of an item's value, and what they make together. */
import { merge } from '../value/merge.ts';
import { isPlainObject } from '../value/plain-object.ts';

/** In the order in which they lie over each other, the last on top. */
export const LAYERS = [
  'fallback',
  'inherited',
  'plain',
  'release',
  'gray',
  'environment',
  'override',
] as const;
export type LayerName = (typeof LAYERS)[number];

export interface Layer {
  readonly name: LayerName;
  /** Where it comes from: a key, a variable, a file. */
  readonly origin: string;
  readonly value: unknown;
}

export interface Combined {
  readonly value: unknown;
  /** The topmost layer that gave anything. */
  readonly top: Layer;
}

/**
 * `layers` from the lowest to the highest as one value: the topmost, or, with `isMerged`, objects merged key by key.
 * Undefined where there is none.
 */
export function combine(layers: readonly Layer[], isMerged: boolean): Combined | undefined {
  const top = layers.at(-1);
  if (top === undefined) return undefined;
  if (!isMerged) return { value: top.value, top };
  return { value: layers.map(({ value }) => value).reduce(merge), top };
}

/** Which layer gave what. */
export interface Provenance {
  /** `pool.max`; empty for a value that is no object, or was not merged. */
  readonly path: string;
  readonly layer: LayerName;
  readonly origin: string;
}

/** For every part of the combined value, the layer that it came from. */
export function provenance(layers: readonly Layer[], isMerged: boolean): Provenance[] {
  const top = layers.at(-1);
  if (top === undefined) return [];
  if (!isMerged || layers.length === 1) return [{ path: '', layer: top.name, origin: top.origin }];
  const leaves = new Map<string, Layer>();
  for (const layer of layers) lay(layer, layer.value, '', leaves);
  return [...leaves].map(([path, { name, origin }]) => ({ path, layer: name, origin }));
}

/** Puts the leaves of `value` over what lower layers had at, in or around their places. */
function lay(layer: Layer, value: unknown, path: string, leaves: Map<string, Layer>): void {
  if (isPlainObject(value) && Object.keys(value).length > 0) {
    leaves.delete(path);
    for (const [key, part] of Object.entries(value)) {
      lay(layer, part, path === '' ? key : `${path}.${key}`, leaves);
    }
    return;
  }
  const isInside = (other: string): boolean =>
    path === '' || other === path || other.startsWith(`${path}.`);
  // An empty object is merged into what is there, and takes nothing away.
  if (isPlainObject(value) && [...leaves.keys()].some(isInside)) return;
  for (const other of [...leaves.keys()]) if (isInside(other)) leaves.delete(other);
  leaves.set(path, layer);
}
