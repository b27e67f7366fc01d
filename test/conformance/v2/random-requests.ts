/** Requests below `/v2/` of pieces that mean something there, in any order: most are nearly right. */
import { Chance } from '../differential/chance.ts';
import type { V2Request } from './exchange.ts';

const PIECES = [
  ...['%00', '%ff', '%2f', '%2F..', '%zz', '%', '+', '/', '//', '.', '..', '_', '&', '=', ';', '"'],
  ...[
    'a',
    'b',
    'value',
    'ttl',
    'dir',
    'prevExist',
    'prevIndex',
    'prevValue',
    'recursive',
    'refresh',
  ],
  ...[
    'true',
    'false',
    '0',
    '1',
    '18446744073709551615',
    '-1',
    '%c3%a4',
    '~',
    "'",
    '(',
    '*',
    ':',
    '@',
  ],
];

/** The same ones for the same seed. */
export class RandomRequests {
  readonly #chance: Chance;

  constructor(seed: number) {
    this.#chance = new Chance(seed);
  }

  next(): V2Request {
    const chance = this.#chance;
    const method = chance.pick(['GET', 'HEAD', 'PUT', 'PUT', 'POST', 'DELETE', 'PATCH', 'OPTIONS']);
    const area = chance.weighted([
      [20, '/v2/keys/'],
      [1, '/v2/'],
      [1, '/v2/auth/'],
      [1, '/v2/stats/'],
    ] as const);
    const query = chance.often(0.6) ? `?${this.#form()}` : '';
    const hasBody = method === 'PUT' || method === 'POST' || chance.often(0.1);
    const type = chance.weighted([
      [8, 'application/x-www-form-urlencoded'],
      [1, 'text/plain'],
      [1, this.#text(4).replaceAll(/[^\x20-\x7e]/g, '')],
    ]);
    return {
      method,
      path:
        method === 'HEAD' ? readable(area + this.#text(5)) + query : area + this.#text(5) + query,
      ...(hasBody && { body: this.#form(), headers: { 'Content-Type': type } }),
    };
  }

  #form(): string {
    return this.#chance
      .several(0, 4, () => {
        if (this.#chance.often(0.3)) return this.#text(4);
        const name = this.#chance.pick(PIECES.filter((piece) => /^[a-z]\w+$/i.test(piece)));
        return `${name}=${this.#text(2)}`;
      })
      .join('&');
  }

  #text(piecesMax: number): string {
    return this.#chance.several(0, piecesMax, () => this.#chance.pick(PIECES)).join('');
  }
}

/** Go answers a path that it cannot read with a body, to HEAD too, and no client can read that. */
export const readable = (path: string): string => path.replaceAll(/%(?![0-9a-f]{2})/gi, '');
