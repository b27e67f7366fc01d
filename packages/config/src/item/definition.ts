/** What a program says of an item that it reads: its name, its schema, and what to do without it. */
import { ConcordError, checkNames } from '@concord/client';
import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { Secrecy } from '../secret/redact.ts';
import { checkedNamespace, itemAddress } from './address.ts';
import { checkedFormat, type Format } from './format.ts';
import { checkedSchema } from './schema.ts';

/** What becomes of a live value whose item is deleted. */
export type OnDelete = 'keep-last' | 'fallback' | 'fail';
const ON_DELETE: readonly OnDelete[] = ['keep-last', 'fallback', 'fail'];

export interface ConfigDefinitionOptions<S extends StandardSchemaV1> {
  /** The item's path, such as `orders/db`; the plain key is the same text. */
  readonly id: string;
  /** `default`, unless the `Configuration` says otherwise. */
  readonly namespace?: string;
  /**
   * A namespace whose item of the same path lies under this one: for what services share. What the `Configuration` says
   * by default; `false` for none.
   */
  readonly inherits?: string | false;
  /** A Standard Schema: of zod, valibot, arktype and others. */
  readonly schema: S;
  /** Of plain keys, variables and new releases. By the path's suffix, else JSON; a release brings its own. */
  readonly format?: Format;
  /** The lowest layer, before the schema. */
  readonly fallback?: StandardSchemaV1.InferInput<S>;
  /** Fields that a running process can't change (`pool.size`): updates and acknowledgements name those that changed. */
  readonly restartRequired?: readonly string[];
  /** Sealed at rest, redacted in logs, `inspect` and JSON: all of it, or the fields named. Default false. */
  readonly secret?: Secrecy;
  /** `keep-last` by default. */
  readonly onDelete?: OnDelete;
  /** The key of the plain layer; `false` for none, as for programs that may not read it. The `id` by default. */
  readonly plain?: string | false;
  /** Merges objects of several layers key by key, where the topmost would replace the others. Default false. */
  readonly merge?: boolean;
}

export const DEFINITION_OPTIONS = [
  'id',
  'namespace',
  'inherits',
  'schema',
  'format',
  'fallback',
  'restartRequired',
  'secret',
  'onDelete',
  'plain',
  'merge',
];

/** A checked definition; `T` is what the schema puts out. */
export interface ConfigDefinition<T = unknown> {
  readonly id: string;
  readonly namespace?: string;
  readonly inherits?: string | false;
  readonly schema?: StandardSchemaV1;
  readonly format?: Format;
  readonly fallback?: unknown;
  readonly restartRequired: readonly string[];
  readonly secret: Secrecy;
  readonly onDelete?: OnDelete;
  readonly plain?: string | false;
  readonly merge: boolean;
  /** Only for the compiler. */
  readonly '~type'?: T;
}

/** The type of a definition's values. */
export type ConfigValue<D> = D extends ConfigDefinition<infer T> ? T : never;

/**
 * Defines an item, to be handed to `config.watch`, `config.get`, `config.bundle` and `config.release`.
 *
 * @throws ConcordError `INVALID_ARGUMENT` naming the option that can't be meant
 */
export function defineConfig<S extends StandardSchemaV1>(
  options: ConfigDefinitionOptions<S>,
): ConfigDefinition<StandardSchemaV1.InferOutput<S>> {
  checkNames(options, DEFINITION_OPTIONS, 'defineConfig');
  return checkedDefinition('defineConfig', options);
}

/** The parts of a definition that a watch of a plain path can give too. */
export type ItemOptions = Partial<Omit<ConfigDefinition, 'id' | '~type'>>;

export function checkedDefinition<T>(
  operation: string,
  options: ItemOptions & { readonly id: string },
): ConfigDefinition<T> {
  const { id, namespace, schema, format, fallback, restartRequired, secret, onDelete } = options;
  itemAddress(operation, id, 'default');
  if (namespace !== undefined) checkedNamespace(operation, namespace);
  const { inherits } = options;
  if (inherits !== undefined && inherits !== false) {
    checkedNamespace(operation, inherits, 'inherits');
  }
  checkedSchema(operation, schema);
  checkedFormat(operation, format);
  checkedFields(operation, 'restartRequired', restartRequired);
  if (typeof secret !== 'boolean') checkedFields(operation, 'secret', secret);
  if (onDelete !== undefined && !ON_DELETE.includes(onDelete)) {
    throw refuse(operation, 'onDelete', onDelete, `give one of ${ON_DELETE.join(', ')}`);
  }
  const { plain } = options as { readonly plain?: unknown };
  if (plain !== undefined && plain !== false && (typeof plain !== 'string' || plain === '')) {
    throw refuse(operation, 'plain', plain, 'give a key, or false for none');
  }
  if (options.merge !== undefined && typeof options.merge !== 'boolean') {
    throw refuse(operation, 'merge', options.merge, 'give true or false');
  }
  return Object.freeze({
    id,
    ...(namespace === undefined ? {} : { namespace }),
    ...(inherits === undefined ? {} : { inherits }),
    ...(schema === undefined ? {} : { schema }),
    ...(format === undefined ? {} : { format }),
    ...(fallback === undefined ? {} : { fallback: copied(operation, fallback) }),
    restartRequired: [...(restartRequired ?? [])],
    secret: typeof secret === 'object' ? [...secret] : (secret ?? false),
    ...(onDelete === undefined ? {} : { onDelete }),
    ...(options.plain === undefined ? {} : { plain: options.plain }),
    merge: options.merge ?? false,
  });
}

/** Live values are frozen, and what is the caller's own isn't ours to freeze. */
function copied(operation: string, fallback: unknown): unknown {
  try {
    return structuredClone(fallback);
  } catch (cause) {
    throw new ConcordError('INVALID_ARGUMENT', {
      operation,
      problem: 'option "fallback" holds a function or another thing that cannot be copied',
      remedy: 'give data, as a document would hold it',
      cause,
    });
  }
}

function checkedFields(operation: string, option: string, fields: unknown): void {
  if (fields === undefined) return;
  if (Array.isArray(fields) && fields.every((field) => typeof field === 'string' && field !== ''))
    return;
  throw refuse(operation, option, fields, 'list fields, such as ["pool.max"]');
}

function refuse(operation: string, option: string, value: unknown, remedy: string): ConcordError {
  return new ConcordError('INVALID_ARGUMENT', {
    operation,
    problem: `option "${option}" is ${JSON.stringify(value)}`,
    remedy,
  });
}
