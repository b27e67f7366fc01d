/** What is done to live items: released, rolled back, deleted; by the SDK's own hand, so that both do the same. */
import { ConcordError } from '@concord/client';
import type { ConfigDefinition, Configuration, Release, ReleaseItem } from '@concord/config';
import type { Format, ItemAddress } from '@concord/config/records';
import { Problem } from '../http/problem.ts';

/** Who does it, why, and what it is conditional on. */
export interface Act {
  readonly by: string;
  readonly comment?: string | undefined;
  /** The release that the change was made from, 0 for none. */
  readonly base?: number | undefined;
}

export interface NewContent {
  readonly content: unknown;
  readonly format?: Format | undefined;
  readonly secret?: boolean | undefined;
}

export class ReleaseDesk {
  readonly #config: Configuration;

  constructor(config: Configuration) {
    this.#config = config;
  }

  /** @throws Problem `invalid-content` with each fault and its place */
  async release(address: ItemAddress, next: NewContent, act: Act): Promise<Release> {
    const [release] = await this.releaseAll([{ address, ...next, base: act.base }], act);
    return release!;
  }

  /** Several items at one revision. */
  async releaseAll(
    items: readonly (NewContent & {
      readonly address: ItemAddress;
      readonly base?: number | undefined;
      readonly gray?: ReleaseItem['gray'];
    })[],
    { by, comment }: Act,
  ): Promise<readonly Release[]> {
    const wanted = items.map(({ address, ...rest }) => ({ ...rest, item: targetOf(address) }));
    return this.#config.release(wanted, { by, comment });
  }

  rollback(address: ItemAddress, to: number, act: Act): Promise<Release> {
    return this.#config.rollback(targetOf(address), { ...act, to });
  }

  /** @throws Problem `not-found`, naming the plain key where that is all there is */
  async delete(address: ItemAddress, act: Act): Promise<Release> {
    try {
      return await this.#config.delete(targetOf(address), act);
    } catch (error) {
      if (!ConcordError.is(error, 'NOT_FOUND')) throw error;
      throw new Problem('not-found', {
        detail: `${address.path} has no release; a plain key is deleted under /v1/keys`,
        cause: error,
      });
    }
  }
}

/** The item as the SDK takes it: no schema, since the programs that have one judge for themselves. */
export const targetOf = ({ namespace, path }: ItemAddress): ConfigDefinition => ({
  id: path,
  namespace,
  restartRequired: [],
  secret: false,
  merge: false,
});
