/**
 * Goal: what proxies answer of keys that they own could have happened one after the other, whatever is late or lost. Method:
 * many seeds of a world in simulated time. `LEASING_SEED` and `LEASING_RUNS` choose others.
 */
import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import {
  Compare,
  DeleteRangeRequest,
  PutRequest,
  RangeRequest,
  TxnRequest,
  type RequestOp,
} from '@concord/protocol';
import { Random } from '@concord/testing';
import { NOBODY } from '../../apps/server/src/proxy/grpc/asker.ts';
import type { Caller } from '../../apps/server/src/proxy/grpc/leasing/cluster-kv.ts';
import { LeasingWorld, type SimulatedProxy } from './leasing-world.ts';
import {
  nextInput,
  RegisterHistory,
  type Held,
  type RegisterInput,
  type RegisterOutput,
} from './register-history.ts';

const RUNS = Number(process.env['LEASING_RUNS'] ?? 4);
const SEED = Number(process.env['LEASING_SEED'] ?? Math.floor(Math.random() * 1e9));
const RUN_MS = 20_000;
const PROXIES = 3;
const CLIENTS_OF_EACH = 2;
/** For how long the same keys are worked on. */
const ROUND_MS = 900;
const THINK_MS_MAX = 60;
/** Of calls that are given up. */
const IMPATIENT_SHARE = 0.05;

for (let run = 0; run < RUNS; run++) {
  const seed = SEED + run;
  test(`nothing is answered that could not have been, with LEASING_SEED=${seed}`, async () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    try {
      const world = new LeasingWorld(new Random(seed));
      let order = 0;
      const history = new RegisterHistory(() => order++);
      const proxies = Array.from({ length: PROXIES }, () => world.proxy());
      const clients = proxies.flatMap((proxy, i) =>
        Array.from({ length: CLIENTS_OF_EACH }, (_, j) => act(world, proxy, history, `${i}${j}`)),
      );
      const over = Promise.all(clients).then(() => 'over' as const);
      // What waits for a lease to end is given time for it.
      for (let i = 0; i < RUN_MS * 2; i++) {
        world.tick();
        mock.timers.tick(1);
        const isOver = await Promise.race([over, turn()]);
        if (isOver === 'over') break;
      }
      assert.equal(await Promise.race([over, turn()]), 'over', 'everybody is answered');
      const hits = proxies.reduce((sum, { protocol }) => sum + protocol.ownership.hits, 0);
      const acquired = proxies.reduce(
        (sum, { protocol }) => sum + protocol.ownership.acquisitions,
        0,
      );
      assert.ok(hits > 20 && acquired > 20, `${hits} reads of ${acquired} owned keys`);
      assert.equal(history.judge(), 'linearizable');
    } finally {
      mock.timers.reset();
    }
  });
}

/** All that is due now has happened. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function act(
  world: LeasingWorld,
  proxy: SimulatedProxy,
  history: RegisterHistory,
  name: string,
): Promise<void> {
  const { random } = world;
  let seen: Held;
  for (let i = 0; world.nowMs < RUN_MS; i++) {
    const round = Math.floor(world.nowMs / ROUND_MS);
    const [a, b] = [`${round}/a`, `${round}/b`];
    const stop = new AbortController();
    const caller = { asker: NOBODY, signal: stop.signal };
    if (random.chance(IMPATIENT_SHARE)) setTimeout(() => stop.abort(), random.integer(0, 60));
    if (random.chance(0.1)) {
      const value = random.chance(0.5) ? undefined : `${name}.${i}`;
      const both = [a, b].map((key): RegisterInput => ({ kind: 'write', key, value }));
      await history.record(both, () => writeBoth(proxy, both.length, a, value, caller));
    } else {
      const input = nextInput(random, random.pick([a, b]), `${name}.${i}`, seen);
      const outputs = await history.record([input], async () => [
        await perform(proxy, input, caller),
      ]);
      if (input.kind === 'read') seen = outputs?.[0]?.held;
    }
    await new Promise((resolve) => setTimeout(resolve, random.integer(0, THINK_MS_MAX)));
  }
}

/** Deletes a range, or puts both keys in one transaction. */
async function writeBoth(
  { protocol: { writes } }: SimulatedProxy,
  count: number,
  first: string,
  value: Held,
  caller: Caller,
): Promise<RegisterOutput[]> {
  const prefix = first.slice(0, -1);
  if (value === undefined) {
    const range = { key: Buffer.from(prefix), rangeEnd: Buffer.from(`${prefix}~`) };
    await writes.deleteRange(DeleteRangeRequest.create(range), caller);
  } else {
    const success = ['a', 'b'].map((end) => putting(prefix + end, value));
    await writes.txn(TxnRequest.create({ success }), caller);
  }
  return Array.from({ length: count }, () => ({}));
}

async function perform(
  proxy: SimulatedProxy,
  input: RegisterInput,
  caller: Caller,
): Promise<RegisterOutput> {
  const { writes } = proxy.protocol;
  const key = Buffer.from(input.key);
  if (input.kind === 'read') return { held: await read(proxy, key, caller) };
  if (input.kind === 'exchange') {
    const { expected, value } = input;
    const compare = [
      Compare.create(
        expected === undefined
          ? { key, target: 1, targetUnion: { case: 'createRevision', value: 0 } }
          : { key, target: 3, targetUnion: { case: 'value', value: Buffer.from(expected) } },
      ),
    ];
    const success = [putting(input.key, value)];
    const answer = await writes.txn(TxnRequest.create({ compare, success }), caller);
    return { succeeded: answer?.succeeded === true };
  }
  if (input.value === undefined)
    await writes.deleteRange(DeleteRangeRequest.create({ key }), caller);
  else await writes.put(PutRequest.create({ key, value: Buffer.from(input.value) }), caller);
  return {};
}

/** As the proxy's own service: from memory, else by acquiring the key, else as it is at the cluster. */
async function read({ protocol, kv }: SimulatedProxy, key: Buffer, caller: Caller): Promise<Held> {
  const { reads } = protocol;
  const request = RangeRequest.create({ key });
  const { kvs } =
    reads.range(request, caller.asker) ??
    (await (reads.acquire(request, caller) ?? kv.range(request, caller)));
  return kvs[0] && Buffer.from(kvs[0].value).toString();
}

const putting = (key: string, value: string): RequestOp => ({
  request: {
    case: 'requestPut',
    value: PutRequest.create({ key: Buffer.from(key), value: Buffer.from(value) }),
  },
});
