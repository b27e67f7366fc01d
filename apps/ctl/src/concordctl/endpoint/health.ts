/** `concordctl endpoint health`: reads a key, which takes a majority, and looks for alarms. */
import { Buffer } from 'node:buffer';
import {
  AlarmRequest,
  AlarmType,
  etcdErrors,
  KV,
  Maintenance,
  RangeRequest,
} from '@concord/protocol';
import { CommandError } from '../../command-error.ts';
import { formatDuration } from '../../go-format/duration.ts';
import { quote } from '../../go-format/quote.ts';
import type { Command, Invocation } from '../command.ts';
import type { EtcdClient } from '../connection/etcd-client.ts';
import { RpcError } from '../connection/rpc-error.ts';
import { goJsonString } from '../output/go-json.ts';
import { tableOf } from '../output/table.ts';
import { endpointsOf, messageOf } from './each-endpoint.ts';

interface EndpointHealth {
  readonly endpoint: string;
  readonly isHealthy: boolean;
  /** As Go writes durations; empty where it was not asked. */
  readonly took: string;
  readonly error: string;
}

export const healthCommand: Command = {
  usage: '',
  flags: {},
  async run(invocation) {
    const endpoints = await endpointsOf(invocation);
    const found = await Promise.all(endpoints.map((endpoint) => healthOf(endpoint, invocation)));
    const { presenter, tell } = invocation;
    await presenter().show({
      simple: () => {
        for (const { endpoint, error } of found.filter((one) => one.error !== '')) {
          tell(`${endpoint} is unhealthy: failed to commit proposal: ${error}`);
        }
        return found
          .filter(({ error }) => error === '')
          .map(
            ({ endpoint, took }) =>
              `${endpoint} is healthy: successfully committed proposal: took = ${took}\n`,
          )
          .join('');
      },
      table: () =>
        tableOf({
          headers: ['endpoint', 'health', 'took', 'error'],
          rows: found.map(({ endpoint, isHealthy, took, error }) => [
            endpoint,
            String(isHealthy),
            took,
            error,
          ]),
        }),
      fields: () =>
        found
          .map(
            ({ endpoint, isHealthy, took, error }) =>
              `"Endpoint" : ${quote(endpoint)}\n"Health" : ${isHealthy}\n"Took" : ${took}\n` +
              `"Error" : ${error}\n\n`,
          )
          .join(''),
      json: () => `[${found.map(healthJson).join(',')}]\n`,
    });
    if (found.some(({ error }) => error !== '')) throw new CommandError('unhealthy cluster');
  },
};

function healthJson({ endpoint, isHealthy, took, error }: EndpointHealth): string {
  return (
    `{"endpoint":${goJsonString(endpoint)},"health":${isHealthy},"took":${goJsonString(took)}` +
    `${error === '' ? '' : `,"error":${goJsonString(error)}`}}`
  );
}

async function healthOf(endpoint: string, { connect }: Invocation): Promise<EndpointHealth> {
  let client: EtcdClient;
  try {
    client = await connect({ endpoints: [endpoint] });
  } catch (error) {
    return { endpoint, isHealthy: false, took: '', error: messageOf(error) };
  }
  const startedAtMs = performance.now();
  const failure = await readFailure(client);
  const took = formatDuration(performance.now() - startedAtMs);
  const error = failure === '' ? await alarmsOf(client) : failure;
  client.close();
  return { endpoint, isHealthy: error === '', took, error };
}

/** Who may not read the key has been told so by a majority. */
async function readFailure(client: EtcdClient): Promise<string> {
  const request = RangeRequest.create({ key: Buffer.from('health') });
  try {
    await client.call(KV.methods.range, request, { isRepeatable: true });
    return '';
  } catch (error) {
    const isDenied =
      error instanceof RpcError && error.details === etcdErrors.ErrPermissionDenied.message;
    return isDenied ? '' : messageOf(error);
  }
}

const alarmNames = new Map<number, string>([
  [AlarmType.NOSPACE, 'NOSPACE'],
  [AlarmType.CORRUPT, 'CORRUPT'],
]);

async function alarmsOf(client: EtcdClient): Promise<string> {
  try {
    const { alarms } = await client.call(Maintenance.methods.alarm, AlarmRequest.create(), {
      isRepeatable: true,
    });
    if (alarms.length === 0) return '';
    const names = alarms.map(({ alarm }) => `${alarmNames.get(alarm) ?? 'UNKNOWN'} `);
    return `Active Alarm(s): ${names.join('')}`;
  } catch (error) {
    messageOf(error);
    return 'Unable to fetch the alarm list';
  }
}
