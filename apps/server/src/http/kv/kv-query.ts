/**
 * What a URL of the plain API asks for: the key, which is the path below `/kv/` with its percent escapes undone, and the
 * parameters. Every parameter has a meaning for the method that it comes with, or is refused by name.
 *
 * `/kv/foo` is the key `foo`, `/kv//foo` is `/foo`, `/kv/a/b` is `a/b`: everything behind `/kv/`, byte for byte.
 */
import { Problem } from './problem.ts';

type Parameter =
  'prefix' | 'keys' | 'limit' | 'after' | 'revision' | 'serializable' | 'watch' | 'ttl' | 'lease';

const PARAMETERS: Readonly<Record<string, readonly Parameter[]>> = {
  GET: ['prefix', 'keys', 'limit', 'after', 'revision', 'serializable', 'watch'],
  HEAD: ['prefix', 'keys', 'limit', 'after', 'revision', 'serializable'],
  PUT: ['ttl', 'lease'],
  DELETE: ['prefix'],
};

export class KvQuery {
  readonly key: Uint8Array;
  readonly #parameters: URLSearchParams;

  /**
   * @param below the path below `/kv/`, as it was sent
   * @throws Problem for escapes that are none and parameters that the method does not have
   */
  constructor(method: string, below: string, parameters: URLSearchParams) {
    this.key = unescaped(below);
    this.#parameters = parameters;
    const known: readonly string[] = PARAMETERS[method] ?? [];
    for (const name of parameters.keys()) {
      if (known.includes(name)) continue;
      throw new Problem(400, `${method} has no parameter "${name}"; it has ${known.join(', ')}`);
    }
  }

  has(name: Parameter): boolean {
    return this.#parameters.has(name);
  }

  /** A parameter without a value, or with `true` or `1`, is on. */
  flag(name: Parameter): boolean {
    const text = this.#parameters.get(name);
    if (text === null || text === 'false' || text === '0') return false;
    if (text === '' || text === 'true' || text === '1') return true;
    throw new Problem(400, `${name}=${text}: expected true or false`);
  }

  /** A whole number from `min` on, or undefined where the parameter is not there. */
  count(name: Parameter, min: number): number | undefined {
    const text = this.#parameters.get(name);
    if (text === null) return undefined;
    const value = /^\d+$/.test(text) ? Number(text) : NaN;
    if (Number.isSafeInteger(value) && value >= min) return value;
    throw new Problem(400, `${name}=${text}: expected a whole number from ${min} on`);
  }

  /** The id of a lease. */
  lease(): bigint | undefined {
    const text = this.#parameters.get('lease');
    if (text === null) return undefined;
    const value = /^-?\d{1,19}$/.test(text) ? BigInt(text) : 0n;
    if (value !== 0n && BigInt.asIntN(64, value) === value) return value;
    throw new Problem(400, `lease=${text}: expected the id of a lease, in decimal`);
  }

  /** A key given as a parameter. */
  after(): Uint8Array | undefined {
    const text = this.#parameters.get('after');
    return text === null ? undefined : new TextEncoder().encode(text);
  }

  /** Refuses parameters that have a meaning only together with another. */
  only(withWhat: Parameter, ...names: Parameter[]): void {
    const stray = names.find((name) => this.has(name));
    if (stray !== undefined) throw new Problem(400, `"${stray}" goes with "${withWhat}" alone`);
  }
}

const ESCAPE = /^[0-9a-fA-F]{2}$/;

function unescaped(text: string): Uint8Array {
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at++) {
    if (text[at] !== '%') {
      bytes.push(text.charCodeAt(at) & 0xff);
      continue;
    }
    const digits = text.slice(at + 1, at + 3);
    if (!ESCAPE.test(digits)) {
      throw new Problem(400, `"%${digits}" in the key is no escape; a percent sign is %25`);
    }
    bytes.push(parseInt(digits, 16));
    at += 2;
  }
  return Uint8Array.from(bytes);
}
