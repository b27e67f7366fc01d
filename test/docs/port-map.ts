/**
 * The ports of a document, and free ones of this machine in their place: tests run beside each other, and beside
 * whatever listens at the ports that the document names.
 */
import { freePorts } from '../conformance/harness/free-ports.ts';

/** Behind an address, a flag such as `--listen-port`, and dig's `-p`. */
const PORT = /(\b127\.0\.0\.1:|--[a-z-]+-port |\bdig @127\.0\.0\.1 -p )(\d+)/g;

export class PortMap {
  readonly #toFree: ReadonlyMap<string, string>;
  readonly #toDocument: ReadonlyMap<string, string>;

  private constructor(pairs: readonly (readonly [string, string])[]) {
    this.#toFree = new Map(pairs);
    this.#toDocument = new Map(pairs.map(([named, free]) => [free, named]));
  }

  static async of(document: string): Promise<PortMap> {
    const named = [...new Set([...document.matchAll(PORT)].map(([, , port]) => port ?? ''))];
    const free = await freePorts(named.length);
    return new PortMap(named.map((port, i) => [port, String(free[i])]));
  }

  /** The document's text for this machine. */
  inUse(text: string): string {
    return replaced(text, this.#toFree);
  }

  /** What was printed here as the document would show it. */
  asDocumented(text: string): string {
    return replaced(text, this.#toDocument);
  }
}

const replaced = (text: string, ports: ReadonlyMap<string, string>): string =>
  text.replace(PORT, (_, before: string, port: string) => before + (ports.get(port) ?? port));
