/**
 * What the v3 store holds of the v2 API: a record a node, and a record an event of the history. Both are JSON whose
 * strings have a character a byte, so that keys and values of any bytes come back as they were.
 */
import type { KeyEvent, NodeView } from './key-event.ts';
import type { KeyPath } from './key-path.ts';

export interface NodeRecord {
  /** Of a file; a directory has none. */
  readonly value?: string;
  readonly createdIndex: number;
  readonly modifiedIndex: number;
  /** Milliseconds since 1970. */
  readonly expiryMs?: number;
}

/** The root is there from the beginning. */
export const ROOT_RECORD: NodeRecord = { createdIndex: 0, modifiedIndex: 0 };

export const isDirectory = ({ value }: NodeRecord): boolean => value === undefined;

/** Somebody wrote below the reserved prefix by other means than this API. */
export class RecordError extends Error {
  override readonly name = 'RecordError';
}

export function encodeNode(record: NodeRecord): Uint8Array {
  return encodeJson(record);
}

export function decodeNode(bytes: Uint8Array, path: KeyPath): NodeRecord {
  const record = decodeJson(bytes) as Partial<NodeRecord> | undefined;
  const { value, createdIndex, modifiedIndex, expiryMs } = record ?? {};
  const isSound =
    isNumber(createdIndex) &&
    isNumber(modifiedIndex) &&
    (value === undefined || typeof value === 'string') &&
    (expiryMs === undefined || isNumber(expiryMs));
  if (!isSound) throw new RecordError(`the record of ${path} was not written by the v2 API`);
  return record as NodeRecord;
}

export function encodeEvent(event: KeyEvent): Uint8Array {
  return encodeJson(event);
}

/** Undefined for what is no event of this API. */
export function decodeEvent(bytes: Uint8Array): KeyEvent | undefined {
  const event = decodeJson(bytes) as Partial<KeyEvent> | undefined;
  return typeof event?.action === 'string' && isView(event.node) ? (event as KeyEvent) : undefined;
}

/** What clients are told of a node now. */
export function viewOf(path: KeyPath, record: NodeRecord, nowMs: number): NodeView {
  const { value, createdIndex, modifiedIndex, expiryMs } = record;
  return {
    key: path,
    ...(value === undefined ? { dir: true } : { value }),
    ...(expiryMs !== undefined && { expiryMs, ttlSeconds: secondsLeft(expiryMs, nowMs) }),
    modifiedIndex,
    createdIndex,
  };
}

/** As etcd divides: up while there is time left, towards zero afterwards. */
function secondsLeft(expiryMs: number, nowMs: number): number {
  const seconds = (expiryMs - nowMs) / 1000;
  return seconds > 0 ? Math.ceil(seconds) : Math.trunc(seconds);
}

function isView(view: Partial<NodeView> | undefined): boolean {
  return typeof view?.key === 'string' && isNumber(view.modifiedIndex);
}

const isNumber = (value: unknown): value is number => typeof value === 'number';

function encodeJson(value: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(value), 'utf8');
}

function decodeJson(bytes: Uint8Array): unknown {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
