/**
 * Request metadata: the header fields of a call, read-only and shared by all calls whose client sent
 * the same header block.
 */

/** Names are lower case, as HTTP/2 sends them. */
export class Metadata {
  readonly #fields: readonly string[];

  /** @param fields names and values in turn; not copied. */
  constructor(fields: readonly string[]) {
    this.#fields = fields;
  }

  /** The first value of `name`, as sent, or undefined. For `-bin` names see {@link getBinary}. */
  get(name: string): string | undefined {
    const fields = this.#fields;
    for (let index = 0; index < fields.length; index += 2) {
      if (fields[index] === name) return fields[index + 1];
    }
    return undefined;
  }

  /** All values of `name`, in wire order. */
  getAll(name: string): string[] {
    const values: string[] = [];
    for (const [key, value] of this) if (key === name) values.push(value);
    return values;
  }

  /** The first value of a `-bin` name, base64-decoded, or undefined. */
  getBinary(name: string): Uint8Array | undefined {
    return this.getAllBinary(name)[0];
  }

  /** All values of a `-bin` name, base64-decoded; one field may hold several, between commas. */
  getAllBinary(name: string): Uint8Array[] {
    return this.getAll(name)
      .flatMap((value) => value.split(','))
      .map((value) => new Uint8Array(Buffer.from(value, 'base64')));
  }

  /** Names and values in wire order. */
  *[Symbol.iterator](): IterableIterator<[name: string, value: string]> {
    const fields = this.#fields;
    for (let index = 0; index + 1 < fields.length; index += 2) {
      yield [fields[index]!, fields[index + 1]!];
    }
  }
}
