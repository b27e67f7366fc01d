/** `concordctl service watch SERVICE`. */
import { Registry, type Instance, type ViewUpdate } from '@concord/registry';
import { CommandError, exitCodes } from '../../command-error.ts';
import type { Flags } from '../../flags.ts';
import type { Command, Invocation } from '../command.ts';
import { jsonLine } from '../listing/listing.ts';
import { withClient } from '../sdk/with-client.ts';
import { instanceColumns, instanceDocument } from './instance-listing.ts';
import { serviceArgument } from './service-flags.ts';

const flags = {} satisfies Flags;

interface Happening {
  readonly type: 'ADDED' | 'CHANGED' | 'REMOVED';
  readonly instance: Instance;
  /** Of one that was removed: whether it went by itself or was lost. */
  readonly reason?: string;
}

export const serviceWatchCommand: Command<typeof flags> = {
  usage: '<service>',
  description: `Shows the instances that there are, and then what happens to them, one line each, until it is interrupted.
Nobody is held back here: instances that are lost are shown as lost at once, and drains do not wait for this command.`,
  flags,
  async run(invocation) {
    const service = serviceArgument('watch', invocation.args);
    const show = printerOf(invocation);
    await withClient(invocation, async (client) => {
      await using registry = new Registry(client);
      const options = { acknowledge: false, protection: false, cache: false } as const;
      const view = await registry.discover(service, options);
      const { signal } = invocation;
      for (const instance of view.snapshot.instances) {
        show({ type: 'ADDED', instance }, view.snapshot.revision);
      }
      for await (const update of view.updates({ signal })) {
        for (const one of happeningsOf(update)) show(one, update.snapshot.revision);
      }
    });
  },
};

const happeningsOf = ({ added, changed, removed }: ViewUpdate): readonly Happening[] => [
  ...added.map((instance): Happening => ({ type: 'ADDED', instance })),
  ...changed.map(({ current }): Happening => ({ type: 'CHANGED', instance: current })),
  ...removed.map(({ instance, reason }): Happening => ({ type: 'REMOVED', instance, reason })),
];

function printerOf(
  invocation: Invocation<typeof flags>,
): (one: Happening, revision: number) => void {
  const { format } = invocation.presenter();
  if (format === 'json') {
    return ({ type, instance, reason }, revision) =>
      invocation.print(
        jsonLine({
          type,
          revision,
          ...(reason !== undefined && { reason }),
          instance: instanceDocument(instance),
        }),
      );
  }
  if (format !== 'simple') {
    throw new CommandError(`${format} not supported as output format`, exitCodes.badFeature);
  }
  return ({ type, instance, reason }) => {
    const cells = instanceColumns.map(({ value }) => String(value(instance) ?? ''));
    invocation.print(`${type}, ${cells.join(', ')}${reason === undefined ? '' : `, ${reason}`}\n`);
  };
}
