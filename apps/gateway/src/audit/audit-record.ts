/** One record of the audit, and what it never holds: secrets, and more than a bounded size. */
import { Buffer } from 'node:buffer';

/** Where the records are. Their order is that of time: thirteen digits of milliseconds last until 2286. */
export const AUDIT_PREFIX = '/concord/gateway/audit/';

export interface AuditRecord {
  readonly id: string;
  /** ISO 8601. */
  readonly at: string;
  /** The user's name; `-` for somebody who was not signed in. */
  readonly actor: string;
  readonly via: string;
  readonly source: { readonly address: string; readonly userAgent?: string };
  /** The operation id of the OpenAPI document. */
  readonly action: string;
  readonly subject: string;
  readonly outcome: 'done' | 'refused' | 'failed';
  readonly status: number;
  readonly before?: unknown;
  readonly after?: unknown;
  readonly requestId: string;
}

/** A transaction of a hundred such records stays below etcd's 1.5 MiB. */
const STATE_BYTES_MAX = 4096;
const TEXT_LENGTH_MAX = 512;
const DEPTH_MAX = 8;
const SECRET_NAME =
  /pass(word|phrase)?$|secret|token$|credential|authorization|cookie|private_?key/i;
export const MASK = '(masked)';

/** The time of a record's key: `at` in the digits that sort. */
export const auditKeyOf = (atMs: number, id: string): string =>
  `${AUDIT_PREFIX}${timeDigits(atMs)}-${id}`;

export const timeDigits = (atMs: number): string =>
  String(Math.max(0, Math.trunc(atMs))).padStart(13, '0');

/** The time that a key tells, of a record or a bound between records; NaN for a key that is neither. */
export const auditTimeOf = (key: string): number =>
  Number(/^(\d{13})(?:-|$)/.exec(key.slice(AUDIT_PREFIX.length))?.[1] ?? NaN);

/** `state` without what is secret by name, and not longer than a record may be. */
export function presentable(state: unknown): unknown {
  if (state === undefined) return undefined;
  const masked = withoutSecrets(state, 0);
  const text = JSON.stringify(masked) as string | undefined;
  if (text === undefined) return undefined;
  const size = Buffer.byteLength(text);
  if (size <= STATE_BYTES_MAX) return masked;
  return { cut: `${text.slice(0, STATE_BYTES_MAX / 4)}…`, bytes: size };
}

/** A text of a client, not longer than a record may be. */
export const bounded = (text: string): string =>
  text.length > TEXT_LENGTH_MAX ? `${text.slice(0, TEXT_LENGTH_MAX)}…` : text;

function withoutSecrets(value: unknown, depth: number): unknown {
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth > DEPTH_MAX) return '…';
  if (value instanceof Uint8Array) return `(${value.length} bytes)`;
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map((item) => withoutSecrets(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      SECRET_NAME.test(name) && inner !== undefined && inner !== null && typeof inner !== 'boolean'
        ? MASK
        : withoutSecrets(inner, depth + 1),
    ]),
  );
}
