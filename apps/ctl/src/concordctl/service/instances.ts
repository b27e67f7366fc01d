/** Instances as they lie in the cluster, with what operators decided about them: read at one revision. */
import { op, type CallOptions, type Client, type Entry } from '@concord/client';
import type { Instance, Override } from '@concord/registry';
import {
  decodeInstance,
  decodeOverride,
  isName,
  registryKeys,
  withOverride,
} from '@concord/registry/records';
import { CommandError } from '../../command-error.ts';

export interface ListedInstance {
  /** As consumers treat it. */
  readonly instance: Instance;
  readonly entry: Entry;
  /** What is stored, whether in force or not. */
  readonly override: { readonly value: Override; readonly modRevision: number } | undefined;
}

/** By id. @throws CommandError for what can't be a service */
export async function readInstances(
  client: Client,
  service: string,
  call: CallOptions,
): Promise<readonly ListedInstance[]> {
  checkService(service);
  const directory = registryKeys.instances(service);
  const decisions = registryKeys.overrides(service);
  const { results } = await client.kv
    .txn()
    .then(op.range({ prefix: directory }), op.range({ prefix: decisions }))
    .commit(call);
  const [instances = [], overrides = []] = results.map((result) =>
    result.kind === 'range' ? result.entries : [],
  );
  const decided = new Map(overrides.map((entry) => [entry.key.slice(decisions.length), entry]));
  return instances.flatMap((entry) => {
    const id = entry.key.slice(directory.length);
    const one = listed(service, id, entry, decided.get(id));
    return one === undefined ? [] : [one];
  });
}

/** @throws CommandError when it is not registered, naming those that are */
export async function readInstance(
  client: Client,
  service: string,
  id: string,
  call: CallOptions,
): Promise<ListedInstance> {
  const all = await readInstances(client, service, call);
  const found = all.find(({ instance }) => instance.id === id);
  if (found !== undefined) return found;
  const others =
    all.length === 0
      ? `no instance of "${service}" is registered`
      : `registered are ${all
          .slice(0, 10)
          .map(({ instance }) => instance.id)
          .join(', ')}${all.length > 10 ? ', …' : ''}`;
  throw new CommandError(`instance "${id}" of "${service}" is not registered: ${others}`);
}

export function checkService(service: string): void {
  if (isName(service)) return;
  throw new CommandError(
    `"${service}" is no name of a service: give 1 to 128 letters, digits, dots, underscores and dashes`,
  );
}

function listed(
  service: string,
  id: string,
  entry: Entry,
  decision: Entry | undefined,
): ListedInstance | undefined {
  const decoded = decodeInstance(service, id, entry);
  if (!decoded.ok) return undefined;
  const override = overrideOf(decision);
  return { instance: withOverride(decoded.value, override, Date.now()), entry, override };
}

function overrideOf(entry: Entry | undefined): ListedInstance['override'] {
  if (entry === undefined) return undefined;
  const decoded = decodeOverride(entry.text);
  return decoded.ok ? { value: decoded.value, modRevision: entry.modRevision } : undefined;
}
