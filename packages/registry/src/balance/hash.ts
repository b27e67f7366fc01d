/** The hash that places instances and keys: the same in every process and version, and of no use against attackers. */

/** 32 bits of `text`: FNV-1a over its UTF-16 units, then MurmurHash3's finalizer, which FNV's last bits need. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return mix(hash);
}

/** Another 32 bits from `hash`, the n-th of a sequence of its own. */
export function rehash(hash: number, n: number): number {
  return mix(hash + Math.imul(n, 0x9e3779b9));
}

function mix(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
