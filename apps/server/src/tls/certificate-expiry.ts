/**
 * Tells ahead of time that a certificate or a revocation list ends: when a third of its time is left, thirty days at
 * most, and then once a day. Nobody has to look, and nobody is woken by a cluster that falls apart at midnight.
 */
import type { Log } from '../log.ts';
import type { Term, TlsMaterial } from './tls-files.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const WARNING_MS_MAX = 30 * DAY_MS;
/** Certificates of a few hours exist. */
const LOOK_MS = 15 * 60 * 1000;

export interface CertificateExpiryOptions {
  readonly log: Log;
  /** What is in use, of every port. */
  materials(): readonly TlsMaterial[];
  /** Called before each look but the first; may make new what is this member's own. */
  renew?(): Promise<void>;
  /** Milliseconds since 1970. Default: the machine's. */
  now?(): number;
}

export class CertificateExpiry {
  readonly #options: CertificateExpiryOptions;
  readonly #timer: NodeJS.Timeout;
  /** When each term was told of last. */
  readonly #toldMs = new Map<string, number>();

  constructor(options: CertificateExpiryOptions) {
    this.#options = options;
    this.look();
    this.#timer = setInterval(() => void this.#renewAndLook(), LOOK_MS);
    this.#timer.unref();
  }

  close(): void {
    clearInterval(this.#timer);
  }

  /** Tells of each term that ends soon or has ended, and that was not told of within a day. */
  look(): void {
    const nowMs = (this.#options.now ?? Date.now)();
    const told = new Map<string, number>();
    for (const term of this.#options.materials().flatMap(({ terms }) => terms)) {
      if (!isDue(term, nowMs)) continue;
      const key = `${term.file.path} ${term.what} ${term.notAfter.getTime()}`;
      const lastMs = this.#toldMs.get(key);
      const isNews = lastMs === undefined || nowMs - lastMs >= DAY_MS;
      if (isNews && !told.has(key)) this.#tell(term, nowMs);
      told.set(key, isNews ? nowMs : lastMs);
    }
    // What is no longer in use is forgotten.
    this.#toldMs.clear();
    for (const [key, ms] of told) this.#toldMs.set(key, ms);
  }

  async #renewAndLook(): Promise<void> {
    try {
      await this.#options.renew?.();
    } catch (error) {
      this.#options.log.error({ error: String(error) }, 'cannot renew a self-signed certificate');
    }
    this.look();
  }

  #tell({ file, what, notBefore, notAfter }: Term, nowMs: number): void {
    const fields = {
      file: file.path,
      flag: `--${file.flag}`,
      'not-before': notBefore.toISOString(),
      'not-after': notAfter.toISOString(),
    };
    const remedy = `put a new one in the place of ${file.path}; no restart is needed`;
    if (nowMs < notBefore.getTime()) {
      this.#options.log.error({ ...fields, remedy }, `${what} is not valid yet`);
    } else if (nowMs >= notAfter.getTime()) {
      this.#options.log.error({ ...fields, remedy }, `${what} has expired`);
    } else {
      const days = Math.floor((notAfter.getTime() - nowMs) / DAY_MS);
      this.#options.log.warn({ ...fields, days, remedy }, `${what} expires soon`);
    }
  }
}

function isDue({ notBefore, notAfter }: Term, nowMs: number): boolean {
  const leftMs = notAfter.getTime() - nowMs;
  const wholeMs = notAfter.getTime() - notBefore.getTime();
  return nowMs < notBefore.getTime() || leftMs < Math.min(WARNING_MS_MAX, wholeMs / 3);
}
