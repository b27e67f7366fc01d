/** `concordctl config release PATH…`. */
import type { GrayOptions, ReleaseItem } from '@concord/config';
import { itemName, type Content, type Format } from '@concord/config/records';
import { CommandError, exitCodes, refuseArguments } from '../../command-error.ts';
import type { Flags, FlagValues } from '../../flags.ts';
import type { Command } from '../command.ts';
import { actorOf } from '../sdk/with-client.ts';
import {
  actFlags,
  baseFlags,
  baseOption,
  contentFlags,
  formatOption,
  itemFlags,
  keyFlags,
  textOption,
} from './config-flags.ts';
import { contentOf } from './content.ts';
import { dropDraft } from './drafts.ts';
import { addressOf, readItem, targetOf, type StandingItem } from './items.ts';
import { asRelease, showReleases } from './released.ts';
import { trackFlags, trackOptions } from './track-flags.ts';
import { withConfiguration } from './with-configuration.ts';

const flags = {
  ...itemFlags,
  ...contentFlags,
  ...actFlags,
  ...keyFlags,
  ...baseFlags,
  ...trackFlags,
  file: {
    kind: 'string',
    short: 'f',
    default: '',
    help: 'release the content of a file (- for stdin) instead of the draft',
  },
} satisfies Flags;

interface Chosen {
  readonly content: Content;
  readonly format?: Format | undefined;
  readonly secret: boolean;
  readonly base: number | undefined;
}

export const configReleaseCommand: Command<typeof flags> = {
  usage: '<path>… [options]',
  description: `Releases drafts: clients get them at once, several items at one revision. A draft whose base is not live any more is refused:
look at "config diff", and release it with --base to mean it. With --file, the content of a file is released instead of
the draft. With --track, some clients get it and the others keep what they have; "config promote" gives it to all.`,
  flags,
  async run(invocation) {
    const { args, values, signal } = invocation;
    if (args.length === 0 || (values.file !== '' && args.length > 1)) {
      refuseArguments('config release needs the paths of items as its arguments, one with --file');
    }
    const text =
      values.file === '' ? undefined : await contentOf(invocation, undefined, values.file);
    const gray = trackOptions(values);
    const releases = await withConfiguration(
      invocation,
      values,
      async ({ client, configuration }) => {
        const standing = await Promise.all(
          args.map((path) => readItem(client, addressOf(path, values.namespace), { signal })),
        );
        const released = await configuration.release(
          standing.map((one) => itemOf(one, chosen(one, text, values), gray)),
          {
            by: actorOf(invocation, values.by),
            comment: commentOf(values.comment, standing),
            signal,
          },
        );
        if (text === undefined) for (const one of standing) await dropDraft(client, one);
        return released;
      },
    );
    await showReleases(invocation.presenter(), releases, asRelease('Released'));
  },
};

function chosen(
  standing: StandingItem,
  text: string | undefined,
  values: FlagValues<typeof flags>,
): Chosen {
  const { draft, isSecret } = standing;
  const format = formatOption(values.format);
  const secret = values.secret || isSecret;
  const base = baseOption(values.base);
  if (text !== undefined) return { content: text, format, secret, base };
  if (draft === undefined) {
    const name = itemName(standing.address);
    throw new CommandError(
      `there is no draft of ${name} to release: write one with config set or config edit, or give --file`,
      exitCodes.failure,
    );
  }
  const { record } = draft;
  return {
    content: record.content,
    format: format ?? record.format,
    secret,
    base: base ?? record.base,
  };
}

const itemOf = (
  { address }: StandingItem,
  { content, format, secret, base }: Chosen,
  gray: GrayOptions | undefined,
): ReleaseItem => ({ item: targetOf(address), content, format, secret, base, gray });

/** What was said when the draft was written, unless something is said now. */
const commentOf = (given: string, standing: readonly StandingItem[]): string | undefined =>
  textOption(given) ?? standing.find(({ draft }) => draft?.record.comment)?.draft?.record.comment;
