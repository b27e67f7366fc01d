/** Who leads, as the members say: the one with the newest term that says so of itself. */
import { Maintenance, StatusRequest } from '@concord/protocol';
import type { Connections } from './load/connections.ts';

const STATUS_MS_MAX = 500;

/** Number of the leader; undefined where nobody that answers says that it leads. */
export async function findLeader(connections: Connections): Promise<number | undefined> {
  const answers = await Promise.all(
    connections.members.map(async (number) => {
      const outcome = await connections
        .to(number)
        .call(Maintenance.methods.status, StatusRequest.create(), STATUS_MS_MAX);
      if (outcome.kind !== 'ok') return undefined;
      const { header, leader, raftTerm } = outcome.response;
      return header?.memberId === leader ? { number, raftTerm } : undefined;
    }),
  );
  const claims = answers.filter((answer) => answer !== undefined);
  return claims.sort((a, b) => b.raftTerm - a.raftTerm)[0]?.number;
}
