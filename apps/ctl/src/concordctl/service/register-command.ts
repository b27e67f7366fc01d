/** `concordctl service register SERVICE --port PORT [-- COMMAND…]`. */
import { hostname } from 'node:os';
import { randomInt } from 'node:crypto';
import type { Client } from '@concord/client';
import { assertRegisterOptions, Registry, type RegisterOptions } from '@concord/registry';
import { refuseArguments, SilentExit } from '../../command-error.ts';
import type { FlagValues } from '../../flags.ts';
import type { Command, Invocation } from '../command.ts';
import { showOne } from '../listing/listing.ts';
import { withClient } from '../sdk/with-client.ts';
import { registerDetached } from './detached.ts';
import { registerFlags as flags, registerOptionsOf } from './register-flags.ts';
import { runWhileRegistered } from './registered-program.ts';

type RegisterInvocation = Invocation<typeof flags>;

export const serviceRegisterCommand: Command<typeof flags> = {
  usage: '<service> --port <port> [options] [-- command…]',
  description: `Registers an instance for as long as this command runs, and no longer: when it is interrupted, it drains the instance
and takes it out; when it is killed, the cluster does after --ttl. With a command, that is run meanwhile, with
CONCORD_SERVICE and CONCORD_INSTANCE in its environment, and its exit status is the one of this command.
With --detach the instance is registered and left: it is gone after --ttl, unless somebody keeps the lease that is printed
alive (concordctl lease keep-alive) or registers it again.`,
  flags,
  async run(invocation) {
    const { args, values } = invocation;
    const [service, ...program] = args;
    if (service === undefined) {
      refuseArguments('service register needs the name of a service as its argument');
    }
    if (values.detach && program.length > 0) {
      refuseArguments('--detach leaves at once: give it no command');
    }
    await withClient(invocation, async (client) => {
      const options = registerOptionsOf(service, values);
      assertRegisterOptions(options as RegisterOptions<never>, 'service register');
      if (values.detach) return detach(client, invocation, service, values);
      return hold(client, invocation, options, program);
    });
  },
};

async function hold(
  client: Client,
  invocation: RegisterInvocation,
  options: RegisterOptions,
  program: readonly string[],
): Promise<void> {
  await using registry = new Registry(client);
  const registration = await registry.register(options, { signal: invocation.signal });
  const { service, id, instance } = registration;
  await showOne(invocation.presenter(), {
    text: `${id}, ${instance.endpoint}, ${registration.state}\n`,
    fields: [
      ['service', service],
      ['id', id],
      ['endpoint', instance.endpoint],
      ['state', registration.state],
    ],
    document: { service, id, endpoint: instance.endpoint, state: registration.state },
  });
  const status = await runWhileRegistered(registration, program, invocation);
  await registration.drain({ maxWait: invocation.values.wait });
  if (status !== 0) throw new SilentExit(status);
}

async function detach(
  client: Client,
  invocation: RegisterInvocation,
  service: string,
  values: FlagValues<typeof flags>,
): Promise<void> {
  if (values.address === '') {
    refuseArguments('--detach needs --address: where the instance runs cannot be told from here');
  }
  const { weight = 100, zone, labels, metadata } = registerOptionsOf(service, values);
  const id = values.id === '' ? `${shortHost()}-${values.port}-${randomInt(1e6)}` : values.id;
  const detached = await registerDetached(
    client,
    {
      id,
      service,
      address: values.address,
      port: values.port,
      weight,
      ...(zone !== undefined && { zone }),
      labels: labels ?? {},
      metadata,
      state: values.start === 'starting' ? 'starting' : 'serving',
    },
    { ttlMs: values.ttl, isReplacing: values.replace },
    { signal: invocation.signal },
  );
  const { lease, ttlMs, revision } = detached;
  const leaseText = lease.toString(16).padStart(16, '0');
  await showOne(invocation.presenter(), {
    text: `${id} registered with lease ${leaseText} and TTL(${ttlMs / 1000}s)\n`,
    fields: [
      ['service', service],
      ['id', id],
      ['lease', leaseText],
      ['TTL', ttlMs / 1000],
      ['revision', revision],
    ],
    document: { service, id, lease: leaseText, ttlMs, revision },
  });
}

/** What of the host's name may stand in an id. */
const shortHost = (): string =>
  (hostname().split('.')[0] ?? '').replaceAll(/[^A-Za-z0-9-]/g, '').slice(0, 60) || 'host';
