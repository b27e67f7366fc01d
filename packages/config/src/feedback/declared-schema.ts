/**
 * What programs declare of the items that they read: the JSON Schema of a definition, for each version of an app, so that
 * operators can judge content before they release it to those who run.
 */
import type { StandardJSONSchemaV1, StandardSchemaV1 } from '@standard-schema/spec';
import { schemasPrefix, type ItemAddress } from '../item/address.ts';
import type { ConfigDefinition } from '../item/definition.ts';
import { FORMATS, type Format } from '../item/format.ts';

/** What lies under a schema's key. */
export interface DeclaredSchema {
  /** JSON Schema, draft 2020-12, of documents as they are written, before defaults and transformations. */
  readonly schema: Readonly<Record<string, unknown>>;
  /** Of content that does not bring its own. */
  readonly format?: Format;
  /** The item is merged with other layers: a document need not hold everything that the schema requires. */
  readonly merge?: boolean;
  /** Fields that a running process can't change. */
  readonly restartRequired?: readonly string[];
  /** Whether its content, or a part of it, is secret. */
  readonly secret?: boolean;
  /** ISO 8601. */
  readonly at: string;
}

/** For those who give their app no version. */
export const UNVERSIONED = 'unversioned';

/** `encodeURIComponent` leaves no `@` in either part. */
export const schemaKey = (address: ItemAddress, app: string, version: string): string =>
  `${schemasPrefix(address)}${encodeURIComponent(app)}@${encodeURIComponent(version)}`;

/** The app and version in the last segment of a schema's key. */
export function schemaOwner(key: string): { app: string; version: string } | undefined {
  const [app, version] = key.slice(key.lastIndexOf('/') + 1).split('@');
  if (app === undefined || version === undefined) return undefined;
  try {
    return { app: decodeURIComponent(app), version: decodeURIComponent(version) };
  } catch {
    return undefined;
  }
}

/** What a definition declares; undefined where its library makes no JSON Schema of it. */
export function declarationOf(
  definition: ConfigDefinition,
  at: string,
): DeclaredSchema | undefined {
  const schema = jsonSchemaOf(definition.schema);
  if (schema === undefined) return undefined;
  const { format, merge, restartRequired, secret } = definition;
  return {
    schema,
    ...(format !== undefined && { format }),
    ...(merge && { merge }),
    ...(restartRequired.length > 0 && { restartRequired }),
    ...(secret !== false && { secret: true }),
    at,
  };
}

/** The declaration in `text`, or undefined for what cannot be one. */
export function decodeDeclaration(text: string): DeclaredSchema | undefined {
  let value: Partial<Record<keyof DeclaredSchema, unknown>> | null;
  try {
    value = JSON.parse(text) as typeof value;
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || typeof value.at !== 'string') return undefined;
  if (typeof value.schema !== 'object' || value.schema === null) return undefined;
  if (value.format !== undefined && !FORMATS.includes(value.format as Format)) return undefined;
  return value as DeclaredSchema;
}

function jsonSchemaOf(
  schema: StandardSchemaV1 | undefined,
): Readonly<Record<string, unknown>> | undefined {
  const standard = schema?.['~standard'] as
    (StandardSchemaV1.Props & Partial<StandardJSONSchemaV1.Props>) | undefined;
  if (typeof standard?.jsonSchema?.input !== 'function') return undefined;
  try {
    return standard.jsonSchema.input({ target: 'draft-2020-12' });
  } catch {
    // It holds something that JSON Schema can't express.
    return undefined;
  }
}
