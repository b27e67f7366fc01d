/**
 * Ranges of keys, so that the ranges around one key are found in O(log n + matches): an AVL tree ordered by the
 * start of a range, each node knowing the greatest end below it (Cormen et al., "Interval trees").
 *
 * Invariant: `height` and `endMax` of a node are those of its subtree; the heights of siblings differ by at most 1.
 */
import type { ByteString, KeyRange } from '@concord/protocol';
import type { WatcherGroup } from './watcher-group.ts';

type Node = WatcherGroup | undefined;

export class RangeTree {
  #root: Node;

  /** Adds a group whose range is not in the tree yet. */
  add(group: WatcherGroup): void {
    this.#root = insert(this.#root, group);
  }

  remove(group: WatcherGroup): void {
    this.#root = withoutNode(this.#root, group);
    group.left = group.right = undefined;
    refresh(group);
  }

  find(range: KeyRange): Node {
    let node = this.#root;
    for (;;) {
      if (node === undefined) return undefined;
      const order = compare(range, node);
      if (order === 0) return node;
      node = order < 0 ? node.left : node.right;
    }
  }

  /** Appends the groups whose range holds `key`. */
  match(key: ByteString, matches: WatcherGroup[]): void {
    if (this.#root !== undefined) collect(this.#root, key, matches);
  }
}

function collect(node: WatcherGroup, key: ByteString, matches: WatcherGroup[]): void {
  if (node.endMax !== undefined && node.endMax <= key) return;
  if (node.left !== undefined) collect(node.left, key, matches);
  if (node.from > key) return;
  if (node.to === undefined || key < node.to) matches.push(node);
  if (node.right !== undefined) collect(node.right, key, matches);
}

/** By start, then by end; no end comes last. */
function compare(a: KeyRange, b: KeyRange): number {
  if (a.from !== b.from) return a.from < b.from ? -1 : 1;
  if (a.to === b.to) return 0;
  return b.to === undefined || (a.to !== undefined && a.to < b.to) ? -1 : 1;
}

function insert(node: Node, group: WatcherGroup): WatcherGroup {
  if (node === undefined) return group;
  if (compare(group, node) < 0) node.left = insert(node.left, group);
  else node.right = insert(node.right, group);
  return balance(node);
}

function withoutNode(node: Node, group: WatcherGroup): Node {
  if (node === undefined) return undefined;
  const order = compare(group, node);
  if (order < 0) node.left = withoutNode(node.left, group);
  else if (order > 0) node.right = withoutNode(node.right, group);
  else if (node.left === undefined) return node.right;
  else if (node.right === undefined) return node.left;
  else return replaced(node, node.left, node.right);
  return balance(node);
}

/** The next range in order takes the place of a node with two children. */
function replaced(node: WatcherGroup, left: WatcherGroup, right: WatcherGroup): WatcherGroup {
  let successor = right;
  while (successor.left !== undefined) successor = successor.left;
  const rest = withoutNode(right, successor);
  successor.left = left;
  successor.right = rest;
  node.left = node.right = undefined;
  return balance(successor);
}

const heightOf = (node: Node): number => (node === undefined ? 0 : node.height);

function refresh(node: WatcherGroup): void {
  const { left, right } = node;
  node.height = 1 + Math.max(heightOf(left), heightOf(right));
  let end = node.to;
  if (left !== undefined) end = later(end, left.endMax);
  if (right !== undefined) end = later(end, right.endMax);
  node.endMax = end;
}

const later = (a: ByteString | undefined, b: ByteString | undefined): ByteString | undefined =>
  a === undefined || b === undefined ? undefined : a > b ? a : b;

function balance(node: WatcherGroup): WatcherGroup {
  refresh(node);
  const { left, right } = node;
  const lean = heightOf(left) - heightOf(right);
  if (lean > 1 && left !== undefined) {
    if (heightOf(left.left) < heightOf(left.right)) node.left = rotateLeft(left);
    return rotateRight(node);
  }
  if (lean < -1 && right !== undefined) {
    if (heightOf(right.right) < heightOf(right.left)) node.right = rotateRight(right);
    return rotateLeft(node);
  }
  return node;
}

function rotateRight(node: WatcherGroup): WatcherGroup {
  const top = node.left as WatcherGroup;
  node.left = top.right;
  top.right = node;
  refresh(node);
  refresh(top);
  return top;
}

function rotateLeft(node: WatcherGroup): WatcherGroup {
  const top = node.right as WatcherGroup;
  node.right = top.left;
  top.left = node;
  refresh(node);
  refresh(top);
  return top;
}
