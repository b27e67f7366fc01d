/** The items of a namespace as a tree of folders, and what a search leaves of it. */

export interface TreeItem {
  readonly path: string;
}

export interface TreeFolder<T extends TreeItem> {
  readonly kind: 'folder';
  /** Ends without a slash; empty for the namespace itself. */
  readonly path: string;
  readonly label: string;
  readonly children: readonly TreeNode<T>[];
  /** Items below, at any depth. */
  readonly count: number;
}

export interface TreeLeaf<T extends TreeItem> {
  readonly kind: 'item';
  readonly path: string;
  readonly label: string;
  readonly item: T;
}

export type TreeNode<T extends TreeItem> = TreeFolder<T> | TreeLeaf<T>;

/** Folders first, both by name. An item `a` and a folder `a` may stand side by side. */
export function treeOf<T extends TreeItem>(items: readonly T[]): TreeFolder<T> {
  return folderOf('', '', items, 0);
}

function folderOf<T extends TreeItem>(
  path: string,
  label: string,
  items: readonly T[],
  depth: number,
): TreeFolder<T> {
  const folders = new Map<string, T[]>();
  const leaves: TreeLeaf<T>[] = [];
  for (const item of items) {
    const pieces = item.path.split('/');
    const piece = pieces[depth] ?? '';
    if (pieces.length === depth + 1)
      leaves.push({ kind: 'item', path: item.path, label: piece, item });
    else folders.set(piece, [...(folders.get(piece) ?? []), item]);
  }
  const children = [...folders].map(([piece, inside]) =>
    folderOf(path === '' ? piece : `${path}/${piece}`, piece, inside, depth + 1),
  );
  return {
    kind: 'folder',
    path,
    label,
    children: [...children.sort(byLabel), ...leaves.sort(byLabel)],
    count: items.length,
  };
}

const byLabel = (one: { label: string }, other: { label: string }): number =>
  one.label.localeCompare(other.label);

/** A tree as the rows that are seen while `open` folders are unfolded; `depth` 0 is the first level. */
export interface TreeRow<T extends TreeItem> {
  readonly node: TreeNode<T>;
  readonly depth: number;
}

export function rowsOf<T extends TreeItem>(
  root: TreeFolder<T>,
  isOpen: (path: string) => boolean,
  depth = 0,
): readonly TreeRow<T>[] {
  return root.children.flatMap((node) => [
    { node, depth },
    ...(node.kind === 'folder' && isOpen(node.path) ? rowsOf(node, isOpen, depth + 1) : []),
  ]);
}

/** The folders on the way to `path`: what has to be open for it to be seen. */
export function foldersAbove(path: string): readonly string[] {
  const pieces = path.split('/').slice(0, -1);
  return pieces.map((_, at) => pieces.slice(0, at + 1).join('/'));
}
