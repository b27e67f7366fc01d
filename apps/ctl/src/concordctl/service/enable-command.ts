/** `concordctl service enable SERVICE ID`. */
import { CommandError } from '../../command-error.ts';
import type { Flags } from '../../flags.ts';
import type { Command } from '../command.ts';
import { showOne } from '../listing/listing.ts';
import { actorOf, withClient } from '../sdk/with-client.ts';
import { decide } from './decision.ts';
import { decisionFlags, instanceArguments, untilOf } from './service-flags.ts';

const flags = {
  ...decisionFlags,
  force: {
    kind: 'bool',
    default: false,
    help: 'have it served even if it says of itself that it starts or drains',
  },
} satisfies Flags;

export const serviceEnableCommand: Command<typeof flags> = {
  usage: '<service> <id> [options]',
  description:
    'Takes back what was decided about the state of an instance, such as that it drains.',
  flags,
  async run(invocation) {
    const { args, values, signal } = invocation;
    const name = instanceArguments('enable', args);
    const origin = {
      by: actorOf(invocation, values.by),
      reason: values.reason,
      until: untilOf(values.for),
    };
    const state = values.force ? 'serving' : null;
    const { before, revision } = await withClient(invocation, (client) =>
      decide(client, name, { state }, origin, { signal }),
    );
    const { declared } = before.instance;
    const now = values.force ? 'serving' : declared.state;
    await showOne(invocation.presenter(), {
      text: `${name.id} is ${now}\n`,
      fields: [
        ['service', name.service],
        ['id', name.id],
        ['state', now],
        ['revision', revision],
      ],
      document: { ...name, state: now, revision },
    });
    if (now === 'serving') return;
    throw new CommandError(
      `${name.id} says of itself that it is ${now}, and is not picked: its program decides that, or --force does`,
    );
  },
};
