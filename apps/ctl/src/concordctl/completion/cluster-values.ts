/** Names that the cluster knows, for completion: asked for within a moment, and done without where that is too long. */
import { Auth, Cluster, KV } from '@concord/protocol';
import { registryKeys } from '@concord/registry/records';
import { itemsPrefix } from '@concord/config/records';
import { lineOf } from '@concord/lock/records';
import type { EtcdClient } from '../connection/etcd-client.ts';
import type { Wanted } from './argument-kinds.ts';

/** Somebody waits at the prompt. */
const ANSWER_MS_MAX = 1_000;
/** Keys that are looked at, and names that are shown: more than that, and one types another letter. */
const SCANNED_MAX = 2_000;
const SHOWN_MAX = 200;

export async function clusterValues(
  client: EtcdClient,
  wanted: Wanted,
  current: string,
  args: readonly string[],
): Promise<readonly string[]> {
  const values = await ask(client, wanted, current, args);
  const distinct = [...new Set(values)].filter((value) => value.startsWith(current));
  return distinct.sort().slice(0, SHOWN_MAX);
}

async function ask(
  client: EtcdClient,
  wanted: Wanted,
  current: string,
  args: readonly string[],
): Promise<readonly string[]> {
  switch (wanted) {
    case 'key':
      return upToSlash(
        (await keys(client, current)).map(({ key }) => key),
        current,
      );
    case 'service':
      return segments(client, registryKeys.allInstances);
    case 'instance':
      return segments(client, registryKeys.instances(args[0] ?? ''));
    case 'item': {
      const prefix = itemsPrefix('default');
      const slash = current.startsWith('/') ? '/' : '';
      const found = await keys(client, `${prefix}${current.slice(slash.length)}`);
      return upToSlash(
        found.map(({ key }) => `${slash}${key.slice(prefix.length)}`),
        current,
      );
    }
    case 'lock':
      return (await keys(client, current)).flatMap((pair) => lineOf(pair) ?? []);
    case 'member':
      return members(client);
    case 'user':
      return (await call(client, Auth.methods.userList)).users;
    case 'role':
      return (await call(client, Auth.methods.roleList)).roles;
  }
}

async function keys(
  client: EtcdClient,
  prefix: string,
): Promise<readonly { readonly key: string; readonly lease: bigint }[]> {
  const { range } = KV.methods;
  const key = Buffer.from(prefix === '' ? '\0' : prefix);
  const request = range.request.create({
    key,
    rangeEnd: prefix === '' ? Buffer.from('\0') : endOf(key),
    limit: SCANNED_MAX,
    keysOnly: true,
    serializable: true,
  });
  const { kvs } = await client.call(range, request, options);
  return kvs.map(({ key, lease }) => ({ key: Buffer.from(key).toString('utf8'), lease }));
}

/** The next part of what lies below `prefix`. */
async function segments(client: EtcdClient, prefix: string): Promise<readonly string[]> {
  const found = await keys(client, prefix);
  return found.map(({ key }) => key.slice(prefix.length).split('/')[0] ?? '');
}

/** Of `/a/b/c` for `/a`: `/a/b/`, as shells complete directories; whole where nothing lies below. */
function upToSlash(all: readonly string[], current: string): readonly string[] {
  return all.map((value) => {
    const next = value.indexOf('/', current.length + (current === '' ? 1 : 0));
    return next === -1 ? value : value.slice(0, next + 1);
  });
}

async function members(client: EtcdClient): Promise<readonly string[]> {
  const { members } = await call(client, Cluster.methods.memberList);
  return members.map(({ ID }) => ID.toString(16));
}

const options = { timeoutMs: ANSWER_MS_MAX, isRepeatable: true };

const call = <Response>(
  client: EtcdClient,
  method: Parameters<typeof client.call<object, Response>>[0],
): Promise<Response> => client.call(method, method.request.create(), options);

function endOf(key: Uint8Array): Uint8Array {
  const end = Uint8Array.from(key);
  end[end.length - 1]! += 1;
  return end;
}
