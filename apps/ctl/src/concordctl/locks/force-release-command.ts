/** `concordctl locks force-release NAME [LEASE]`. */
import { compare, ConcordError, op } from '@concord/client';
import type { Place } from '@concord/lock/records';
import { CommandError, exitCodes, refuseArguments } from '../../command-error.ts';
import type { Flags } from '../../flags.ts';
import type { Command } from '../command.ts';
import { showOne } from '../listing/listing.ts';
import { withClient } from '../sdk/with-client.ts';
import { readLine, type StandingLine } from './lines.ts';
import { titleOf } from './place-text.ts';

const flags = {
  revoke: {
    kind: 'bool',
    default: false,
    help: 'end its lease as well, and with it whatever else hangs on that',
  },
} satisfies Flags;

export const locksForceReleaseCommand: Command<typeof flags> = {
  usage: '<name> [lease] [options]',
  description: `Takes the place of whoever holds a lock away, or of the lease that is named, so that the next one has its turn. The holder is
told by its next look at the cluster at the latest, and may do something until then: what must not happen twice has to be
guarded by the fencing token.`,
  flags,
  async run(invocation) {
    const { args, values, signal } = invocation;
    const [name, lease, ...more] = args;
    if (name === undefined || more.length > 0) {
      refuseArguments(
        'locks force-release needs the name of a lock and at most a lease as its arguments',
      );
    }
    const wanted = lease === undefined ? undefined : leaseOf(lease);
    const { place, next } = await withClient(invocation, async (client) => {
      const line = await readLine(client, name, { signal });
      const place = placeIn(line, wanted);
      const { key, createRevision } = place;
      // The very place that was looked at: whoever took the lock since then keeps it.
      const { succeeded } = await client.kv
        .txn()
        .if(compare(key).createRevision('=', createRevision))
        .then(op.delete(key))
        .commit({ repeatable: true, signal });
      if (!succeeded)
        throw new CommandError(`${titleOf(place)} has just left ${name}: nothing was done`);
      if (values.revoke) {
        await client.leases.revoke(place.lease, { signal }).catch((error: unknown) => {
          if (!ConcordError.is(error, 'NOT_FOUND')) throw error;
        });
      }
      return { place, next: await readLine(client, name, { signal }) };
    });
    const holders = next.holders.map(titleOf);
    const now = holders.length === 0 ? 'it is free' : `${holders.join(', ')} has it now`;
    const id = place.lease.toString(16);
    await showOne(invocation.presenter(), {
      text: `Took the place of ${titleOf(place)} at ${name}; ${now}\n`,
      fields: [
        ['name', name],
        ['lease', id],
        ['token', place.createRevision],
        ['holders', holders.join(' ')],
      ],
      document: {
        name,
        lease: id,
        token: place.createRevision,
        holders: next.holders.map((one) => one.lease.toString(16)),
      },
    });
  },
};

function leaseOf(text: string): bigint {
  if (/^[0-9a-f]{1,16}$/i.test(text)) return BigInt(`0x${text}`);
  throw new CommandError(
    `"${text}" is no lease: give it in hexadecimal, as locks inspect shows it`,
    exitCodes.badArguments,
  );
}

function placeIn({ name, holders, waiters }: StandingLine, wanted: bigint | undefined): Place {
  if (wanted !== undefined) {
    const found = [...holders, ...waiters].find(({ lease }) => lease === wanted);
    if (found !== undefined) return found;
    throw new CommandError(`lease ${wanted.toString(16)} has no place at ${name}`);
  }
  const [only, ...others] = holders;
  if (only === undefined) throw new CommandError(`nobody holds ${name}`);
  if (others.length === 0) return only;
  const leases = holders.map(({ lease }) => lease.toString(16)).join(', ');
  throw new CommandError(
    `${holders.length} hold ${name}: name the lease of the one that is meant, of ${leases}`,
    exitCodes.badArguments,
  );
}
