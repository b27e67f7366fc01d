/** The formats of content, to and from values. A failure says where, by line and column, and never quotes content. */
import { ConcordError } from '@concord/client';
import { parse as parseToml, stringify as stringifyToml, TomlError } from 'smol-toml';
import { parseDocument, stringify as stringifyYaml } from 'yaml';
import { isPlainObject } from '../value/plain-object.ts';
import type { Issue } from './issue.ts';
import { findJsonFault } from './json-fault.ts';

export const FORMATS = ['json', 'yaml', 'toml', 'text'] as const;
export type Format = (typeof FORMATS)[number];

/** Configuration is shallow; more is an accident or an attack on whoever walks it. */
export const DEPTH_MAX = 64;
/** How often YAML may repeat an anchored node, against documents that unfold to gigabytes. */
const YAML_ALIASES_MAX = 100;

export type Parsed =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly issue: Issue };

/** The format that a path's suffix names, if it does. */
export function formatOfPath(path: string): Format | undefined {
  const suffix = /\.(json|ya?ml|toml|txt)$/i.exec(path)?.[1]?.toLowerCase();
  if (suffix === undefined) return undefined;
  if (suffix === 'yml') return 'yaml';
  return suffix === 'txt' ? 'text' : (suffix as Format);
}

/** @throws ConcordError `INVALID_ARGUMENT` for anything but one of the four */
export function checkedFormat(operation: string, format: unknown): Format | undefined {
  if (format === undefined || FORMATS.includes(format as Format)) return format as Format;
  throw new ConcordError('INVALID_ARGUMENT', {
    operation,
    problem: `option "format" is ${JSON.stringify(format)}`,
    remedy: `give one of ${FORMATS.join(', ')}`,
  });
}

/** What `content` says. */
export function parseContent(content: string, format: Format): Parsed {
  let parsed: Parsed;
  try {
    parsed = parsers[format](content);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    parsed = failure('it is nested too deeply');
  }
  if (parsed.ok && isDeeper(parsed.value, DEPTH_MAX)) {
    return failure(`it is nested deeper than ${DEPTH_MAX} levels`);
  }
  return parsed;
}

/**
 * `value` as a document. A string is one already.
 *
 * @throws ConcordError `INVALID_ARGUMENT` for a value that the format can't express
 */
export function serialize(operation: string, value: unknown, format: Format): string {
  if (typeof value === 'string') return value;
  try {
    const text = serializers[format](value);
    if (typeof text === 'string') return text;
  } catch (error) {
    throw inexpressible(operation, format, error);
  }
  throw inexpressible(operation, format);
}

const parsers: Record<Format, (content: string) => Parsed> = {
  text: (content) => ({ ok: true, value: content }),
  json(content) {
    try {
      return { ok: true, value: JSON.parse(content) as unknown };
    } catch {
      const { offset, problem } = findJsonFault(content);
      return failure(`it is not valid JSON: ${problem}`, positionOf(content, offset));
    }
  },
  yaml(content) {
    // Errors without their excerpt, which would quote the content.
    const document = parseDocument(content, { prettyErrors: false });
    const [error] = document.errors;
    if (error !== undefined) {
      return failure(
        `it is not valid YAML (${error.code})`,
        positionOf(content, error.pos[0]),
        error.message,
      );
    }
    try {
      return { ok: true, value: document.toJS({ maxAliasCount: YAML_ALIASES_MAX }) as unknown };
    } catch (error) {
      if (error instanceof RangeError) return failure('it is nested too deeply');
      return failure('it is not valid YAML: an alias names nothing, or too many are used');
    }
  },
  toml(content) {
    try {
      return { ok: true, value: ordinary(parseToml(content)) };
    } catch (error) {
      if (!(error instanceof TomlError)) throw error;
      const { line, column } = error;
      const detail = error.message.split('\n', 1)[0]?.replace('Invalid TOML document: ', '');
      return failure('it is not valid TOML', { line, column }, detail);
    }
  },
};

/** smol-toml's tables have no prototype; the same value must be the same in every format. */
function ordinary(value: unknown): unknown {
  if (Array.isArray(value)) value.forEach(ordinary);
  else if (isPlainObject(value)) {
    Object.values(value).forEach(ordinary);
    Object.setPrototypeOf(value, Object.prototype);
  }
  return value;
}

const serializers: Record<Format, (value: unknown) => unknown> = {
  text: () => undefined,
  json: (value) => JSON.stringify(value, null, 2),
  yaml: (value) => (value === undefined ? undefined : stringifyYaml(value)),
  toml: (value) => stringifyToml(value),
};

function failure(
  message: string,
  position?: { readonly line: number; readonly column: number },
  detail?: string,
): Parsed {
  return {
    ok: false,
    issue: { message, ...position, ...(detail === undefined ? {} : { detail }) },
  };
}

/** Line and column of an offset, both from one. */
export function positionOf(content: string, offset: number): { line: number; column: number } {
  const before = content.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  return Object.values(value).some((part) => isDeeper(part, levels - 1));
}

function inexpressible(operation: string, format: Format, cause?: unknown): ConcordError {
  return new ConcordError('INVALID_ARGUMENT', {
    operation,
    problem: `the content cannot be written as ${format}`,
    remedy:
      format === 'text'
        ? 'give a string, or another "format"'
        : 'give a document as a string, or a value that the format can express',
    cause,
  });
}
