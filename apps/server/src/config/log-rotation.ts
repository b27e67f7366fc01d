/** `--log-rotation-config-json`: when a log file is put away, and how long it is kept. */
import type { Flag } from './flag.ts';
import { FlagError } from './flag-error.ts';

export interface LogRotation {
  /** A file is put away before it grows above this. */
  readonly maxSizeMegabytes: number;
  /** 0 keeps files of any age. */
  readonly maxAgeDays: number;
  /** 0 keeps any number of files. */
  readonly maxBackups: number;
  /** Files are named by the machine's time zone instead of UTC. */
  readonly isLocalTime: boolean;
  /** Files that are put away are gzipped. */
  readonly compress: boolean;
}

const INITIAL = '{"maxsize":100,"maxage":0,"maxbackups":0,"localtime":false,"compress":false}';
const MAX_SIZE_MEGABYTES_DEFAULT = 100;
const KEYS: ReadonlySet<string> = new Set([
  'maxsize',
  'maxage',
  'maxbackups',
  'localtime',
  'compress',
]);

export const logRotation: Flag<LogRotation> = {
  group: 'Logging',
  help: 'When the file is rotated: megabytes, days and files that are kept (0 is all).',
  initial: INITIAL,
  value: 'JSON',
  parse: (given) => {
    const content = parseObject(given);
    const unknown = Object.keys(content).find((key) => !KEYS.has(key));
    if (unknown !== undefined) throw new FlagError(`"${unknown}" is none of ${[...KEYS].join()}`);
    return {
      // As etcd's rotation has it, 0 is the default size.
      maxSizeMegabytes: numberOf(content, 'maxsize') || MAX_SIZE_MEGABYTES_DEFAULT,
      maxAgeDays: numberOf(content, 'maxage'),
      maxBackups: numberOf(content, 'maxbackups'),
      isLocalTime: booleanOf(content, 'localtime'),
      compress: booleanOf(content, 'compress'),
    };
  },
};

function parseObject(given: string): Readonly<Record<string, unknown>> {
  let content: unknown;
  try {
    content = JSON.parse(given);
  } catch (error) {
    throw new FlagError(`expected JSON such as ${INITIAL}; ${String(error)}`);
  }
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    throw new FlagError(`expected a JSON object such as ${INITIAL}`);
  }
  return content as Readonly<Record<string, unknown>>;
}

function numberOf(content: Readonly<Record<string, unknown>>, key: string): number {
  const value = content[key] ?? 0;
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  throw new FlagError(`"${key}" is ${JSON.stringify(value)}; expected a whole number from 0 on`);
}

function booleanOf(content: Readonly<Record<string, unknown>>, key: string): boolean {
  const value = content[key] ?? false;
  if (typeof value === 'boolean') return value;
  throw new FlagError(`"${key}" is ${JSON.stringify(value)}; expected true or false`);
}
