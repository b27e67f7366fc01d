/** Values by any Standard Schema: zod, valibot, arktype and the others. */
import { ConcordError } from '@concord/client';
import type { StandardSchemaV1 } from '@standard-schema/spec';
import { within } from '../time/within.ts';
import type { Issue } from './issue.ts';

/** An asynchronous schema may ask others, but must not hold up a configuration for ever. */
const VALIDATE_MS_MAX = 30_000;

export type Validated =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly issues: readonly Issue[] };

/** @throws ConcordError `INVALID_ARGUMENT` for what is no Standard Schema of version 1 */
export function checkedSchema(operation: string, schema: unknown): StandardSchemaV1 | undefined {
  if (schema === undefined) return undefined;
  // Arktype's schemas are functions.
  const standard: unknown =
    (typeof schema === 'object' && schema !== null) || typeof schema === 'function'
      ? (schema as Partial<StandardSchemaV1>)['~standard']
      : undefined;
  const { version, validate } = (standard ?? {}) as Partial<StandardSchemaV1.Props>;
  if (version === 1 && typeof validate === 'function') return schema as StandardSchemaV1;
  throw new ConcordError('INVALID_ARGUMENT', {
    operation,
    problem: `option "schema" is ${describe(schema)}, which is no Standard Schema of version 1`,
    remedy:
      'give a schema of zod 3.24, valibot 1, arktype 2 or later, or another of that interface',
  });
}

/** What `schema` makes of `value`. A schema that throws rejects. */
export async function validateValue(
  schema: StandardSchemaV1 | undefined,
  value: unknown,
): Promise<Validated> {
  if (schema === undefined) return { ok: true, value };
  try {
    const answer = schema['~standard'].validate(value);
    const result =
      answer instanceof Promise
        ? await within(VALIDATE_MS_MAX, 'its schema', new AbortController().signal, () => answer)
        : answer;
    if (result.issues === undefined) return { ok: true, value: result.value };
    return {
      ok: false,
      issues: result.issues.map(({ message, path }) => ({ message, path: pathText(path) })),
    };
  } catch (error) {
    const message = `its schema threw: ${error instanceof Error ? error.message : String(error)}`;
    return { ok: false, issues: [{ message, path: '' }] };
  }
}

function pathText(path: StandardSchemaV1.Issue['path']): string {
  return (path ?? [])
    .map((segment) => String(typeof segment === 'object' ? segment.key : segment))
    .join('.');
}

function describe(schema: unknown): string {
  if (schema === null) return 'null';
  if (typeof schema !== 'object') return `a ${typeof schema}`;
  const { constructor } = schema as { constructor?: { name?: string } };
  return `an object of ${constructor?.name ?? 'no class'}`;
}
