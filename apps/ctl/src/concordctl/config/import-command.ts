/** `concordctl config import [FILE]`. */
import type { ActOptions, Release } from '@concord/config';
import { isSealed, releaseParts } from '@concord/config/records';
import { refuseArguments } from '../../command-error.ts';
import type { Flags } from '../../flags.ts';
import type { Command } from '../command.ts';
import { showListing } from '../listing/listing.ts';
import { actorOf } from '../sdk/with-client.ts';
import { parseArchive, planImport, type PlannedItem } from './archive.ts';
import { actFlags, keyFlags, textOption } from './config-flags.ts';
import { contentOf } from './content.ts';
import { addressOf, targetOf } from './items.ts';
import { asRelease, showReleases } from './released.ts';
import { withConfiguration, type Opened } from './with-configuration.ts';

const flags = {
  namespace: {
    kind: 'string',
    short: 'n',
    default: '',
    help: 'another namespace than that of the export',
  },
  ...actFlags,
  ...keyFlags,
  'dry-run': {
    kind: 'bool',
    default: false,
    help: 'show what would be released, and release nothing',
  },
} satisfies Flags;

export const configImportCommand: Command<typeof flags> = {
  usage: '[file] [options]  (file or stdin)',
  description: `Releases the items of an export. Those that are the same already are left alone, and nothing is deleted; what somebody
releases meanwhile is not overwritten. Up to 32 items are released at one revision. The gateway's exports are the same.`,
  flags,
  async run(invocation) {
    const { args, values, signal } = invocation;
    if (args.length > 1) refuseArguments('config import takes at most a file as its argument');
    const archive = parseArchive(await contentOf(invocation, undefined, args[0] ?? ''));
    const namespace = values.namespace === '' ? archive.namespace : values.namespace;
    if (namespace === undefined) refuseArguments('the export names no namespace: give --namespace');
    await withConfiguration(invocation, values, async (opened) => {
      const planned = await planImport(opened.client, archive, namespace, { signal });
      if (values['dry-run']) return showPlan(planned, namespace);
      const act = {
        by: actorOf(invocation, values.by),
        comment: textOption(values.comment),
        signal,
      };
      const releases = await releaseAll(opened, planned, namespace, act);
      invocation.tell(
        `${releases.length} items released, ${planned.length - releases.length} were the same`,
      );
      await showReleases(invocation.presenter(), releases, asRelease('Released'));
    });

    async function showPlan(planned: readonly PlannedItem[], namespace: string): Promise<void> {
      await showListing<PlannedItem>(invocation.presenter(), {
        columns: [
          { title: 'path', value: ({ path }) => path },
          { title: 'change', value: ({ kind }) => kind },
          { title: 'base', value: ({ base }) => base },
        ],
        rows: planned,
        document: {
          namespace,
          items: planned.map(({ path, kind, base }) => ({ path, change: kind, base })),
        },
      });
    }
  },
};

async function releaseAll(
  { configuration }: Opened,
  planned: readonly PlannedItem[],
  namespace: string,
  act: ActOptions,
): Promise<readonly Release[]> {
  const releases: Release[] = [];
  for (const part of releaseParts(planned.filter(({ kind }) => kind !== 'same'))) {
    const items = part.map(({ path, content, format, base }) => ({
      item: targetOf(addressOf(path, namespace)),
      content,
      format,
      base,
      ...(isSealed(content) && { secret: true }),
    }));
    releases.push(...(await configuration.release(items, act)));
  }
  return releases;
}
