/**
 * The local override file: values for one machine, over everything that the cluster says. A JSON, YAML or TOML file
 * of one object, `{ "db/url": "postgres://localhost", "orders/db": { "max": 3 } }`, watched.
 *
 * Looked at four times a second by its name: an editor, a mounted ConfigMap and a person with `mv` replace files rather than
 * change them, and watches of the file system see only some of that.
 */
import { ConcordError } from '@concord/client';
import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import type { ItemAddress } from '../item/address.ts';
import { itemName } from '../item/address.ts';
import { formatOfPath, parseContent, type Format } from '../item/format.ts';
import { issuesText } from '../item/issue.ts';
import { isPlainObject } from '../value/plain-object.ts';
import type { OverrideValue } from './resolve.ts';

/** How often the file is looked at: one `stat`. */
const INTERVAL_MS = 250;

export interface OverrideFileListener {
  changed(): void;
  /** The file can't be read as an object; what it said before stays. */
  failed(error: ConcordError): void;
}

export class OverrideFile implements Disposable {
  readonly #file: string;
  readonly #format: Format;
  readonly #listener: OverrideFileListener;
  #text: string | undefined;
  #values: Readonly<Record<string, unknown>> = {};

  /** @throws ConcordError `INVALID_ARGUMENT` for a suffix that names no format, `CONFIG_INVALID` for content that can't be read */
  constructor(operation: string, file: string, listener: OverrideFileListener) {
    const format = typeof (file as unknown) === 'string' ? formatOfPath(file) : undefined;
    if (format === undefined || format === 'text') {
      throw new ConcordError('INVALID_ARGUMENT', {
        operation,
        problem: `option "overrideFile" is ${JSON.stringify(file)}`,
        remedy: 'name a file that ends in .json, .yaml, .yml or .toml; it need not be there yet',
      });
    }
    this.#file = file;
    this.#format = format;
    this.#listener = listener;
    this.#read();
    watchFile(file, { interval: INTERVAL_MS, persistent: false }, this.#look);
  }

  valueOf(address: ItemAddress): OverrideValue | undefined {
    const names = [itemName(address), `/${address.path}`, `${address.namespace}:${address.path}`];
    const isDefault = address.namespace === 'default';
    const key = names.find(
      (name) => Object.hasOwn(this.#values, name) && (isDefault || !name.startsWith('/')),
    );
    return key === undefined ? undefined : { file: this.#file, value: this.#values[key] };
  }

  [Symbol.dispose](): void {
    unwatchFile(this.#file, this.#look);
  }

  readonly #look = (): void => {
    try {
      if (this.#read()) this.#listener.changed();
    } catch (error) {
      if (!ConcordError.is(error)) throw error;
      this.#listener.failed(error);
    }
  };

  /** Whether it says something new. */
  #read(): boolean {
    const text = this.#textNow();
    if (text === this.#text) return false;
    this.#text = text;
    if (text === undefined || text.trim() === '') {
      this.#values = {};
      return true;
    }
    const parsed = parseContent(text, this.#format);
    if (!parsed.ok) throw this.#invalid(issuesText([parsed.issue], true));
    if (!isPlainObject(parsed.value)) throw this.#invalid('it is no object of paths and values');
    this.#values = parsed.value;
    return true;
  }

  #textNow(): string | undefined {
    try {
      return readFileSync(this.#file, 'utf8');
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
      throw this.#invalid(`it cannot be read (${code ?? String(error)})`);
    }
  }

  #invalid(problem: string): ConcordError {
    return new ConcordError('CONFIG_INVALID', {
      operation: 'config: override file',
      subject: this.#file,
      problem: `${this.#file}: ${problem}`,
      remedy: 'write an object such as { "db/url": "postgres://localhost" }',
    });
  }
}
