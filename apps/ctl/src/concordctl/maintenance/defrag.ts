/** `concordctl defrag` */
import { DefragmentRequest, Maintenance } from '@concord/protocol';
import { exitCodes, SilentExit } from '../../command-error.ts';
import { formatDuration } from '../../go-format/duration.ts';
import type { Command } from '../command.ts';
import { clusterFlag, endpointsOf, messageOf } from '../endpoint/each-endpoint.ts';

export const defragCommand: Command<typeof clusterFlag> = {
  usage: '[options]',
  flags: clusterFlag,
  async run(invocation) {
    const { connect, print, tell } = invocation;
    let hasFailed = false;
    for (const endpoint of await endpointsOf(invocation)) {
      const client = await connect({ endpoints: [endpoint] });
      const startedAtMs = performance.now();
      const took = (): string => formatDuration(performance.now() - startedAtMs);
      try {
        await client.call(Maintenance.methods.defragment, DefragmentRequest.create());
        print(`Finished defragmenting etcd member[${endpoint}]. took ${took()}\n`);
      } catch (error) {
        hasFailed = true;
        tell(
          `Failed to defragment etcd member[${endpoint}]. took ${took()}. (${messageOf(error)})`,
        );
      }
      client.close();
    }
    if (hasFailed) throw new SilentExit(exitCodes.failure);
  },
};
