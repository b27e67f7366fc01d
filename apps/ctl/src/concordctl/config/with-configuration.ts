/** A connection for commands of `config`: the cluster, what the SDK does with items, and secrets. */
import type { Client } from '@concord/client';
import { Configuration } from '@concord/config';
import { KeyRing } from '@concord/config/records';
import type { Invocation } from '../command.ts';
import { withClient } from '../sdk/with-client.ts';
import { readKeys, Sight } from './secrets.ts';

export interface Opened {
  readonly client: Client;
  readonly configuration: Configuration;
  readonly keys: KeyRing | undefined;
  readonly sight: Sight;
}

export interface SecretValues {
  readonly 'config-keys'?: string;
  readonly reveal?: boolean;
}

export async function withConfiguration<T>(
  invocation: Invocation,
  { 'config-keys': keyFile = '', reveal = false }: SecretValues,
  work: (opened: Opened) => Promise<T>,
): Promise<T> {
  const options = await readKeys(keyFile);
  const keys = options && new KeyRing('--config-keys', options);
  return withClient(invocation, async (client) => {
    // A person at a terminal is no consumer: nothing of this machine's is laid over what is released, or told of.
    await using configuration = new Configuration(client, {
      environment: false,
      acknowledge: false,
      publishSchemas: false,
      ...(options !== undefined && { keys: options }),
    });
    return await work({ client, configuration, keys, sight: new Sight(keys, reveal) });
  });
}
