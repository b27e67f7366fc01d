/** The first line of an application. */
import { Client, ConcordError, type CallOptions, type Duration } from '@concord/client';
import { Concord } from './concord.ts';
import { pieceOptions, type ConnectOptions, type PieceOptions } from './connect-options.ts';

/** With something to start from, nobody waits long for a cluster that is away. */
const CONNECT_TIMEOUT_WITH_CACHE: Duration = '2s';

/**
 * Connects to the cluster: one endpoint has answered, and let us in. With a `cache` it also resolves when none answers
 * within 2 s; views and configuration then start from what was saved, and everything goes on when the cluster is back.
 *
 * @example
 * await using concord = await connect({ endpoints: ['127.0.0.1:2379'] });
 * await using self = await concord.registry.register({ name: 'orders', port: 3000, weight: 200, ttl: '15s' });
 * const payments = await concord.discover('payments');
 * const dbUrl = await concord.config.watch('/db/url');
 * await using jobs = await concord.lock.acquire('/jobs');
 *
 * @throws ConcordError `INVALID_ARGUMENT` naming the option; `UNAVAILABLE` naming each endpoint and why it does not answer;
 *   `UNAUTHENTICATED`; `ABORTED`
 */
export async function connect(options: ConnectOptions, call: CallOptions = {}): Promise<Concord> {
  const pieces = pieceOptions(options, 'connect');
  return new Concord(await clientFor(pieces, call), pieces);
}

async function clientFor(
  { client, startsWithout }: PieceOptions,
  call: CallOptions,
): Promise<Client> {
  if (!startsWithout) return Client.connect(client, call);
  try {
    return await Client.connect(client, { timeout: CONNECT_TIMEOUT_WITH_CACHE, ...call });
  } catch (error) {
    const isAway = ConcordError.is(error, 'UNAVAILABLE') || ConcordError.is(error, 'DEADLINE');
    if (!isAway) throw error;
    client.logger?.warn('concord: the cluster is away, starting from the cache', {
      error: String(error),
    });
    return Client.open(client);
  }
}
