/** A prefix's keys as folders and keys, parted by slashes, as far as they are known. */

export type KeyNode =
  | {
      readonly kind: 'folder';
      readonly prefix: string;
      readonly label: string;
      readonly count: number;
    }
  | { readonly kind: 'key'; readonly name: string; readonly label: string };

/** One level below `prefix`; a folder's prefix ends with its slash, so that `/a` and `/a/` stay two things. */
export function levelOf(names: readonly string[], prefix: string): readonly KeyNode[] {
  const folders = new Map<string, number>();
  const nodes: KeyNode[] = [];
  for (const name of names) {
    if (!name.startsWith(prefix)) continue;
    // A slash right after the prefix belongs to the folder's name: the first level of `/a/b` is `/`.
    const slash = name.indexOf('/', prefix.length);
    if (slash === -1) {
      nodes.push({ kind: 'key', name, label: name.slice(prefix.length) });
      continue;
    }
    const folder = name.slice(0, slash + 1);
    folders.set(folder, (folders.get(folder) ?? 0) + 1);
  }
  return [
    ...[...folders].map(([folder, count]) => ({
      kind: 'folder' as const,
      prefix: folder,
      label: folder.slice(prefix.length),
      count,
    })),
    ...nodes,
  ];
}

/** The prefixes on the way to `prefix`, each with the piece it adds: for a row of links. */
export function trailOf(
  prefix: string,
): readonly { readonly prefix: string; readonly label: string }[] {
  const trail: { prefix: string; label: string }[] = [];
  let start = 0;
  for (let slash = prefix.indexOf('/'); slash !== -1; slash = prefix.indexOf('/', start)) {
    trail.push({ prefix: prefix.slice(0, slash + 1), label: prefix.slice(start, slash + 1) });
    start = slash + 1;
  }
  if (start < prefix.length) trail.push({ prefix, label: prefix.slice(start) });
  return trail;
}
