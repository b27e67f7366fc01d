/** Values out of environment variables. */
import { ConcordError } from '@concord/client';
import { itemName, type ItemAddress } from '../item/address.ts';

export interface EnvironmentOptions {
  /** Where variables are looked up; `process.env` by default. They are read once, as the process can't be told of changes. */
  readonly variables?: Readonly<Record<string, string | undefined>>;
  /** Variables of other names, by item: `{ 'db/url': 'DATABASE_URL' }`. */
  readonly names?: Readonly<Record<string, string>>;
}

export interface EnvironmentValue {
  readonly variable: string;
  readonly text: string;
}

/** What the environment says of an item, if anything. An empty variable counts as not set. */
export function environmentValue(
  address: ItemAddress,
  { variables, names = {} }: EnvironmentOptions,
): EnvironmentValue | undefined {
  const name = [address.given, address.path, itemName(address)].find((key) =>
    Object.hasOwn(names, key),
  );
  const variable = name === undefined ? variableOf(address) : names[name]!;
  const text = (variables ?? process.env)[variable];
  return text === undefined || text === '' ? undefined : { variable, text };
}

/** `CONCORD_CONFIG_<NAMESPACE>_<PATH>` in capitals, with `_` for all that is no letter or digit. */
export const variableOf = ({ namespace, path }: ItemAddress): string =>
  `CONCORD_CONFIG_${namespace}_${path}`.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_');

/** @throws ConcordError `INVALID_ARGUMENT` for names that aren't strings */
export function checkedEnvironment(
  operation: string,
  environment: EnvironmentOptions | false | undefined,
): EnvironmentOptions | undefined {
  if (environment === false) return undefined;
  for (const [path, variable] of Object.entries(environment?.names ?? {}) as [string, unknown][]) {
    if (typeof variable === 'string' && variable !== '') continue;
    throw new ConcordError('INVALID_ARGUMENT', {
      operation,
      problem: `option "environment.names" maps ${JSON.stringify(path)} to ${JSON.stringify(variable)}`,
      remedy: 'name the variable, such as { "db/url": "DATABASE_URL" }',
    });
  }
  return environment ?? {};
}
