/** Ways to falsify what took place: the log that clients' answers are held against, and the time of what it says. */
import { commandOf } from '../checkers/second-replica.ts';
import { pickOf, type Mutation } from './answer-mutations.ts';

const nothing = new Uint8Array(0);

export const logMutations: Readonly<Record<string, Mutation>> = {
  'an acknowledged write is lost': (specimen, random) => {
    const entry = pickOf(random, specimen.acknowledgedEntries);
    return entry && specimen.withEntry(entry.index, { data: nothing });
  },
  'a write takes place twice': (specimen, random) => {
    const entry = pickOf(random, specimen.acknowledgedEntries);
    const empty = pickOf(random, specimen.emptyEntries);
    if (entry === undefined || empty === undefined) return undefined;
    return specimen.withEntry(empty.index, { data: entry.data, kind: entry.kind });
  },
  'two writes change places': (specimen, random) => {
    const entries = specimen.acknowledgedEntries;
    const [a, b] = random.shuffled(entries);
    if (a === undefined || b === undefined) return undefined;
    const { entries: before } = specimen.record;
    return {
      ...specimen.record,
      entries: before.map((entry) => {
        if (entry.index === a.index) return { ...entry, data: b.data };
        return entry.index === b.index ? { ...entry, data: a.data } : entry;
      }),
    };
  },
  'a write is of other bytes': (specimen, random) => {
    const entry = pickOf(random, specimen.acknowledgedEntries);
    if (entry === undefined) return undefined;
    const data = entry.data.slice();
    // The last byte is of the number of the request, and changes no field that the server knows.
    data[data.length - 1] = (data.at(-1) as number) ^ 1;
    return specimen.withEntry(entry.index, { data });
  },
  'a lease expires early': (specimen, random) => {
    const grants = new Map<bigint, { atMs: number; ttlSeconds: number }>();
    const expiries = specimen.record.entries.flatMap((entry) => {
      const command = commandOf(entry);
      if (command?.kind === 'lease-grant' && !grants.has(command.request.ID)) {
        const atMs = entry.applied?.atMs ?? 0;
        grants.set(command.request.ID, { atMs, ttlSeconds: command.request.TTL });
      }
      // What was revoked before has nothing left to expire.
      if (command?.kind === 'lease-revoke') grants.delete(command.request.ID);
      const isExpiry = command?.kind === 'lease-expiry' && command.request.term === entry.term;
      const grant = isExpiry ? grants.get(command.request.ID) : undefined;
      if (isExpiry) grants.delete(command.request.ID);
      return grant === undefined ? [] : [{ entry, grant }];
    });
    const expiry = pickOf(random, expiries);
    if (expiry === undefined) return undefined;
    const { atMs, ttlSeconds } = expiry.grant;
    const appendedAtMs = atMs + ttlSeconds * 1000 * random.between(0, 0.9);
    return specimen.withEntry(expiry.entry.index, { appendedAtMs });
  },
};
