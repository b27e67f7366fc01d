/** Requests by the API version that their client says it speaks, in `client-api-version`. */
import type { Metadata } from '@concord/grpc-server';
import type { Sample } from './family.ts';

/** Clients choose the text: beyond this many different ones they count as one, so that no client fills the memory. */
const VERSIONS_MAX = 64;
const LENGTH_MAX = 64;

interface VersionCount {
  readonly version: string;
  unary: number;
  stream: number;
}

export class ClientVersions {
  readonly #counts = new Map<string, VersionCount>();
  /** Calls of one connection share their metadata, and come one after the other. */
  #lastMetadata: Metadata | undefined;
  #lastCount: VersionCount | undefined;

  count(metadata: Metadata, type: 'unary' | 'stream'): void {
    if (metadata !== this.#lastMetadata || this.#lastCount === undefined) {
      this.#lastMetadata = metadata;
      this.#lastCount = this.#countOf(metadata.get('client-api-version') ?? 'unknown');
    }
    this.#lastCount[type] += 1;
  }

  samples(): Sample[] {
    return [...this.#counts.values()].flatMap(({ version, unary, stream }) =>
      (
        [
          ['unary', unary],
          ['stream', stream],
        ] as const
      )
        .filter(([, value]) => value > 0)
        .map(([type, value]) => ({ labels: { client_api_version: version, type }, value })),
    );
  }

  #countOf(given: string): VersionCount {
    const isOdd = given.length > LENGTH_MAX || this.#counts.size >= VERSIONS_MAX;
    const version = isOdd && !this.#counts.has(given) ? 'other' : given;
    const known = this.#counts.get(version);
    if (known !== undefined) return known;
    const count = { version, unary: 0, stream: 0 };
    this.#counts.set(version, count);
    return count;
  }
}
