/** Ways to falsify what clients were told. Each answers a history that no correct cluster could have, or nothing. */
import { isDeepStrictEqual } from 'node:util';
import { etcdErrors, type KeyValue } from '@concord/protocol';
import type { Random } from '@concord/testing';
import type { Operation } from '../history.ts';
import type { RunRecord } from '../record.ts';
import type { Specimen } from './specimen.ts';

export type Mutation = (specimen: Specimen, random: Random) => RunRecord | undefined;

/** One of them, if there is any. */
export function pickOf<T>(random: Random, choices: readonly T[]): T | undefined {
  return choices.length === 0 ? undefined : random.pick(choices);
}

const responseOf = <O extends Operation>(
  operation: O,
): Extract<O['outcome'], { kind: 'ok' }>['response'] => {
  if (operation.outcome?.kind !== 'ok') throw new Error('it was answered');
  return operation.outcome.response;
};

const readsWithKeys = (specimen: Specimen): Operation<'range' | 'past-range'>[] =>
  specimen.answered('range', 'past-range').filter((read) => responseOf(read).kvs.length > 0);

export const answerMutations: Readonly<Record<string, Mutation>> = {
  'two reads are swapped': (specimen, random) => {
    const reads = random.shuffled(specimen.answered('range')).slice(0, 40);
    const [a] = reads;
    const b = reads.find((read) => a && !isDeepStrictEqual(bare(read), bare(a)));
    if (a === undefined || b === undefined) return undefined;
    return specimen.withResponse(a, responseOf(b));
  },
  'a read is stale': (specimen, random) => {
    const read = pickOf(random, specimen.linearizableReads);
    if (read === undefined || read.indexBefore < 1) return undefined;
    const answeredIndex = random.integer(0, read.indexBefore - 1);
    const response = specimen.rangeAt(read, answeredIndex);
    if (response === undefined) return undefined;
    const outcome = { kind: 'ok', response } as const;
    return specimen.withOperation(read.number, { answeredIndex, outcome });
  },
  'a read shows another state than the member had': (specimen, random) => {
    const read = pickOf(random, specimen.answered('range'));
    if (read === undefined || read.answeredIndex < 1) return undefined;
    const response = specimen.rangeAt(read, random.integer(0, read.answeredIndex - 1));
    const isSame = isDeepStrictEqual(
      { ...response, header: response?.header?.revision },
      { ...responseOf(read), header: responseOf(read).header?.revision },
    );
    return response === undefined || isSame ? undefined : specimen.withResponse(read, response);
  },
  'a read lacks a key': (specimen, random) => {
    const read = pickOf(random, readsWithKeys(specimen));
    return read && specimen.withResponse(read, { kvs: responseOf(read).kvs.slice(1) });
  },
  'a read has a key twice': (specimen, random) => {
    const read = pickOf(random, readsWithKeys(specimen));
    const first = read && responseOf(read).kvs[0];
    if (read === undefined || first === undefined) return undefined;
    return specimen.withResponse(read, { kvs: [first, ...responseOf(read).kvs] });
  },
  'a value is another': (specimen, random) =>
    withFirstKey(specimen, random, ({ value }) => ({ value: Uint8Array.of(...value, 1) })),
  'a mod revision is another': (specimen, random) =>
    withFirstKey(specimen, random, ({ modRevision }) => ({ modRevision: modRevision - 1 })),
  'a version is another': (specimen, random) =>
    withFirstKey(specimen, random, ({ version }) => ({ version: version + 1 })),
  'a header names another revision': (specimen, random) => {
    const kinds = ['put', 'delete-range', 'txn', 'range', 'lease-revoke', 'lease-grant'] as const;
    const operation = pickOf(random, specimen.answered(...kinds));
    const header = operation && responseOf(operation).header;
    if (operation === undefined || header === undefined) return undefined;
    const revision = header.revision + random.pick([-1, 1, 5]);
    return specimen.withResponse(operation, { header: { ...header, revision } });
  },
  'a transaction took the other branch': (specimen, random) => {
    const txn = pickOf(random, specimen.answered('txn'));
    return txn && specimen.withResponse(txn, { succeeded: !responseOf(txn).succeeded });
  },
  'a deletion counts one more': (specimen, random) => {
    const deletion = pickOf(random, specimen.answered('delete-range'));
    return (
      deletion && specimen.withResponse(deletion, { deleted: responseOf(deletion).deleted + 1 })
    );
  },
  'a write was refused and took place': (specimen, random) => {
    const write = pickOf(random, specimen.answered('put', 'delete-range', 'txn'));
    if (write === undefined || !isWrite(specimen, write)) return undefined;
    return specimen.withOperation(write.number, { outcome: { kind: 'refused' } });
  },
  'a write that succeeded is said to have failed': (specimen, random) => {
    const write = pickOf(random, specimen.answered('put', 'delete-range', 'lease-revoke'));
    const { message } = etcdErrors.ErrLeaseExist;
    return write && specimen.withOperation(write.number, { outcome: { kind: 'error', message } });
  },
  'a write took place before it was asked for': (specimen, random) => {
    const write = pickOf(random, specimen.answered('put', 'delete-range', 'lease-revoke'));
    return write && specimen.withOperation(write.number, { indexBefore: write.answeredIndex });
  },
  'a read of long ago is answered from then': (specimen, random) => {
    const read = pickOf(random, specimen.linearizableReads);
    return read && specimen.withOperation(read.number, { indexBefore: read.answeredIndex + 1 });
  },
  'a lease that is gone was kept alive': (specimen, random) => {
    const renewal = pickOf(
      random,
      specimen.answered('lease-keep-alive').filter((one) => responseOf(one).TTL === 0),
    );
    // No lease of the workload lives so long.
    return renewal && specimen.withResponse(renewal, { TTL: 77 });
  },
  'a list of leases lacks one': (specimen, random) => {
    const list = pickOf(
      random,
      specimen.answered('lease-list').filter((one) => responseOf(one).leases.length > 0),
    );
    return list && specimen.withResponse(list, { leases: responseOf(list).leases.slice(1) });
  },
  'a list of members lacks one': (specimen, random) => {
    const list = pickOf(random, specimen.answered('member-list'));
    return list && specimen.withResponse(list, { members: responseOf(list).members.slice(1) });
  },
};

function withFirstKey(
  specimen: Specimen,
  random: Random,
  change: (kv: KeyValue) => Partial<KeyValue>,
): RunRecord | undefined {
  const read = pickOf(random, readsWithKeys(specimen));
  if (read === undefined) return undefined;
  const [first, ...rest] = responseOf(read).kvs;
  if (first === undefined) return undefined;
  return specimen.withResponse(read, { kvs: [{ ...first, ...change(first) }, ...rest] });
}

/** A response without what names its member. */
function bare(read: Operation<'range'>): unknown {
  const { header, ...rest } = responseOf(read);
  return { ...rest, revision: header?.revision };
}

/** A transaction that only reads is in no log. */
const isWrite = (specimen: Specimen, { bytes }: Operation): boolean =>
  specimen.record.entries.some(({ data }) => Buffer.from(data).includes(Buffer.from(bytes)));
