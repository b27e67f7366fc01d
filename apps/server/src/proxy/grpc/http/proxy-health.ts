/**
 * `/health` asks the cluster, `/proxy/health` this proxy at the address that clients are told: a read, and there a watch
 * too.
 */
import {
  encode,
  etcdErrors,
  KV,
  RangeRequest,
  Watch,
  WatchCreateRequest,
  WatchRequest,
} from '@concord/protocol';
import type { HealthCounts } from '../../../http/health-counts.ts';
import { healthReply } from '../../../http/health.ts';
import type { Endpoint, HttpReply } from '../../../http/router.ts';
import type { CallFailure } from '../cluster/call-failure.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { ask } from '../cluster/unary.ts';

/** etcd's. */
const READ_MS_MAX = 1000;
const WATCH_MS_MAX = 3000;
/** Whatever key: what counts is that there is an answer. */
const KEY = Buffer.from('a');

export const clusterHealth =
  (cluster: Cluster, counts: HealthCounts): Endpoint =>
  async () =>
    counted(await flawOfReads(cluster), counts);

/** @param itself undefined where no address is advertised */
export const proxyHealth =
  (itself: () => Cluster | undefined, counts: HealthCounts): Endpoint =>
  async () => {
    const cluster = itself();
    if (cluster === undefined) return counted('no connection to proxy', counts);
    const flaw = (await flawOfReads(cluster)) ?? (await flawOfWatches(cluster));
    return counted(flaw, counts);
  };

/** As in etcd, both paths count together. */
function counted(flaw: string | undefined, counts: HealthCounts): HttpReply {
  if (flaw === undefined) counts.successes++;
  else counts.failures++;
  return healthReply(flaw);
}

/** Whoever is told that he may not read was answered. */
const REFUSALS = [etcdErrors.ErrPermissionDenied, etcdErrors.ErrUserEmpty];

async function flawOfReads(cluster: Cluster): Promise<string | undefined> {
  const signal = AbortSignal.timeout(READ_MS_MAX);
  try {
    await ask(cluster, KV.methods.range, RangeRequest.create({ key: KEY }), signal);
    return undefined;
  } catch (error) {
    const failure = error as CallFailure;
    if (REFUSALS.some((row) => failure.is(row))) return undefined;
    return `GET ERROR:${signal.aborted ? 'context deadline exceeded' : failure.message}`;
  }
}

function flawOfWatches(cluster: Cluster): Promise<string | undefined> {
  return new Promise((resolve) => {
    const value = WatchCreateRequest.create({ key: KEY });
    const request = encode(WatchRequest, { requestUnion: { case: 'createRequest', value } });
    const done = (flaw?: string): void => {
      clearTimeout(timer);
      watching.cancel();
      resolve(flaw);
    };
    const timer = setTimeout(() => done('WATCH TIMEOUT'), WATCH_MS_MAX);
    const watching = cluster.open(
      Watch.methods.watch.path,
      {},
      {
        opened: (call) => void call.write(request),
        // That there is an answer, whatever it says.
        message: () => done(),
        ended: () => done(),
      },
    );
  });
}
