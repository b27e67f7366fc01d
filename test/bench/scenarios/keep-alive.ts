/**
 * Lease keep-alive: every caller holds one lease and one stream, and asks for the next renewal when the
 * last is answered.
 */
import { randomInt } from 'node:crypto';
import type { Call, H2Client } from '../h2-client.ts';
import { MessageAssembler } from '../message-assembler.ts';
import type { MeasuredWindow } from '../measured-window.ts';
import { message } from '../protobuf.ts';
import type { Scenario } from '../scenario.ts';

/** Long enough that no lease expires between two renewals. */
const LEASE_TTL_SECONDS = 600;
/** Lease ids are drawn below this, so that two runs on one server do not meet. */
const LEASE_ID_MAX = 2 ** 47;

/** A lease and the connection on which it is renewed. */
interface HeldLease {
  readonly client: H2Client;
  readonly id: number;
}

async function grantLease(client: H2Client): Promise<HeldLease> {
  const id = randomInt(1, LEASE_ID_MAX);
  await client.request('/etcdserverpb.Lease/LeaseGrant', message([1, LEASE_TTL_SECONDS], [2, id]));
  return { client, id };
}

/** Resolves when the window is over and the stream has ended. */
function renewWhileOpen({ client, id }: HeldLease, window: MeasuredWindow): Promise<void> {
  return new Promise((resolve) => {
    const renewal = message([1, id]);
    let startedAt = performance.now();
    let last = false;
    const assembler = new MessageAssembler(() => {
      const now = performance.now();
      window.finished(startedAt, now);
      if (last) return;
      last = !window.isOpen(now);
      startedAt = now;
      client.send(call, renewal, last);
    });
    const call: Call = client.start(
      '/etcdserverpb.Lease/LeaseKeepAlive',
      renewal,
      {
        onData: (bytes, start, end) => assembler.push(bytes, start, end),
        onEnd: (status, text) => {
          if (status !== 0) window.failed(`LeaseKeepAlive: status ${status}: ${text}`);
          resolve();
        },
      },
      false,
    );
  });
}

/** The scenario. */
export const keepAlive: Scenario = {
  name: 'lease-keep-alive',
  unit: 'calls',
  run: async ({ callers, clients, window }) => {
    const leases = await Promise.all(
      Array.from({ length: callers }, (_, caller) => grantLease(clients[caller % clients.length]!)),
    );
    const measured = window.measure();
    await Promise.all(leases.map((lease) => renewWhileOpen(lease, window)));
    await measured;
  },
};
