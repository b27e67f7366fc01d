/**
 * Telling the cluster this member's name and where it serves clients, through the log: once that is applied here,
 * the member belongs to a cluster that works, and can serve.
 */
import { encodeCommand, type Command, type Replica } from '@concord/kv';
import { Member as MemberRecord, type EtcdErrorRow } from '@concord/protocol';
import type { FlagValues } from './config/flags.ts';
import { formatId } from './identity.ts';
import type { Log } from './log.ts';

/**
 * Answers true when it is done, however long the others take to come up; false when the member is told to stop
 * before that.
 */
export async function publish(
  replica: Replica,
  values: FlagValues,
  log: Log,
  signal?: AbortSignal,
): Promise<boolean> {
  const request = MemberRecord.create({
    ID: replica.memberId,
    name: values.name,
    clientURLs: values['advertise-client-urls'].map(({ text }) => text),
  });
  const command: Command = { kind: 'publish-member', request };
  const isGivenUp = (): boolean => signal?.aborted ?? false;
  while (!isGivenUp()) {
    const refused = await attempt(replica, command, signal);
    if (isGivenUp()) return false;
    if (refused === undefined) return true;
    log.warn(
      { error: refused.message, leader: formatId(replica.leader), term: replica.term },
      replica.leader === 0n
        ? 'waiting for a leader: are enough of the members that were listed running, and do they reach each other?'
        : 'could not publish this member yet; trying again',
    );
  }
  return false;
}

function attempt(
  replica: Replica,
  command: Command,
  signal: AbortSignal | undefined,
): Promise<EtcdErrorRow | undefined> {
  return new Promise((resolve) => {
    signal?.addEventListener('abort', () => resolve(undefined), { once: true });
    replica.propose(command, encodeCommand(command), (outcome) =>
      resolve('code' in outcome ? outcome : undefined),
    );
  });
}
