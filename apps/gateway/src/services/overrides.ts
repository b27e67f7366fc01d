/** What operators decide about instances, kept beside what those say of themselves: both survive each other. */
import { compare, missing, op, type Client } from '@concord/client';
import { registryKeys } from '@concord/registry/records';
import type { Override } from '@concord/registry';
import type { Precondition } from '../http/etag.ts';
import { Problem } from '../http/problem.ts';
import { named, unknownInstance, type InstanceName } from './registrar.ts';
import type { ServiceDirectory, StoredOverride } from './service-directory.ts';
import type { OverrideBody } from './service-schemas.ts';

export class Overrides {
  readonly #client: Client;
  readonly #directory: ServiceDirectory;

  constructor(client: Client, directory: ServiceDirectory) {
    this.#client = client;
    this.#directory = directory;
  }

  /**
   * Decides. Bound to the life that the instance has now, unless the body says otherwise: whoever takes the id over later
   * starts without it.
   *
   * @param by - who decides
   * @throws Problem `not-found`, `precondition-failed`
   */
  async put(
    name: InstanceName,
    body: OverrideBody,
    by: string,
    precondition: Precondition,
  ): Promise<StoredOverride> {
    const incarnation = this.#incarnation(name, body.incarnation);
    const { weight, state, reason, until } = body;
    const value: Override = {
      ...(weight !== undefined && { weight }),
      ...(state !== undefined && { state }),
      reason,
      by,
      ...(until !== undefined && { until: Date.parse(until) }),
      ...(incarnation !== undefined && { incarnation }),
    };
    const key = registryKeys.override(name.service, name.id);
    const write = op.put(key, JSON.stringify(value));
    const revision = await this.#commit(name, precondition, write);
    return { value, modRevision: revision };
  }

  /** @throws Problem `not-found`, `precondition-failed` */
  async remove(name: InstanceName, precondition: Precondition): Promise<number> {
    const key = registryKeys.override(name.service, name.id);
    if (precondition.kind === 'none') {
      const { deleted, revision } = await this.#client.kv.delete(key);
      if (deleted === 0) {
        throw new Problem('not-found', { detail: `${named(name)} has no override` });
      }
      await this.#directory.reached(revision);
      return revision;
    }
    return await this.#commit(name, precondition, op.delete(key));
  }

  async #commit(
    name: InstanceName,
    precondition: Precondition,
    write: ReturnType<typeof op.put>,
  ): Promise<number> {
    const key = registryKeys.override(name.service, name.id);
    const conditions =
      precondition.kind === 'none'
        ? []
        : precondition.kind === 'absent'
          ? [missing(key)]
          : precondition.kind === 'present'
            ? [compare(key).createRevision('!=', 0)]
            : [compare(key).modRevision('=', precondition.revision)];
    const answer = await this.#client.kv
      .txn()
      .if(...conditions)
      .then(write)
      .commit();
    if (!answer.succeeded) {
      throw new Problem('precondition-failed', {
        detail: `the override of ${named(name)} is not what it was: read the instance again`,
      });
    }
    await this.#directory.reached(answer.revision);
    return answer.revision;
  }

  #incarnation(name: InstanceName, given: string | null | undefined): string | undefined {
    if (given !== undefined) return given ?? undefined;
    const listed = this.#directory.instance(name.service, name.id);
    if (listed === undefined) throw unknownInstance(name);
    return listed.instance.incarnation;
  }
}
