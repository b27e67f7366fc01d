/** An answer on keys: how it is read, and how it is shown in each format. */
import type { V2Answer } from '../connection/exchange.ts';

export interface V2Node {
  readonly key?: string;
  readonly dir?: boolean;
  readonly value?: string;
  readonly nodes?: readonly V2Node[];
  readonly createdIndex?: number;
  readonly modifiedIndex?: number;
  readonly expiration?: string;
  readonly ttl?: number;
}

export interface KeyAnswer {
  readonly action: string;
  readonly node: V2Node;
  readonly prevNode: V2Node | undefined;
  /** The store's when it answered. */
  readonly index: number;
}

/** Throws what the server says is wrong, or that it says nothing of the kind. Nothing for an empty body. */
export function readKeyAnswer({ status, body, header }: V2Answer): KeyAnswer | undefined {
  if (status !== 200 && status !== 201) throw failureOf(body);
  if (body === '') return undefined;
  const { action = '', node = {}, prevNode } = parse(body) as Partial<KeyAnswer>;
  return { action, node, prevNode, index: Number(header('x-etcd-index') ?? 0) };
}

function failureOf(body: string): Error {
  const failure = parse(body) as {
    errorCode?: number;
    message?: string;
    cause?: string;
    index?: number;
  };
  const { errorCode = 0, message = '', cause = '', index = 0 } = failure;
  return new Error(`${errorCode}: ${message} (${cause}) [${index}]`);
}

function parse(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // Not JSON: as below.
  }
  throw new Error(
    'client: response is invalid json. The endpoint is probably not valid etcd cluster endpoint',
  );
}

/** What is printed, or for an unknown format what is told. */
export function showKeyAnswer(answer: KeyAnswer, format: string): { out: string; told: string } {
  const show = formats.get(format);
  if (show !== undefined) return { out: show(answer), told: '' };
  return { out: '', told: `Unsupported output format: ${format}\n` };
}

const formats = new Map<string, (answer: KeyAnswer) => string>([
  [
    'simple',
    ({ action, node, prevNode }) =>
      action === 'delete' ? `PrevNode.Value: ${valueOf(prevNode)}\n` : `${valueOf(node)}\n`,
  ],
  [
    'extended',
    ({ action, node, prevNode, index }) =>
      `Key: ${node.key ?? ''}\nCreated-Index: ${node.createdIndex ?? 0}\nModified-Index: ${node.modifiedIndex ?? 0}\n` +
      (prevNode === undefined ? '' : `PrevNode.Value: ${valueOf(prevNode)}\n`) +
      `TTL: ${node.ttl ?? 0}\nIndex: ${index}\n` +
      (action === 'delete' ? '' : `\n${valueOf(node)}\n`),
  ],
  [
    'json',
    ({ action, node, prevNode }) =>
      `${escaped(JSON.stringify({ action, node: ordered(node), prevNode: prevNode === undefined ? null : ordered(prevNode) }))}\n`,
  ],
]);

const valueOf = (node: V2Node | undefined): string => node?.value ?? '';

/** In the order of the fields in Go, which leaves some out where they say nothing. */
function ordered(node: V2Node): Record<string, unknown> {
  const { key = '', dir, value = '', nodes, createdIndex = 0, modifiedIndex = 0 } = node;
  return {
    key,
    ...(dir === true && { dir }),
    value,
    nodes: nodes === undefined ? null : nodes.map(ordered),
    createdIndex,
    modifiedIndex,
    ...(node.expiration !== undefined && { expiration: shortened(node.expiration) }),
    ...(node.ttl !== undefined && node.ttl !== 0 && { ttl: node.ttl }),
  };
}

/** Go leaves out zeros at the end of a fraction. */
const shortened = (time: string): string =>
  time.replace(/(\.\d*?)0+(?=Z|[+-])/, '$1').replace(/\.(?=Z|[+-])/, '');

/** As Go writes JSON that may stand in a page. */
const escaped = (json: string): string =>
  json.replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
