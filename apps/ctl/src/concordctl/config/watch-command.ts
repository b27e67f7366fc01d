/** `concordctl config watch PATH`. */
import type { Client } from '@concord/client';
import {
  decodeRecord,
  itemKey,
  itemName,
  type ItemAddress,
  type ItemRecord,
} from '@concord/config/records';
import { CommandError, exitCodes } from '../../command-error.ts';
import type { Flags } from '../../flags.ts';
import type { Command, Invocation } from '../command.ts';
import { jsonLine } from '../listing/listing.ts';
import { without } from '../listing/without.ts';
import { itemFlags, pathArgument, secretFlags } from './config-flags.ts';
import { addressOf, readItem } from './items.ts';
import { merged } from './merged-watch.ts';
import type { Sight } from './secrets.ts';
import { withConfiguration } from './with-configuration.ts';

const flags = { ...itemFlags, ...secretFlags } satisfies Flags;

/** What an item is at a revision. */
type Seen =
  | { readonly kind: 'released'; readonly record: ItemRecord }
  | { readonly kind: 'plain'; readonly content: string }
  | { readonly kind: 'deleted' };

export const configWatchCommand: Command<typeof flags> = {
  usage: '<path> [options]',
  description: `Prints the content of an item as it is, and again whenever something is released, until it is interrupted; a line before
it says which release it is. As long as nothing is released, the key of the item's name is followed.`,
  flags,
  async run(invocation) {
    const { args, values, signal } = invocation;
    const address = addressOf(pathArgument('watch', args), values.namespace);
    const { format } = invocation.presenter();
    if (format !== 'json' && format !== 'simple') {
      throw new CommandError(`${format} not supported as output format`, exitCodes.badFeature);
    }
    await withConfiguration(invocation, values, async ({ client, sight }) => {
      for await (const { seen, revision } of changesOf(client, address, signal)) {
        show(invocation, address, sight, seen, revision);
      }
    });
  },
};

async function* changesOf(
  client: Client,
  address: ItemAddress,
  signal: AbortSignal,
): AsyncGenerator<{ readonly seen: Seen; readonly revision: number }> {
  const { record, plain, revision } = await readItem(client, address, { signal });
  let isReleased = record !== undefined;
  if (record !== undefined) yield { seen: { kind: 'released', record }, revision };
  else if (plain !== undefined) yield { seen: { kind: 'plain', content: plain.text }, revision };
  const key = itemKey(address);
  const plainKey = plain?.key ?? `/${address.path}`;
  const from = revision + 1;
  const watches = [key, plainKey].map((one) => client.watch(one, { from, signal }));
  try {
    for await (const change of merged(watches)) {
      const text = change.kind === 'put' ? change.entry.text : undefined;
      const isItem = (change.kind === 'put' ? change.entry.key : change.key) === key;
      const at = change.kind === 'put' ? change.entry.modRevision : change.modRevision;
      if (!isItem && isReleased) continue;
      const decoded = isItem && text !== undefined ? decodeRecord(text) : undefined;
      if (isItem) isReleased = decoded !== undefined;
      if (decoded !== undefined)
        yield { seen: { kind: 'released', record: decoded }, revision: at };
      else if (!isItem && text !== undefined)
        yield { seen: { kind: 'plain', content: text }, revision: at };
      else yield { seen: { kind: 'deleted' }, revision: at };
    }
  } finally {
    await Promise.all(watches.map((watch) => watch.close()));
  }
}

function show(
  { print, presenter }: Invocation<typeof flags>,
  address: ItemAddress,
  sight: Sight,
  seen: Seen,
  revision: number,
): void {
  const { namespace, path } = address;
  const isJson = presenter().format === 'json';
  const item = { namespace, path, revision };
  if (seen.kind === 'deleted') {
    return print(
      isJson ? jsonLine({ ...item, kind: 'deleted' }) : `# ${itemName(address)} deleted\n`,
    );
  }
  const content = seen.kind === 'plain' ? seen.content : shown(sight, address, seen.record);
  if (isJson) {
    const record = seen.kind === 'released' ? seen.record : undefined;
    const tracks = (record?.gray ?? []).map((track) => without(track, 'content'));
    const rest = record === undefined ? {} : without(record, 'content', 'gray');
    const shownContent = content ?? null;
    print(jsonLine({ ...item, kind: seen.kind, ...rest, tracks, content: shownContent }));
    return;
  }
  const text = content ?? '[secret]';
  print(`# ${titleOf(address, seen)}\n${text.endsWith('\n') ? text : `${text}\n`}`);
}

const shown = (sight: Sight, address: ItemAddress, record: ItemRecord): string | undefined =>
  sight.show(address, record.content, record.secret === true);

function titleOf(address: ItemAddress, seen: Exclude<Seen, { kind: 'deleted' }>): string {
  const name = itemName(address);
  if (seen.kind === 'plain') return `${name} plain key`;
  const { release, by, at, comment, gray = [] } = seen.record;
  const tracks = gray.map((track) => `, track ${track.name} has release ${track.release}`).join('');
  const who = by === undefined ? '' : ` by ${by}`;
  return `${name} release ${release}${who} at ${at}${comment === undefined ? '' : ` (${comment})`}${tracks}`;
}
