/** In which of three ways the gateway knows people: see "Access" in DESIGN.md. */
import { isIP } from 'node:net';

export type AccessMode = 'development' | 'set-up' | 'secured';

/** Whether `host`, an address or a name without a port, is this machine and nothing else. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[(.*)\]$/, '$1').toLowerCase();
  if (bare === 'localhost' || bare.endsWith('.localhost') || bare === '::1') return true;
  return isIP(bare) === 4 && bare.startsWith('127.');
}

/** The host of a `Host` header; `undefined` where there is none. A name that leads here may be anybody's. */
export function hostOf(header: string | undefined): string | undefined {
  return header === undefined ? undefined : /^(\[[^\]]*\]|[^:]*)(:\d+)?$/.exec(header)?.[1];
}

export class Modes {
  readonly #isDevelopment: boolean;
  readonly #login: { isSecured(): Promise<boolean> };

  constructor(isDevelopment: boolean, login: { isSecured(): Promise<boolean> }) {
    this.#isDevelopment = isDevelopment;
    this.#login = login;
  }

  /** @throws ConcordError where the cluster has to be asked and has never answered */
  async current(): Promise<AccessMode> {
    if (this.#isDevelopment) return 'development';
    return (await this.#login.isSecured()) ? 'secured' : 'set-up';
  }
}
