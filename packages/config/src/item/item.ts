/** An item as it is read: a definition, or a plain path with options, put together with its address. */
import { ConcordError } from '@concord/client';
import {
  environmentValue,
  type EnvironmentOptions,
  type EnvironmentValue,
} from '../layers/environment.ts';
import { itemAddress, itemName, type ItemAddress } from './address.ts';
import { checkedDefinition, type ConfigDefinition, type ItemOptions } from './definition.ts';
import { formatOfPath, type Format } from './format.ts';

/** How an item is read, beside what its definition says. */
export interface ReadOptions {
  /** A missing item is `undefined`, and no error. Default false. */
  readonly optional?: boolean | undefined;
}

export interface Item {
  readonly address: ItemAddress;
  /** For people: the path, with the namespace where that is not `default`. */
  readonly name: string;
  readonly definition: ConfigDefinition;
  /** Of plain content and variables. */
  readonly format: Format;
  readonly optional: boolean;
  readonly plainKey: string | undefined;
  /** The item of another namespace that lies under it. */
  readonly inherited: ItemAddress | undefined;
  readonly environment: EnvironmentValue | undefined;
}

/** What a `Configuration` adds to every item. */
export interface ItemDefaults {
  readonly namespace: string;
  /** The namespace under it. */
  readonly inherits: string | undefined;
  readonly environment: EnvironmentOptions | undefined;
}

/**
 * @throws ConcordError `INVALID_ARGUMENT` for a path, definition or option that can't be meant
 */
export function itemOf(
  operation: string,
  given: string | ConfigDefinition,
  options: ReadOptions & ItemOptions,
  defaults: ItemDefaults,
): Item {
  const isPath = typeof given === 'string';
  const definition = isPath
    ? checkedDefinition(operation, { ...options, id: given })
    : checkedDefinition(operation, requireDefinition(operation, given));
  const address = itemAddress(operation, definition.id, definition.namespace ?? defaults.namespace);
  const { optional = false } = options;
  const { plain } = definition;
  if (definition.onDelete === 'fallback' && definition.fallback === undefined && !optional) {
    throw new ConcordError('INVALID_ARGUMENT', {
      operation,
      subject: definition.id,
      problem: 'option "onDelete" is "fallback", and there is no fallback',
      remedy: 'give one, or "keep-last" or "fail"',
    });
  }
  return {
    address,
    name: itemName(address),
    definition,
    format: definition.format ?? formatOfPath(address.path) ?? (isPath ? 'text' : 'json'),
    optional,
    plainKey: plain === false ? undefined : (plain ?? address.given),
    inherited: inheritedBy(operation, address, definition, defaults),
    environment: defaults.environment && environmentValue(address, defaults.environment),
  };
}

function inheritedBy(
  operation: string,
  address: ItemAddress,
  { id, inherits }: ConfigDefinition,
  defaults: ItemDefaults,
): ItemAddress | undefined {
  if (inherits === address.namespace) {
    throw new ConcordError('INVALID_ARGUMENT', {
      operation,
      subject: id,
      problem: `option "inherits" is ${JSON.stringify(inherits)}, the item's own namespace`,
      remedy: 'give another namespace, or false for none',
    });
  }
  // What is of the shared namespace itself has nothing under it.
  const namespace =
    inherits ?? (defaults.inherits === address.namespace ? false : defaults.inherits);
  if (namespace === undefined || namespace === false) return undefined;
  return itemAddress(operation, id, namespace);
}

function requireDefinition(operation: string, given: unknown): ConfigDefinition {
  if (typeof given === 'object' && given !== null && 'id' in given)
    return given as ConfigDefinition;
  throw new ConcordError('INVALID_ARGUMENT', {
    operation,
    problem: `${JSON.stringify(given)} is neither a path nor a definition`,
    remedy: 'give "/db/url", or what defineConfig() returned',
  });
}
