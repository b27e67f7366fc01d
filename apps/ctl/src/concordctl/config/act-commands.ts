/** What is done to an item that is live: rolled back, deleted, its tracks promoted, widened or abandoned. */
import type { BasedOptions, Configuration, Release } from '@concord/config';
import { itemName } from '@concord/config/records';
import { CommandError, refuseArguments } from '../../command-error.ts';
import type { Flags, FlagValues } from '../../flags.ts';
import type { Command, Invocation } from '../command.ts';
import { actorOf } from '../sdk/with-client.ts';
import {
  actFlags,
  baseFlags,
  baseOption,
  itemFlags,
  pathArgument,
  textOption,
} from './config-flags.ts';
import { addressOf, readItem, targetOf } from './items.ts';
import { asRelease, showReleases, type Sentence } from './released.ts';
import { trackFlags, trackOptions } from './track-flags.ts';
import { withConfiguration, type Opened } from './with-configuration.ts';

const flags = { ...itemFlags, ...actFlags, ...baseFlags } satisfies Flags;
const rollbackFlags = {
  ...flags,
  to: {
    kind: 'uint',
    default: 0,
    help: 'the release whose content comes back; the one before what is live by default',
  },
} satisfies Flags;
const { match, percent, 'hash-by': hashBy } = trackFlags;
const widenFlags = { ...flags, match, percent, 'hash-by': hashBy } satisfies Flags;

const optionsOf = (
  invocation: Invocation,
  { by, comment, base }: FlagValues<typeof flags>,
): BasedOptions => ({
  by: actorOf(invocation, by),
  comment: textOption(comment),
  base: baseOption(base),
  signal: invocation.signal,
});

async function act(
  invocation: Invocation,
  sentence: Sentence,
  work: (opened: Opened) => Promise<Release>,
): Promise<void> {
  const release = await withConfiguration(invocation, {}, work);
  await showReleases(invocation.presenter(), [release], sentence);
}

export const configRollbackCommand: Command<typeof rollbackFlags> = {
  usage: '<path> [options]',
  description:
    'Brings the content of an earlier release back, as a new release. Nothing of the history is lost.',
  flags: rollbackFlags,
  async run(invocation) {
    const { args, values, signal } = invocation;
    const address = addressOf(pathArgument('rollback', args), values.namespace);
    await act(invocation, asRelease('Rolled back'), async ({ client, configuration }) => {
      const { record } = await readItem(client, address, { signal });
      const to =
        values.to > 0 ? values.to : await before(configuration, address, record?.release ?? 0);
      return configuration.rollback(targetOf(address), { ...optionsOf(invocation, values), to });
    });
  },
};

/** The newest release to everybody that is older than what is live, and has content. */
async function before(
  configuration: Configuration,
  address: Parameters<typeof itemName>[0],
  live: number,
): Promise<number> {
  for await (const item of configuration.history(targetOf(address))) {
    const isOlder = item.release < live || live === 0;
    if (isOlder && item.track === 'base' && item.kind === 'release') return item.release;
  }
  throw new CommandError(`${itemName(address)} has no release to go back to`);
}

export const configDeleteCommand: Command<typeof flags> = {
  usage: '<path> [options]',
  description:
    'Takes an item away from its clients; its history stays, and a rollback brings it back.',
  flags,
  async run(invocation) {
    const { args, values } = invocation;
    const address = addressOf(pathArgument('delete', args), values.namespace);
    await act(invocation, asRelease('Deleted'), ({ configuration }) =>
      configuration.delete(targetOf(address), optionsOf(invocation, values)),
    );
  },
};

function trackArguments(
  command: string,
  args: readonly string[],
): readonly [path: string, track: string] {
  const [path, track, ...more] = args;
  if (path !== undefined && track !== undefined && more.length === 0) return [path, track];
  refuseArguments(
    `config ${command} needs the path of an item and the name of a track as its arguments`,
  );
}

export const configPromoteCommand: Command<typeof flags> = {
  usage: '<path> <track> [options]',
  description: 'Gives what a track has to all clients.',
  flags,
  async run(invocation) {
    const { args, values } = invocation;
    const [path, track] = trackArguments('promote', args);
    const target = targetOf(addressOf(path, values.namespace));
    await act(invocation, asRelease('Promoted'), ({ configuration }) =>
      configuration.promote(target, track, optionsOf(invocation, values)),
    );
  },
};

export const configAbandonCommand: Command<typeof flags> = {
  usage: '<path> <track> [options]',
  description: 'Ends a track: its clients get what all others have.',
  flags,
  async run(invocation) {
    const { args, values } = invocation;
    const [path, track] = trackArguments('abandon', args);
    const target = targetOf(addressOf(path, values.namespace));
    await act(
      invocation,
      ({ item, release }) => `Ended track ${track} of ${item}: its clients get release ${release}`,
      ({ configuration }) => configuration.abandon(target, track, optionsOf(invocation, values)),
    );
  },
};

export const configWidenCommand: Command<typeof widenFlags> = {
  usage: '<path> <track> [options]',
  description:
    'Changes who is on a track; a larger percentage keeps the clients that a smaller one had.',
  flags: widenFlags,
  async run(invocation) {
    const { args, values } = invocation;
    const [path, track] = trackArguments('widen', args);
    const target = targetOf(addressOf(path, values.namespace));
    const gray = trackOptions({ ...values, track });
    if (gray === undefined) refuseArguments('config widen needs the name of a track');
    await act(
      invocation,
      ({ item }) => `Changed who is on track ${track} of ${item}`,
      ({ configuration }) => configuration.widen(target, gray, optionsOf(invocation, values)),
    );
  },
};
