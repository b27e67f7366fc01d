/** What v2 clients are told of a node, and of a change to it, in etcd's JSON. */
import { goString } from './go-json.ts';
import { ROOT, type KeyPath } from './key-path.ts';

export type KeyAction =
  'get' | 'set' | 'create' | 'update' | 'delete' | 'compareAndSwap' | 'compareAndDelete' | 'expire';

/** A node as a client sees it at some moment. */
export interface NodeView {
  readonly key: KeyPath;
  /** Of a file, as long as it exists. */
  readonly value?: string;
  readonly dir?: true;
  /** Milliseconds since 1970. */
  readonly expiryMs?: number;
  /** Seconds left at that moment, rounded up; negative for a node that nobody has removed yet. */
  readonly ttlSeconds?: number;
  /** The visible children, sorted by key. */
  readonly nodes?: readonly NodeView[];
  readonly modifiedIndex: number;
  readonly createdIndex: number;
}

export interface KeyEvent {
  readonly action: KeyAction;
  readonly node: NodeView;
  readonly prevNode?: NodeView;
  /** It only put the expiry off: kept in the history, and told to nobody who waits. */
  readonly isRefresh?: true;
}

/** Each event of the history has its own index, and there are no gaps between them. */
export const indexOf = (event: KeyEvent): number => event.node.modifiedIndex;

/** Something is there now that was not there before: answered with 201. */
export function isCreation({ action, prevNode }: KeyEvent): boolean {
  return action === 'create' || (action === 'set' && prevNode === undefined);
}

/** With the newline that ends every answer of etcd's. */
export function eventBody({ action, node, prevNode }: KeyEvent): string {
  const previous = prevNode === undefined ? '' : `,"prevNode":${nodeJson(prevNode)}`;
  return `{"action":"${action}","node":${nodeJson(node)}${previous}}\n`;
}

/** Members in Go's order; zero values are left out, as there. */
export function nodeJson(node: NodeView): string {
  const fields: string[] = [];
  if (node.key !== ROOT) fields.push(`"key":${goString(node.key)}`);
  if (node.value !== undefined) fields.push(`"value":${goString(node.value)}`);
  if (node.dir === true) fields.push('"dir":true');
  if (node.expiryMs !== undefined) fields.push(`"expiration":"${rfc3339(node.expiryMs)}"`);
  if ((node.ttlSeconds ?? 0) !== 0) fields.push(`"ttl":${node.ttlSeconds ?? 0}`);
  if (node.nodes !== undefined && node.nodes.length > 0)
    fields.push(`"nodes":[${node.nodes.map(nodeJson).join()}]`);
  if (node.modifiedIndex !== 0) fields.push(`"modifiedIndex":${node.modifiedIndex}`);
  if (node.createdIndex !== 0) fields.push(`"createdIndex":${node.createdIndex}`);
  return `{${fields.join()}}`;
}

/** In UTC, without zeros at the end of the fraction, as Go writes it. */
export const rfc3339 = (unixMs: number): string =>
  new Date(unixMs).toISOString().replace(/\.?0+Z$/, 'Z');
