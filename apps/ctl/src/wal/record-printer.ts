/** Records of a log as lines of text or of JSON: one for each record, one for each entry in it. */
import { decodeCommand } from '@concord/kv';
import { ProtocolDecodeError, toByteString } from '@concord/protocol';
import { decodeMembershipChange, type Entry, type HardState } from '@concord/raft';
import type { LoggedRecord } from '@concord/storage';
import { printerOf, type Printer } from '../output-format.ts';

export interface DumpOptions {
  /** Indexes of the entries that are shown, both included. */
  readonly from: number;
  readonly to: number;
  /** Whether values are shown, and not their lengths alone. */
  readonly hasValues: boolean;
}

/** Throws `CommandError` for a format that there is not. */
export function recordPrinter(format: string, options: DumpOptions): Printer<LoggedRecord> {
  return printerOf(format, {
    simple: (record) => textOf(record, options),
    json: (record) =>
      linesOf(record, options)
        .map((line) => `${JSON.stringify(line)}\n`)
        .join(''),
  });
}

type Line = Readonly<Record<string, unknown>>;

function linesOf(record: LoggedRecord, options: DumpOptions): Line[] {
  const { segment, offset, number, content } = record;
  const place = { segment: segment.name, offset, record: number };
  switch (content.kind) {
    case 'segment': {
      const { identity, firstIndex, hardState, snapshot, isReset } = content.payload;
      const own = {
        clusterId: identity.clusterId.toString(16),
        memberId: identity.memberId.toString(16),
        firstIndex,
        ...hardStateOf(hardState),
        snapshot,
        isReset,
      };
      return [{ type: 'segment', ...place, ...own }];
    }
    case 'snapshot':
      return [{ type: 'snapshot', ...place, ...content.position }];
    case 'seal':
      return [{ type: 'seal', ...place }];
    case 'batch': {
      const entries = shown(content.entries, options);
      // A batch without an entry that was asked for is left out; one of the hard state alone never had any.
      if (entries.length === 0 && content.entries.length > 0) return [];
      const state = content.hardState === undefined ? {} : hardStateOf(content.hardState);
      const batch = { type: 'batch', ...place, entries: content.entries.length, ...state };
      return [batch, ...entries.map((entry) => ({ type: 'entry', ...entryOf(entry, options) }))];
    }
  }
}

const shown = (entries: readonly Entry[], { from, to }: DumpOptions): Entry[] =>
  entries.filter(({ index }) => index >= from && index <= to);

const hardStateOf = ({ term, votedFor, commit }: HardState): Line => ({
  term,
  votedFor: votedFor.toString(16),
  commit,
});

function entryOf({ term, index, kind, data }: Entry, options: DumpOptions): Line {
  const place = { index, term };
  if (kind === 'membership') {
    return {
      ...place,
      command: 'membership',
      request: plain(decodeMembershipChange(data), options),
    };
  }
  if (data.length === 0) return { ...place, command: 'none' };
  try {
    const { kind: command, request } = decodeCommand(data);
    return { ...place, command, request: plain(request, options) };
  } catch (error) {
    if (!(error instanceof ProtocolDecodeError)) throw error;
    return { ...place, command: 'unreadable', bytes: data.length, reason: error.message };
  }
}

/** What nobody needs to see, whatever was asked for. */
const secretFields = ['password', 'passwordHash', 'secretHash'];
/** Bytes that are keys or names, and are always shown. */
const keyFields = ['key', 'rangeEnd', 'name', 'role', 'user'];

/** A message without its empty fields: bytes as text where they are printable, and in base64 where not. */
function plain(value: unknown, options: DumpOptions, field = ''): unknown {
  if (typeof value === 'bigint') return value.toString(16);
  if (value instanceof Uint8Array) return bytesOf(value, options, field);
  if (Array.isArray(value)) return value.map((item) => plain(item, options, field));
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).filter(([, part]) => !isEmpty(part));
  return Object.fromEntries(fields.map(([name, part]) => [name, plain(part, options, name)]));
}

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === 0 ||
  value === 0n ||
  value === false ||
  value === '' ||
  ((value instanceof Uint8Array || Array.isArray(value)) && value.length === 0);

function bytesOf(bytes: Uint8Array, { hasValues }: DumpOptions, field: string): string {
  const isShown = keyFields.includes(field) || (hasValues && !secretFields.includes(field));
  if (!isShown) return `(${bytes.length} bytes)`;
  const text = toByteString(bytes);
  return /^[ -~]*$/.test(text) ? text : `base64:${Buffer.from(bytes).toString('base64')}`;
}

function textOf(record: LoggedRecord, options: DumpOptions): string {
  return linesOf(record, options)
    .map(({ type, segment, offset, record: number, command, request, ...rest }) => {
      const words = Object.entries(rest).map(([name, value]) => `${name}=${show(value)}`);
      if (type !== 'entry') {
        return `${String(segment)} ${String(offset)} #${String(number)} ${String(type)} ${words.join(' ')}`.trimEnd();
      }
      const asked = request === undefined ? '' : ` ${JSON.stringify(request)}`;
      return `  ${words.join(' ')} ${String(command)}${asked}`;
    })
    .map((line) => `${line}\n`)
    .join('');
}

const show = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value);
