/** Items in one JSON document, to be kept in a repository or carried to another cluster; the gateway reads and writes the same. */
import type { CallOptions, Client } from '@concord/client';
import {
  EXPORT_KIND,
  FORMATS,
  isSealed,
  releaseBytes,
  type Content,
  type Format,
} from '@concord/config/records';
import { CommandError } from '../../command-error.ts';
import { addressOf, listItems, readItem } from './items.ts';

export interface ArchivedItem {
  readonly path: string;
  readonly format: Format;
  /** As it is stored: what is secret stays sealed. */
  readonly content: Content;
}

export interface ConfigArchive {
  readonly kind: typeof EXPORT_KIND;
  /** An export of the gateway in another's hands may have none. */
  readonly namespace: string | undefined;
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
    const { format, content } = record;
    items.push({ path: address.path, format, content });
  }
  return { kind: EXPORT_KIND, namespace, items };
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
  if (value.kind !== EXPORT_KIND) {
    throw fault(`its "kind" is ${JSON.stringify(value.kind)}, not "${EXPORT_KIND}"`);
  }
  const { namespace, items } = value;
  if (namespace !== undefined && typeof namespace !== 'string') {
    throw fault('its "namespace" is no text');
  }
  if (!Array.isArray(items)) throw fault('its "items" is no list');
  const checked = items.map((item: unknown, at) => checkedItem(item, `items[${at}]`));
  const paths = new Set<string>();
  for (const { path } of checked) {
    if (paths.has(path)) throw fault(`it has ${path} twice`);
    paths.add(path);
  }
  return { kind: EXPORT_KIND, namespace, items: checked };
}

function checkedItem(item: unknown, where: string): ArchivedItem {
  if (typeof item !== 'object' || item === null) throw fault(`${where} is no object`);
  const { path, format, content } = item as Record<string, unknown>;
  if (typeof path !== 'string') throw fault(`${where}.path is no text`);
  if (!FORMATS.includes(format as Format)) {
    throw fault(`${where}.format is ${JSON.stringify(format)}: give ${FORMATS.join(', ')}`);
  }
  if (typeof content !== 'string' && !isSealed(content)) {
    throw fault(`${where}.content is neither a text nor sealed`);
  }
  return { path, format: format as Format, content };
}

const fault = (problem: string): CommandError =>
  new CommandError(`this is no export of configuration: ${problem}`);

export interface PlannedItem extends ArchivedItem {
  readonly kind: 'new' | 'changed' | 'same';
  /** The release that it is planned upon, 0 for none. */
  readonly base: number;
  /** What it takes of a transaction, at most. */
  readonly bytes: number;
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
    const stored = record === undefined ? '' : JSON.stringify(record);
    const bytes = releaseBytes(item.content, Buffer.byteLength(stored));
    planned.push({ ...item, kind, base: record?.release ?? 0, bytes });
  }
  return planned;
}
