/** Commands that ask endpoints one by one. */
import { Cluster, MemberListRequest } from '@concord/protocol';
import { CommandError, exitCodes } from '../../command-error.ts';
import type { Flags } from '../../flags.ts';
import type { Invocation } from '../command.ts';
import { DeadlineError, RpcError } from '../connection/rpc-error.ts';

/** The flag of commands that are not in the group `endpoint`, whose own it is there. */
export const clusterFlag = {
  cluster: {
    kind: 'bool',
    default: false,
    help: 'the endpoints of all members of the cluster instead',
  },
} satisfies Flags;

/** The endpoints of the flags; with `--cluster` those that the members say they have. Throws `CommandError`. */
export async function endpointsOf(invocation: Invocation): Promise<readonly string[]> {
  const settings = invocation.settings();
  const { cluster } = invocation.values as { readonly cluster?: boolean };
  if (cluster !== true) return settings.endpoints;
  const client = await invocation.connect().catch((error: unknown) => {
    throw error instanceof CommandError ? new CommandError(error.message) : error;
  });
  try {
    const request = MemberListRequest.create({ linearizable: true });
    const { members } = await client.call(Cluster.methods.memberList, request, {
      isRepeatable: true,
    });
    return members.flatMap(({ clientURLs }) => clientURLs);
  } catch (error) {
    throw new CommandError(
      `failed to fetch endpoints from etcd cluster member list: ${messageOf(error)}`,
      exitCodes.failure,
    );
  } finally {
    client.close();
  }
}

/** What a call failed with, in a word; throws what is no failure of a call. */
export function messageOf(error: unknown): string {
  const isExpected =
    error instanceof RpcError || error instanceof DeadlineError || error instanceof CommandError;
  if (isExpected) return error.message;
  throw error;
}
