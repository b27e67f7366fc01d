/** `--config-file`: the same options in YAML, by the names of their flags. */
import { readFileSync } from 'node:fs';
import { parseDocument } from 'yaml';
import { OptionsError } from './options-error.ts';

/**
 * The values of a file by their names, as they stand there.
 *
 * @throws OptionsError that names the file and the place
 */
export function readConfigFile(path: string): Readonly<Record<string, unknown>> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new OptionsError(`--config-file: ${path} cannot be read: ${(error as Error).message}`);
  }
  // Aliases could make a small file large.
  const document = parseDocument(text, { prettyErrors: true, uniqueKeys: true });
  const [fault] = document.errors;
  if (fault !== undefined) throw new OptionsError(`--config-file: ${path}: ${fault.message}`);
  const content = document.toJS({ maxAliasCount: 0 }) as unknown;
  if (content === null) return {};
  if (typeof content !== 'object' || Array.isArray(content))
    throw new OptionsError(
      `--config-file: ${path} holds no names with values; write lines such as "listen-port: 7379"`,
    );
  return content as Readonly<Record<string, unknown>>;
}
