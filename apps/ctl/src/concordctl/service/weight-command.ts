/** `concordctl service weight SERVICE ID WEIGHT`. */
import { WEIGHT_MAX } from '@concord/registry';
import { CommandError, exitCodes, refuseArguments } from '../../command-error.ts';
import type { Flags } from '../../flags.ts';
import type { Command } from '../command.ts';
import { showOne } from '../listing/listing.ts';
import { actorOf, withClient } from '../sdk/with-client.ts';
import { decide } from './decision.ts';
import { decisionFlags, instanceArguments, untilOf } from './service-flags.ts';

const flags = { ...decisionFlags } satisfies Flags;

export const serviceWeightCommand: Command<typeof flags> = {
  usage: '<service> <id> <weight|reset> [options]',
  description: `Decides which share of the calls an instance gets, relative to the others: 0 (none) to ${WEIGHT_MAX}. "reset" takes the
decision back, and what the instance says of itself counts again.`,
  flags,
  async run(invocation) {
    const { args, values, signal } = invocation;
    if (args.length !== 3) {
      refuseArguments(
        'service weight needs a service, the id of an instance and a weight as its arguments',
      );
    }
    const name = instanceArguments('weight', args.slice(0, 2));
    const weight = weightOf(args[2] ?? '');
    const origin = {
      by: actorOf(invocation, values.by),
      reason: values.reason,
      until: untilOf(values.for),
    };
    const { before, revision } = await withClient(invocation, (client) =>
      decide(client, name, { weight }, origin, { signal }),
    );
    const { instance } = before;
    const now = weight ?? instance.declared.weight;
    await showOne(invocation.presenter(), {
      text: `${name.id} has weight ${now}, had ${instance.weight}\n`,
      fields: [
        ['service', name.service],
        ['id', name.id],
        ['weight', now],
        ['before', instance.weight],
        ['revision', revision],
      ],
      document: { ...name, weight: now, before: instance.weight, revision },
    });
  },
};

function weightOf(text: string): number | null {
  if (text === 'reset') return null;
  const weight = Number(text);
  if (/^\d+$/.test(text) && weight <= WEIGHT_MAX) return weight;
  throw new CommandError(
    `the weight is "${text}": give an integer from 0 to ${WEIGHT_MAX}, or reset`,
    exitCodes.badArguments,
  );
}
