/**
 * Slows down guessing of passwords. A wrong password counts against the user as asked from one address, against the
 * user from anywhere, and against the address whoever it asks for; beyond a number of them in a row, the next attempt
 * has to wait, each time twice as long. A right password from an address clears what counted against it.
 *
 * Nobody is locked out: the user asked for from anywhere waits a second at most, however often strangers guess.
 */
import { isIP } from 'node:net';

interface Rule {
  /** Wrong ones in a row that cost nothing: people mistype. */
  readonly freeCount: number;
  readonly waitMsMax: number;
}

const WAIT_MS_FIRST = 100;
const rules = {
  userFromAddress: { freeCount: 10, waitMsMax: 30_000 },
  user: { freeCount: 50, waitMsMax: 1000 },
  address: { freeCount: 20, waitMsMax: 30_000 },
} as const satisfies Record<string, Rule>;

/** What nobody has tried for so long is forgotten. */
const MEMORY_MS = 600_000;
/** About 2 MB; beyond, what was tried longest ago is forgotten. */
const ENTRIES_MAX = 10_000;

interface Failures {
  count: number;
  lastMs: number;
}

export class GuessLimit {
  readonly #now: () => number;
  /** In the order of the last failures. */
  readonly #failures = new Map<string, Failures>();

  constructor(now: () => number) {
    this.#now = now;
  }

  get entryCount(): number {
    return this.#failures.size;
  }

  /** Milliseconds until a password for `user` from `peer` is looked at again; 0 for now. */
  waitMs(user: string, peer: string): number {
    const now = this.#now();
    const waits = countersOf(user, peer).map(({ key, rule }) => {
      const failures = this.#failures.get(key);
      return failures === undefined ? 0 : failures.lastMs + waitAfter(failures.count, rule) - now;
    });
    return Math.max(0, ...waits);
  }

  wrong(user: string, peer: string): void {
    const now = this.#now();
    this.#forgetOld(now);
    for (const { key } of countersOf(user, peer)) {
      const count = (this.#failures.get(key)?.count ?? 0) + 1;
      this.#failures.delete(key);
      this.#failures.set(key, { count, lastMs: now });
    }
  }

  /** What counts against the user from anywhere stays: others may be guessing. */
  right(user: string, peer: string): void {
    const [fromAddress, , address] = countersOf(user, peer);
    this.#failures.delete(fromAddress.key);
    this.#failures.delete(address.key);
  }

  #forgetOld(now: number): void {
    for (const [key, { lastMs }] of this.#failures) {
      if (this.#failures.size < ENTRIES_MAX && now - lastMs < MEMORY_MS) return;
      this.#failures.delete(key);
    }
  }
}

function waitAfter(count: number, { freeCount, waitMsMax }: Rule): number {
  if (count < freeCount) return 0;
  return Math.min(waitMsMax, WAIT_MS_FIRST * 2 ** Math.min(count - freeCount, 20));
}

interface Counter {
  readonly key: string;
  readonly rule: Rule;
}

function countersOf(user: string, peer: string): readonly [Counter, Counter, Counter] {
  const address = addressOf(peer);
  return [
    { key: `both ${address} ${user}`, rule: rules.userFromAddress },
    { key: `user ${user}`, rule: rules.user },
    { key: `address ${address}`, rule: rules.address },
  ];
}

/** Without the port, which each connection has anew. */
function addressOf(peer: string): string {
  const host = peer.slice(0, Math.max(0, peer.lastIndexOf(':')));
  return isIP(host.replace(/^\[|\]$/g, '')) === 0 ? peer : host;
}
