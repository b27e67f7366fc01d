/** `concordctl check datascale` */
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { exitCodes, SilentExit } from '../../command-error.ts';
import type { Command } from '../command.ts';
import type { EtcdClient } from '../connection/etcd-client.ts';
import { ProgressBar } from '../progress/progress-bar.ts';
import { checkFlags } from './check-flags.ts';
import { CheckKeys, compact, defragmentAll } from './check-keys.ts';
import { dataLoad } from './load-model.ts';
import { putLoad } from './load.ts';

const flags = checkFlags('/etcdctl-check-datascale/');

/** Of keys and of values: a pair is 1 kB. */
const HALF_BYTES = 512;
const PAIR_BYTES = 2 * HALF_BYTES;
const CONNECTIONS_MAX = 100;
const METRICS_MS_MAX = 10_000;
const METRICS_BYTES_MAX = 16 * 1024 * 1024;
const MEBIBYTE = 1024 * 1024;

const metric = /^process_resident_memory_bytes ([0-9.e+]+)$/m;

export const datascaleCommand: Command<typeof flags> = {
  usage: '[options]',
  description: `Where several endpoints are given, the memory of the first one is looked at.`,
  flags,
  async run({ values, connect, print, draw, signal, settings }) {
    const { pairs, clients: atOnce } = dataLoad(values.load);
    const keys = new CheckKeys(values.prefix);
    const clients = await Promise.all(
      Array.from({ length: Math.min(atOnce, CONNECTIONS_MAX) }, () => connect()),
    );
    const [client = await connect()] = clients;
    await keys.assertNone(client, '');
    const bytesBefore = await memoryOf(client, 'before', print);
    print(
      `Start data scale check for work load [${pairs} key-value pairs, ${PAIR_BYTES} bytes per key-value, ${atOnce} concurrent clients].\n`,
    );
    const bar = new ProgressBar(draw, pairs, 'count');
    const value = Buffer.alloc(HALF_BYTES);
    let sent = 0;
    const result = await putLoad({
      ...{ clients, atOnce, perSecond: 0 },
      next: () => (sent++ < pairs && !signal.aborted ? keys.put(HALF_BYTES, value) : undefined),
      onDone: () => (bar.count = bar.count + 1),
    });
    bar.finish();
    const bytesAfter = await memoryOf(client, 'after', print);
    const revision = await keys.remove(client);
    if (values['auto-compact']) await compact(client, revision, print);
    if (values['auto-defrag']) await defragmentAll(connect, settings().endpoints, print);
    if (result.errors.size > 0) {
      const lines = [...result.errors].map(([text, count]) => `FAIL: ERROR(${text}) -> ${count}\n`);
      print(`FAIL: too many errors\n${lines.join('')}`);
      throw new SilentExit(exitCodes.failure);
    }
    const megabytes = ((bytesAfter - bytesBefore) / MEBIBYTE).toFixed(2);
    print(`PASS: Approximate system memory used : ${megabytes} MB.\n`);
  },
};

async function memoryOf(
  client: EtcdClient,
  when: 'before' | 'after',
  print: (text: string) => void,
): Promise<number> {
  try {
    const found = metric.exec(await metricsOf(client))?.[1];
    if (found !== undefined) return Number(found);
  } catch (error) {
    print(`fetch error: ${(error as Error).message}\n`);
  }
  print(`FAIL: Could not read process_resident_memory_bytes ${when} the put operations.\n`);
  throw new SilentExit(exitCodes.failure);
}

async function metricsOf({ settings }: EtcdClient): Promise<string> {
  const [endpoint] = settings.endpoints;
  if (endpoint === undefined) return '';
  const { host, port, path, isTls } = endpoint;
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const send = isTls ? httpsRequest : httpRequest;
    const signal = AbortSignal.timeout(METRICS_MS_MAX);
    const place = path === '' ? { host, port } : { socketPath: path };
    const options = { ...place, path: '/metrics', signal, ...settings.connection.tls };
    send(options, resolve).on('error', reject).end();
  });
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > METRICS_BYTES_MAX) throw new Error(`metrics of over ${METRICS_BYTES_MAX} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
