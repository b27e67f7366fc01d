/** `concordctl config get PATH`. */
import { itemName, type Content, type Format } from '@concord/config/records';
import { CommandError } from '../../command-error.ts';
import type { Flags } from '../../flags.ts';
import type { Command } from '../command.ts';
import { showOne } from '../listing/listing.ts';
import { without } from '../listing/without.ts';
import { itemFlags, pathArgument, secretFlags } from './config-flags.ts';
import { addressOf, readItem, readRelease, type StandingItem } from './items.ts';
import { withConfiguration, type Opened } from './with-configuration.ts';

const flags = {
  ...itemFlags,
  ...secretFlags,
  release: { kind: 'uint', default: 0, help: 'a release of the past, instead of what is live' },
  track: {
    kind: 'string',
    default: '',
    help: 'what clients on a gray track get, instead of the others',
  },
  draft: { kind: 'bool', default: false, help: 'what somebody works on, instead of what is live' },
} satisfies Flags;

interface Found {
  readonly content: Content;
  readonly format: Format;
  readonly secret: boolean;
  readonly release: number;
  readonly source: 'release' | 'track' | 'draft' | 'plain key';
  readonly by?: string | undefined;
  readonly at?: string | undefined;
  readonly comment?: string | undefined;
}

export const configGetCommand: Command<typeof flags> = {
  usage: '<path> [options]',
  description: `Prints the content of an item: what is released, or, as long as nothing is, what lies under the key of its name. What a
program sees may differ: it lays its own environment and its track over this.`,
  flags,
  async run(invocation) {
    const { args, values, signal } = invocation;
    const address = addressOf(pathArgument('get', args), values.namespace);
    const { found, text } = await withConfiguration(invocation, values, async (opened) => {
      const standing = await readItem(opened.client, address, { signal });
      const found = await choose(standing, values, opened, signal);
      return { found, text: opened.sight.show(address, found.content, found.secret) };
    });
    if (text === undefined && invocation.presenter().format === 'simple') {
      throw new CommandError(
        `${itemName(address)} is secret: give --reveal and --config-keys to see it`,
      );
    }
    const rest = without(found, 'content');
    await showOne(invocation.presenter(), {
      text: text === undefined || text.endsWith('\n') ? (text ?? '') : `${text}\n`,
      fields: [
        ['path', address.path],
        ['release', found.release],
        ['source', found.source],
        ['format', found.format],
        ['secret', found.secret],
        ['by', found.by],
        ['at', found.at],
        ['comment', found.comment],
        ['content', text],
      ],
      document: {
        namespace: address.namespace,
        path: address.path,
        ...rest,
        content: text ?? null,
      },
    });
  },
};

async function choose(
  standing: StandingItem,
  values: { readonly release: number; readonly track: string; readonly draft: boolean },
  { client }: Opened,
  signal: AbortSignal,
): Promise<Found> {
  const { address, record, draft, plain, isSecret } = standing;
  const name = itemName(address);
  if (values.release > 0) {
    const entry = await readRelease(client, address, values.release, { signal });
    if (entry.content === undefined) {
      throw new CommandError(`release ${values.release} of ${name} is its deletion`);
    }
    const { content, secret = false } = entry;
    return { ...without(entry, 'track'), content, secret, source: 'release' };
  }
  if (values.draft) {
    if (draft === undefined) throw new CommandError(`there is no draft of ${name}`);
    const { base, ...rest } = draft.record;
    return { ...rest, secret: isSecret, release: base, source: 'draft' };
  }
  if (values.track !== '') {
    const track = record?.gray?.find((one) => one.name === values.track);
    if (track === undefined || record === undefined)
      throw new CommandError(`${name} has no track "${values.track}"`);
    const { content, release } = track;
    return { content, release, format: record.format, secret: isSecret, source: 'track' };
  }
  if (record !== undefined && record.release > 0) {
    return { ...without(record, 'latest', 'gray'), secret: isSecret, source: 'release' };
  }
  if (plain !== undefined) {
    return { content: plain.text, format: 'text', secret: false, release: 0, source: 'plain key' };
  }
  const hint = draft === undefined ? '' : `; there is a draft: see --draft`;
  throw new CommandError(
    `nothing is released as ${name}, and there is no key /${address.path}${hint}`,
  );
}
