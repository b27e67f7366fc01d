/** Random programs over the verbs of `/v2/keys`: small trees, so that requests meet each other's leavings. */
import { Chance } from '../differential/chance.ts';
import type { V2Request } from './exchange.ts';

export type V2Step =
  | { readonly kind: 'ask'; readonly request: V2Request }
  /** Waits, writes, and compares what the wait was told. */
  | { readonly kind: 'wait'; readonly wait: V2Request; readonly write: V2Request }
  /** Something that is over at once, until it is gone. */
  | { readonly kind: 'expire'; readonly path: string; readonly body: string };

const NAMES = ['a', 'b', 'c', '_h'];
const DEPTH_MAX = 3;
/** Long enough to expire after the program. */
const TTL_SECONDS = 5000;

export class V2Generator {
  readonly #chance: Chance;
  /** About where the index is, for conditions and waits that sometimes hit. */
  #index = 3;

  constructor(seed: number) {
    this.#chance = new Chance(seed);
  }

  program(steps: number): readonly V2Step[] {
    return Array.from({ length: steps }, () => this.#step());
  }

  #step(): V2Step {
    const kind = this.#chance.weighted([
      [60, 'ask'],
      [2, 'wait'],
      [1, 'expire'],
    ] as const);
    switch (kind) {
      case 'ask':
        return { kind, request: this.#request() };
      case 'wait':
        return this.#waitStep();
      case 'expire':
        this.#index += 2;
        return {
          kind,
          path: this.#path(1),
          body: this.#chance.pick(['value=x&ttl=0', 'dir=true&ttl=0']),
        };
    }
  }

  #waitStep(): V2Step {
    const path = this.#path(1);
    const query = this.#query({ wait: 'true', recursive: this.#flag() });
    let write = this.#write();
    // etcd tells of a removed directory only those below it that wait at something that was there.
    while (write.method === 'DELETE' && path.startsWith(`${write.path.split('?')[0]}/`))
      write = this.#write();
    return { kind: 'wait', wait: { path: path + query }, write };
  }

  #request(): V2Request {
    const chance = this.#chance;
    if (chance.often(0.3)) return this.#read();
    if (chance.often(0.1)) return this.#history();
    return this.#write();
  }

  #read(): V2Request {
    const query = this.#query({
      sorted: 'true',
      ...this.#chance.some(0.4, { recursive: this.#flag(), quorum: this.#flag() }),
    });
    const method = this.#chance.often(0.1) ? 'HEAD' : 'GET';
    return { method, path: this.#path(0) + query };
  }

  /** A wait that the history may answer. */
  #history(): V2Request {
    const query = this.#query({
      wait: 'true',
      waitIndex: String(Math.max(1, Math.floor(this.#index) - this.#chance.below(40))),
      recursive: this.#flag(),
    });
    return { path: this.#path(0) + query, milliseconds: 60 };
  }

  #write(): V2Request {
    this.#index += 0.6;
    const chance = this.#chance;
    const method = chance.weighted([
      [6, 'PUT'],
      [2, 'POST'],
      [3, 'DELETE'],
    ] as const);
    const rare = method === 'DELETE' ? 0.3 : 0.12;
    const parameters = {
      ...chance.some(rare, {
        prevValue: chance.pick(['1', '2', '']),
        prevIndex: String(Math.max(0, this.#index - chance.below(20)) | 0),
        noValueOnSuccess: this.#flag(),
      }),
      ...(method === 'PUT' && chance.some(0.25, { prevExist: this.#flag() })),
      ...(method === 'PUT' && chance.some(0.1, { refresh: this.#flag() })),
      ...chance.some(0.3, { dir: this.#flag() }),
      ...(method === 'DELETE' && chance.some(0.5, { recursive: this.#flag() })),
    };
    const path = this.#path(chance.often(0.03) ? 0 : 1) + this.#query(parameters);
    if (method === 'DELETE') return { method, path };
    const body = new URLSearchParams(
      chance.some(0.8, {
        value: chance.pick(['1', '2', '3', '', 'ü<&>']),
        ...chance.some(0.2, { ttl: chance.pick([String(TTL_SECONDS), '']) }),
      }) as Record<string, string>,
    );
    return { method, path, body: String(body) };
  }

  #path(depthMin: number): string {
    const names = this.#chance.several(depthMin, DEPTH_MAX, () => this.#chance.pick(NAMES));
    return ['/v2/keys', ...names].join('/');
  }

  #flag(): string {
    return this.#chance.weighted([
      [4, 'true'],
      [2, 'false'],
      [0.1, 'maybe'],
    ] as const);
  }

  #query(parameters: Readonly<Record<string, string>>): string {
    const text = new URLSearchParams(parameters).toString();
    return text === '' ? '' : `?${text}`;
  }
}
