/** What a JSON Schema says of a place in a document: which fields may stand there, and which values. */

/** As much of a JSON Schema as hints need; anything else in it is left alone. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: boolean | JsonSchema;
  readonly required?: readonly string[];
  readonly items?: JsonSchema | boolean;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
}

export interface Hint {
  readonly label: string;
  /** `integer, 1 to 100`, `required`. */
  readonly detail: string;
  readonly info?: string;
}

/** References that lead in circles end here. */
const DEPTH_MAX = 32;

/** The fields that may stand in the object at `path`; list places are numbers. */
export function fieldHints(root: JsonSchema, path: readonly (string | number)[]): readonly Hint[] {
  const hints = new Map<string, Hint>();
  for (const schema of schemasAt(root, path)) {
    for (const [label, field] of Object.entries(schema.properties ?? {})) {
      const [resolved = field] = alternatives(root, field);
      const isRequired = schema.required?.includes(label) ?? false;
      hints.set(label, {
        label,
        detail: [describe(resolved), ...(isRequired ? ['required'] : [])]
          .filter((text) => text !== '')
          .join(', '),
        ...(resolved.description !== undefined && { info: resolved.description }),
      });
    }
  }
  return [...hints.values()];
}

/** The values that may stand at `path`, as JSON texts: those of an `enum`, truths, the default. */
export function valueHints(root: JsonSchema, path: readonly (string | number)[]): readonly Hint[] {
  const values = schemasAt(root, path).flatMap((schema) => [
    ...(schema.enum ?? []),
    ...('const' in schema ? [schema.const] : []),
    ...(schema.type === 'boolean' ? [true, false] : []),
    ...('default' in schema ? [schema.default] : []),
  ]);
  return [...new Set(values.map((value) => JSON.stringify(value)))].map((label) => ({
    label,
    detail: '',
  }));
}

/** The schemas that may hold for `path`: several where there are alternatives. */
function schemasAt(root: JsonSchema, path: readonly (string | number)[]): readonly JsonSchema[] {
  return path.reduce<readonly JsonSchema[]>(
    (schemas, segment) =>
      schemas.flatMap((schema) => {
        const below = childOf(schema, segment);
        return below === undefined ? [] : alternatives(root, below);
      }),
    alternatives(root, root),
  );
}

function childOf(schema: JsonSchema, segment: string | number): JsonSchema | undefined {
  if (typeof segment === 'number')
    return typeof schema.items === 'object' ? schema.items : undefined;
  const properties = schema.properties ?? {};
  if (Object.hasOwn(properties, segment)) return properties[segment];
  return typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined;
}

function alternatives(root: JsonSchema, schema: JsonSchema, depth = 0): readonly JsonSchema[] {
  if (depth > DEPTH_MAX) return [];
  const inner = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])];
  const referred = schema.$ref === undefined ? undefined : resolve(root, schema.$ref);
  return [schema, ...(referred === undefined ? [] : [referred]), ...inner].flatMap((one) =>
    one === schema
      ? schema.$ref === undefined
        ? [schema]
        : []
      : alternatives(root, one, depth + 1),
  );
}

/** References inside of the document alone: `#/$defs/pool`. */
function resolve(root: JsonSchema, reference: string): JsonSchema | undefined {
  if (!reference.startsWith('#')) return undefined;
  let at: unknown = root;
  for (const piece of reference.slice(1).split('/').slice(1)) {
    const name = decodeURIComponent(piece).replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name)) return undefined;
    at = (at as Record<string, unknown>)[name];
  }
  return typeof at === 'object' && at !== null ? at : undefined;
}

function describe({ type, minimum, maximum, enum: values }: JsonSchema): string {
  if (values !== undefined) return values.map((value) => JSON.stringify(value)).join(' | ');
  const name = typeof type === 'string' ? type : (type ?? []).join(' | ');
  if (minimum !== undefined && maximum !== undefined) return `${name}, ${minimum} to ${maximum}`;
  if (minimum !== undefined) return `${name}, at least ${minimum}`;
  return maximum === undefined ? name : `${name}, at most ${maximum}`;
}
