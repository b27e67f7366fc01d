/** Items in one JSON document, to be kept in a repository or carried to another cluster. */
import type { CallOptions, Client } from '@concord/client';
import {
  FORMATS,
  isSealed,
  RELEASE_ITEMS_MAX,
  type Content,
  type Format,
} from '@concord/config/records';
import { CommandError } from '../../command-error.ts';
import { addressOf, listItems, readItem } from './items.ts';

/** Raised when a reader of today could not make sense of it. */
const VERSION = 1;

export interface ArchivedItem {
  readonly path: string;
  readonly format: Format;
  /** As it is stored: what is secret stays sealed. */
  readonly content: Content;
  readonly secret?: boolean;
  /** Where it came from; an import makes numbers of its own. */
  readonly release?: number;
}

export interface ConfigArchive {
  readonly concordConfig: typeof VERSION;
  readonly namespace: string;
  readonly items: readonly ArchivedItem[];
}

/** What is released to everybody: gray releases belong to the cluster where they are tried. */
export async function exportItems(
  client: Client,
  namespace: string,
  prefix: string,
  call: CallOptions,
): Promise<ConfigArchive> {
  const items: ArchivedItem[] = [];
  for await (const { address, record } of listItems(client, namespace, prefix, call)) {
    // An item that was released on tracks alone has nothing for everybody yet.
    if (record.release === 0) continue;
    const { format, content, secret, release } = record;
    items.push({
      path: address.path,
      format,
      content,
      ...(secret === true && { secret }),
      release,
    });
  }
  return { concordConfig: VERSION, namespace, items };
}

/** @throws CommandError naming what is wrong, and where */
export function parseArchive(text: string): ConfigArchive {
  let value: Partial<Record<keyof ConfigArchive, unknown>> | null;
  try {
    value = JSON.parse(text) as typeof value;
  } catch (error) {
    throw fault(`it is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (typeof value !== 'object' || value === null) throw fault('it is no object');
  if (value.concordConfig !== VERSION) {
    throw fault(`its "concordConfig" is ${JSON.stringify(value.concordConfig)}, not ${VERSION}`);
  }
  const { namespace, items } = value;
  if (typeof namespace !== 'string') throw fault('its "namespace" is no text');
  if (!Array.isArray(items)) throw fault('its "items" is no list');
  const checked = items.map((item: unknown, at) => checkedItem(item, `items[${at}]`, namespace));
  const double = checked.find(
    ({ path }, at) => checked.findIndex((one) => one.path === path) !== at,
  );
  if (double !== undefined) throw fault(`it has ${double.path} twice`);
  return { concordConfig: VERSION, namespace, items: checked };
}

function checkedItem(item: unknown, where: string, namespace: string): ArchivedItem {
  if (typeof item !== 'object' || item === null) throw fault(`${where} is no object`);
  const { path, format, content, secret = false } = item as Record<string, unknown>;
  if (typeof path !== 'string') throw fault(`${where}.path is no text`);
  addressOf(path, namespace);
  if (!FORMATS.includes(format as Format)) {
    throw fault(`${where}.format is ${JSON.stringify(format)}: give ${FORMATS.join(', ')}`);
  }
  if (typeof content !== 'string' && !isSealed(content)) {
    throw fault(`${where}.content is neither a text nor sealed`);
  }
  if (typeof secret !== 'boolean') throw fault(`${where}.secret is no boolean`);
  return { path, format: format as Format, content, ...(secret && { secret }) };
}

const fault = (problem: string): CommandError =>
  new CommandError(`this is no export of configuration: ${problem}`);

export interface PlannedItem extends ArchivedItem {
  readonly kind: 'new' | 'changed' | 'same';
  /** The release that it is planned upon, 0 for none. */
  readonly base: number;
}

/** What an import would do, and upon what: whatever is released meanwhile makes it fail, and not be overwritten. */
export async function planImport(
  client: Client,
  { items }: ConfigArchive,
  namespace: string,
  call: CallOptions,
): Promise<readonly PlannedItem[]> {
  const planned: PlannedItem[] = [];
  for (const item of items) {
    const { record } = await readItem(client, addressOf(item.path, namespace), call);
    const isSame =
      record !== undefined &&
      record.release > 0 &&
      record.format === item.format &&
      JSON.stringify(record.content) === JSON.stringify(item.content);
    const kind = isSame ? 'same' : (record?.release ?? 0) > 0 ? 'changed' : 'new';
    planned.push({ ...item, kind, base: record?.release ?? 0 });
  }
  return planned;
}

/** As many at a time as one transaction releases. */
export function inBatches<T>(items: readonly T[]): T[][] {
  const batches: T[][] = [];
  for (let at = 0; at < items.length; at += RELEASE_ITEMS_MAX) {
    batches.push(items.slice(at, at + RELEASE_ITEMS_MAX));
  }
  return batches;
}
