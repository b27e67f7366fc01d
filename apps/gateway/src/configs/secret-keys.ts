/** The keys that secrets are sealed with, from a file that is the gateway's own: never from a command line. */
import { readFileSync } from 'node:fs';
import { KeyRing, type KeyRingOptions } from '@concord/config/records';
import { parse } from 'yaml';
import { OptionsError } from '../options/command-line.ts';

/** Token of what the file holds; undefined where there is none. */
export const SECRET_KEYS: unique symbol = Symbol('concord.gateway.secret-keys');

/**
 * `{ current, keys }` of a YAML or JSON file.
 *
 * @throws OptionsError naming the file and what is wrong with it, and nothing that it holds
 */
export function readSecretKeys(path: string | undefined): KeyRingOptions | undefined {
  if (path === undefined) return undefined;
  try {
    const keys = parse(readFileSync(path, 'utf8')) as KeyRingOptions;
    new KeyRing('file', keys);
    return keys;
  } catch (error) {
    const { message, name, code } = error as NodeJS.ErrnoException;
    const reason =
      name === 'YAMLParseError'
        ? 'it is not valid YAML'
        : code === undefined
          ? message
          : `it cannot be read (${code})`;
    throw new OptionsError(`--config-keys: ${path}: ${reason}`);
  }
}
