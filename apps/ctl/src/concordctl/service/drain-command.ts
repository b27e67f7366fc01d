/** `concordctl service drain SERVICE ID`. */
import { CommandError } from '../../command-error.ts';
import type { Flags } from '../../flags.ts';
import type { Command } from '../command.ts';
import { showOne } from '../listing/listing.ts';
import { actorOf, withClient } from '../sdk/with-client.ts';
import { waitForConsumers, type Seen } from './consumers.ts';
import { decide } from './decision.ts';
import { decisionFlags, instanceArguments, untilOf, waitFlags } from './service-flags.ts';

const flags = { ...decisionFlags, ...waitFlags } satisfies Flags;

export const serviceDrainCommand: Command<typeof flags> = {
  usage: '<service> <id> [options]',
  description: `Decides that consumers pick the instance no more, and waits until all of them have seen it. The instance stays
registered and may finish what it has; "service enable" takes the decision back. It counts for this life of the instance:
whoever registers under the id after a restart starts without it.`,
  flags,
  async run(invocation) {
    const { args, values, signal } = invocation;
    const name = instanceArguments('drain', args);
    const origin = {
      by: actorOf(invocation, values.by),
      reason: values.reason,
      until: untilOf(values.for),
    };
    const { seen, revision } = await withClient(invocation, async (client) => {
      const { revision } = await decide(client, name, { state: 'draining' }, origin, { signal });
      const wait = { of: 'overrides', revision, waitMs: values.wait, signal } as const;
      return { revision, seen: await waitForConsumers(client, name.service, wait) };
    });
    const { outcome, acknowledged, pending, waitedMs } = seen;
    await showOne(invocation.presenter(), {
      text: `${name.id} is draining: ${seenText(seen)}\n`,
      fields: [
        ['service', name.service],
        ['id', name.id],
        ['outcome', outcome],
        ['acknowledged', acknowledged],
        ['pending', pending.join(' ')],
        ['waited ms', waitedMs],
        ['revision', revision],
      ],
      document: { ...name, ...seen, revision },
    });
    if (outcome === 'timeout') throw notSeen(seen);
  },
};

export function seenText({ outcome, acknowledged, pending, waitedMs }: Seen): string {
  const consumers = `${acknowledged} of ${acknowledged + pending.length} consumers have seen it`;
  return outcome === 'skipped' ? consumers : `${consumers} after ${(waitedMs / 1000).toFixed(1)} s`;
}

export const notSeen = ({ pending }: Seen): CommandError =>
  new CommandError(`not all consumers have seen it in time: ${pending.join(', ')}`);
