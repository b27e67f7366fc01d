/**
 * Telling the cluster this member's name and where it serves clients, through the log: once that is applied here,
 * the member belongs to a cluster that works, and can serve.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { encodeCommand, type Command, type Replica } from '@concord/kv';
import { Member as MemberRecord, etcdErrors, type EtcdErrorRow } from '@concord/protocol';
import type { FlagValues } from './config/flags.ts';
import { formatId } from './identity.ts';
import type { Log } from './log.ts';
import type { RunningReplica } from './running-replica.ts';

/**
 * A replica that will never answer (its member was removed) refuses at once: without a pause the attempts would keep
 * the event loop from everything else, from the end of the process too.
 */
const RETRY_MS = 100;

/**
 * Answers true when it is done, however long the others take to come up; false when the member is told to stop
 * before that.
 */
export async function publish(
  { replica, operatorLog }: RunningReplica,
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
  for (let attempts = 1; !isGivenUp(); attempts++) {
    const refused = await attempt(replica, command, signal);
    // A replica that has stopped answers at once: asking it again would keep everything else from running.
    if (isGivenUp() || refused?.message === etcdErrors.ErrStopped.message) return false;
    if (refused === undefined) return true;
    if (replica.leader === 0n) operatorLog.waitsForLeader();
    // The first may be lost where a snapshot takes the place of what this member knew.
    else if (attempts > 1) {
      const leader = formatId(replica.leader);
      log.warn(
        { error: refused.message, leader, term: replica.term },
        'the leader has not noted this member yet; trying again',
      );
    }
    // An abort ends the pause, and the loop with it.
    await pause(RETRY_MS, undefined, signal && { signal }).catch(() => undefined);
  }
  return false;
}

function attempt(
  replica: Replica,
  command: Command,
  signal: AbortSignal | undefined,
): Promise<EtcdErrorRow | undefined> {
  return new Promise((resolve) => {
    const giveUp = (): void => resolve(undefined);
    signal?.addEventListener('abort', giveUp, { once: true });
    replica.propose(command, encodeCommand(command), (outcome) => {
      signal?.removeEventListener('abort', giveUp);
      resolve('code' in outcome ? outcome : undefined);
    });
  });
}
