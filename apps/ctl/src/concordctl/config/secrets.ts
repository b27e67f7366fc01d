/** Secret content, shown to who has the keys and asks for it. */
import { readFile } from 'node:fs/promises';
import {
  KeyRing,
  parseContent,
  type Content,
  type ItemAddress,
  type KeyRingOptions,
} from '@concord/config/records';
import { CommandError } from '../../command-error.ts';
import { messageOf } from './items.ts';

/**
 * The keys of a file `{ current, keys }` in YAML or JSON, as the gateway takes it: never from a command line, which others
 * can read.
 *
 * @throws CommandError naming the file and what is wrong with it, and nothing that it holds
 */
export async function readKeys(path: string): Promise<KeyRingOptions | undefined> {
  if (path === '') return undefined;
  const fault = (reason: string): CommandError =>
    new CommandError(`--config-keys: ${path}: ${reason}`);
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw fault(`it cannot be read (${messageOf(error)})`);
  });
  const parsed = parseContent(text, 'yaml');
  if (!parsed.ok) throw fault('it is not valid YAML');
  const options = parsed.value as KeyRingOptions;
  try {
    new KeyRing('file', options);
  } catch (error) {
    throw fault(messageOf(error));
  }
  return options;
}

/** What of content an answer may show. */
export class Sight {
  readonly #keys: KeyRing | undefined;
  readonly #isRevealing: boolean;

  constructor(keys: KeyRing | undefined, isRevealing: boolean) {
    this.#keys = keys;
    this.#isRevealing = isRevealing;
  }

  /** Undefined for a secret that is not to be shown. @throws CommandError without its key */
  show({ namespace, path }: ItemAddress, content: Content, isSecret: boolean): string | undefined {
    if (!isSecret && typeof content === 'string') return content;
    if (!this.#isRevealing) return undefined;
    if (typeof content === 'string') return content;
    const opened = this.#keys?.open(content, `${namespace}/${path}`);
    if (opened === undefined) {
      throw new CommandError(
        `${path} is sealed: give the file of keys with --config-keys to see it`,
      );
    }
    if (!opened.ok) throw new CommandError(`${path}: ${opened.problem}`);
    return opened.text;
  }
}
