/**
 * The cluster's users and roles, as they are now: asked for when somebody needs them, and again as soon as the cluster
 * says that anything about users has changed. What was taken from a user counts within {@link CURRENT_MS}; while the
 * cluster does not answer, what was known last counts.
 */
import { ConcordError, type Auth } from '@concord/client';
import { Rights, type Role } from './rights.ts';

/** How old knowledge may be that a decision rests on. */
export const CURRENT_MS = 1_000;
/** What asking whether anything has changed may take before the last known counts. */
const ASK_TIMEOUT = '1s';
/** Users whose rights are remembered; the one that was needed longest ago is forgotten. */
const REMEMBERED_MAX = 10_000;
/** gRPC's code of a call that the server does not have. */
const UNIMPLEMENTED = 12;

type Calls = Pick<Auth, 'status' | 'user' | 'role'>;

interface Known {
  readonly rights: Rights | undefined;
  readonly generation: number;
}

export class ClusterUsers {
  readonly #auth: Calls;
  readonly #nowMs: () => number;
  readonly #known = new Map<string, Known>();
  readonly #roles = new Map<string, { role: Promise<Role>; generation: number }>();
  /** Goes up when anything may have changed. Etcd 3.4 does not tell, so there it goes up every time. */
  #generation = 0;
  #authRevision = -1;
  #askedAtMs = -Infinity;
  #asking: Promise<void> | undefined;
  #isAway = false;

  constructor(auth: Calls, nowMs: () => number = () => performance.now()) {
    this.#auth = auth;
    this.#nowMs = nowMs;
  }

  /**
   * What `user` may do; `undefined` for somebody whom the cluster does not know.
   *
   * @throws ConcordError where the cluster does not answer and nothing is known
   */
  async rightsOf(user: string): Promise<Rights | undefined> {
    await this.#ascertain();
    const generation = this.#generation;
    const known = this.#known.get(user);
    if (known?.generation === generation) return known.rights;
    try {
      const rights = await this.#load(user, generation);
      this.#known.delete(user);
      this.#known.set(user, { rights, generation });
      if (this.#known.size > REMEMBERED_MAX) this.#known.delete(this.#known.keys().next().value!);
      return rights;
    } catch (error) {
      if (known !== undefined && isAway(error)) return known.rights;
      throw error;
    }
  }

  /** What the roles themselves allow, for who comes with roles instead of a user. */
  async rightsOfRoles(names: readonly string[]): Promise<Rights> {
    await this.#ascertain();
    return new Rights(await this.#rolesOf(names, this.#generation));
  }

  /** Anything may have changed: this gateway itself has changed it. */
  invalidate(): void {
    this.#generation += 1;
    this.#askedAtMs = -Infinity;
  }

  async #load(user: string, generation: number): Promise<Rights | undefined> {
    try {
      const { roles } = await this.#auth.user(user, { timeout: ASK_TIMEOUT });
      return new Rights(await this.#rolesOf(roles, generation));
    } catch (error) {
      if (ConcordError.is(error, 'NOT_FOUND')) return undefined;
      throw error;
    }
  }

  #rolesOf(names: readonly string[], generation: number): Promise<Role[]> {
    for (const [name, known] of this.#roles)
      if (known.generation !== generation) this.#roles.delete(name);
    return Promise.all(
      names.map((name) => {
        const known = this.#roles.get(name);
        if (known?.generation === generation) return known.role;
        const role = this.#role(name);
        this.#roles.set(name, { role, generation });
        role.catch(() => this.#roles.delete(name));
        return role;
      }),
    );
  }

  /** A role that is named and not there allows nothing; `root` need not be there to allow everything. */
  async #role(name: string): Promise<Role> {
    try {
      const { permissions } = await this.#auth.role(name, { timeout: ASK_TIMEOUT });
      return { name, permissions };
    } catch (error) {
      if (ConcordError.is(error, 'NOT_FOUND')) return { name, permissions: [] };
      throw error;
    }
  }

  async #ascertain(): Promise<void> {
    if (this.#nowMs() - this.#askedAtMs < CURRENT_MS) return;
    this.#asking ??= this.#ask().finally(() => (this.#asking = undefined));
    // Nobody waits for a cluster that has just been found to be away: the last known counts anyway.
    if (!this.#isAway) await this.#asking;
  }

  async #ask(): Promise<void> {
    // Of the time before the answer: what changes while it travels is not in it.
    const askedAtMs = this.#nowMs();
    try {
      const { authRevision } = await this.#auth.status({ timeout: ASK_TIMEOUT });
      if (authRevision !== this.#authRevision) this.#generation += 1;
      this.#authRevision = authRevision;
      this.#isAway = false;
      this.#askedAtMs = askedAtMs;
    } catch (error) {
      if (ConcordError.is(error) && error.grpcCode === UNIMPLEMENTED) {
        this.#generation += 1;
        this.#isAway = false;
        this.#askedAtMs = askedAtMs;
      } else {
        this.#isAway = true;
        this.#askedAtMs = this.#nowMs();
      }
    }
  }
}

const isAway = (error: unknown): boolean =>
  ConcordError.is(error) && (error.code === 'UNAVAILABLE' || error.code === 'DEADLINE');
