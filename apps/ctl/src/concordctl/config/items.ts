/** Items of configuration as they lie in the cluster: what is released, what is drafted, and the plain key where neither is. */
import { op, type CallOptions, type Client, type Entry } from '@concord/client';
import type { ConfigDefinition } from '@concord/config';
import {
  decodeDraft,
  decodeHistoryEntry,
  decodeRecord,
  draftKey,
  formatOfPath,
  historyKey,
  itemAddress,
  itemKey,
  itemName,
  itemsPrefix,
  type DraftRecord,
  type Format,
  type HistoryEntry,
  type ItemAddress,
  type ItemRecord,
} from '@concord/config/records';
import { CommandError, exitCodes } from '../../command-error.ts';

export interface StandingItem {
  readonly address: ItemAddress;
  readonly record: ItemRecord | undefined;
  readonly draft: { readonly record: DraftRecord; readonly modRevision: number } | undefined;
  /** What is under the key of the item's own name, which counts as long as nothing is released. */
  readonly plain: { readonly key: string; readonly text: string } | undefined;
  /** Whether its content, drafted or released, is sealed. */
  readonly isSecret: boolean;
  readonly revision: number;
}

/** @throws CommandError for what names no item */
export function addressOf(path: string, namespace: string): ItemAddress {
  try {
    return itemAddress('config', path, namespace);
  } catch (error) {
    throw new CommandError(messageOf(error).replace(/^config: /, ''), exitCodes.badArguments);
  }
}

/** All of an item at one revision. */
export async function readItem(
  client: Client,
  address: ItemAddress,
  call: CallOptions,
): Promise<StandingItem> {
  const plainKeys = [`/${address.path}`, address.path];
  const { results, revision } = await client.kv
    .txn()
    .then(...[itemKey(address), draftKey(address), ...plainKeys].map((key) => op.get(key)))
    .commit(call);
  const [item, draft, ...plains] = results.map((one) =>
    one.kind === 'get' ? one.entry : undefined,
  );
  const record = item === undefined ? undefined : recordIn(item, address);
  const drafted = draft && decodeDraft(draft.text);
  const plain = plains.find((entry) => entry !== undefined);
  return {
    address,
    record,
    draft:
      draft === undefined || drafted === undefined
        ? undefined
        : { record: drafted, modRevision: draft.modRevision },
    plain: plain && { key: plain.key, text: plain.text },
    isSecret: record?.secret === true || drafted?.secret === true,
    revision,
  };
}

function recordIn(entry: Entry, address: ItemAddress): ItemRecord {
  const record = decodeRecord(entry.text);
  if (record !== undefined) return record;
  throw new CommandError(
    `what is under ${entry.key} is no record of a release of ${itemName(address)}: see who wrote it, and delete the key`,
  );
}

export interface ListedItem {
  readonly address: ItemAddress;
  readonly record: ItemRecord;
}

/** The released items of a namespace, by path. */
export async function* listItems(
  client: Client,
  namespace: string,
  prefix: string,
  call: CallOptions,
): AsyncGenerator<ListedItem> {
  const all = itemsPrefix(namespace);
  const wanted = prefix.replace(/^\//, '');
  for await (const entry of client.kv.entries({ prefix: `${all}${wanted}` }, call)) {
    const path = entry.key.slice(all.length);
    const record = decodeRecord(entry.text);
    if (record !== undefined) yield { address: { namespace, path, given: path }, record };
  }
}

/** One release of the past. @throws CommandError when the history does not have it */
export async function readRelease(
  client: Client,
  address: ItemAddress,
  release: number,
  call: CallOptions,
): Promise<HistoryEntry> {
  const entry = await client.kv.get(historyKey(address, release), call);
  const found = entry && decodeHistoryEntry(entry.text);
  if (found !== undefined) return found;
  throw new CommandError(
    `${itemName(address)} has no release ${release} in its history: see concordctl config history ${address.path}`,
  );
}

/** The format of new content: as it was, as its path says, else what it looks like. */
export const formatFor = (
  { address, record, draft }: StandingItem,
  given: Format | undefined,
): Format =>
  given ?? draft?.record.format ?? record?.format ?? formatOfPath(address.path) ?? 'text';

/** The item as the SDK takes it: no schema, since the programs that have one judge for themselves. */
export const targetOf = ({
  namespace,
  path,
}: Pick<ItemAddress, 'namespace' | 'path'>): ConfigDefinition => ({
  id: path,
  namespace,
  restartRequired: [],
  secret: false,
  merge: false,
});

export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
