/** What a team writes down once about a service, for those who register it and those who call it. */
import { checkNames } from '@concord/client';
import type { StandardSchemaV1 } from '@standard-schema/spec';
import { checkName, invalidOption } from './options.ts';

const brand = Symbol.for('concord.service-definition');

/**
 * A service with the type of its instances' metadata. Made by {@link defineService}; a plain string serves where the
 * metadata is of no interest.
 */
export interface ServiceDefinition<
  Name extends string = string,
  Metadata = unknown,
  Input = Metadata,
> {
  readonly name: Name;
  /** Any library's schema (zod, valibot, arktype, …): https://standardschema.dev */
  readonly metadata: StandardSchemaV1<Input, Metadata> | undefined;
  /** The names of its ports, where it has several. */
  readonly ports: readonly string[] | undefined;
}

export interface ServiceDefinitionOptions<Name extends string, Schema extends StandardSchemaV1> {
  /** 1 to 128 letters, digits, `.`, `_` or `-`. */
  readonly name: Name;
  /**
   * What the metadata of every instance must be like. Checked when an instance registers, which is refused, and
   * when a consumer reads it, which skips the instance. Must validate synchronously.
   */
  readonly metadata?: Schema;
  /** The names of its ports; the first is the one that `instance.port` gives. */
  readonly ports?: readonly string[];
}

/**
 * Defines a service.
 *
 * @throws ConcordError `INVALID_ARGUMENT` for a name or a schema that is none
 */
export function defineService<
  const Name extends string,
  Schema extends StandardSchemaV1 = StandardSchemaV1<unknown, unknown>,
>(
  options: ServiceDefinitionOptions<Name, Schema>,
): ServiceDefinition<
  Name,
  StandardSchemaV1.InferOutput<Schema>,
  StandardSchemaV1.InferInput<Schema>
> {
  const operation = 'defineService';
  checkNames(options, ['name', 'metadata', 'ports'], operation);
  checkName(operation, 'name', options.name);
  const { name, metadata, ports } = options;
  if (metadata !== undefined && !isStandardSchema(metadata)) {
    const allowed = 'give a schema that implements Standard Schema (zod, valibot, arktype, …)';
    throw invalidOption(operation, 'metadata', metadata, allowed);
  }
  if (ports !== undefined) {
    if (!Array.isArray(ports) || ports.length === 0) {
      throw invalidOption(operation, 'ports', ports, 'give a list of names');
    }
    for (const port of ports) checkName(operation, 'ports', port);
  }
  const definition = { name, metadata: metadata as StandardSchemaV1 | undefined, ports };
  Object.defineProperty(definition, brand, { value: true });
  return Object.freeze(definition);
}

/** A name or a definition, as users give it. @throws ConcordError `INVALID_ARGUMENT` */
export function serviceOf<Metadata>(
  operation: string,
  service: string | ServiceDefinition<string, Metadata, unknown>,
): ServiceDefinition<string, Metadata, unknown> {
  if (isDefinition(service)) return service;
  const name = checkName(operation, 'name', service);
  return { name, metadata: undefined, ports: undefined };
}

function isDefinition(value: unknown): value is ServiceDefinition<string, never> {
  return typeof value === 'object' && value !== null && brand in value;
}

function isStandardSchema(value: unknown): value is StandardSchemaV1 {
  // arktype's schemas are functions.
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return false;
  const standard = (value as { '~standard'?: { validate?: unknown } })['~standard'];
  return typeof standard?.validate === 'function';
}

export type MetadataVerdict =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly problem: string };

/** What a schema says of metadata; without a schema, anything is fine. */
export function validateMetadata(
  schema: StandardSchemaV1 | undefined,
  metadata: unknown,
): MetadataVerdict {
  if (schema === undefined) return { ok: true, value: metadata };
  try {
    const result = schema['~standard'].validate(metadata);
    if (result instanceof Promise) {
      result.catch(() => undefined);
      return { ok: false, problem: 'its schema validates asynchronously, a view can not wait' };
    }
    if (result.issues === undefined) return { ok: true, value: result.value };
    return { ok: false, problem: result.issues.map(describeIssue).join('; ') };
  } catch (error) {
    return { ok: false, problem: `its schema threw ${String(error)}` };
  }
}

/**
 * As {@link validateMetadata}, for those who can wait.
 *
 * @throws ConcordError `INVALID_ARGUMENT` with what the schema says
 */
export async function acceptMetadata(
  operation: string,
  schema: StandardSchemaV1 | undefined,
  metadata: unknown,
): Promise<void> {
  if (schema === undefined) return;
  refuse(operation, metadata, await schema['~standard'].validate(metadata));
}

/**
 * As {@link acceptMetadata}, at once; a schema that can only answer later is not asked for its answer.
 *
 * @throws ConcordError `INVALID_ARGUMENT` with what the schema says
 */
export function assertMetadata(
  operation: string,
  schema: StandardSchemaV1 | undefined,
  metadata: unknown,
): void {
  if (schema === undefined) return;
  const result = schema['~standard'].validate(metadata);
  if (result instanceof Promise) result.catch(() => undefined);
  else refuse(operation, metadata, result);
}

function refuse(
  operation: string,
  metadata: unknown,
  result: StandardSchemaV1.Result<unknown>,
): void {
  if (result.issues === undefined) return;
  const allowed = `give what the schema takes: ${result.issues.map(describeIssue).join('; ')}`;
  throw invalidOption(operation, 'metadata', metadata, allowed);
}

function describeIssue(issue: StandardSchemaV1.Issue): string {
  const path = (issue.path ?? [])
    .map((part) => String(typeof part === 'object' ? part.key : part))
    .join('.');
  return path === '' ? issue.message : `${path}: ${issue.message}`;
}
