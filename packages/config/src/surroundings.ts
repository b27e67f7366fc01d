/** What all live values of one `Configuration` share: who we are, and who is told what happens. */
import { EventSource, type Client, type ConcordError, type Logger } from '@concord/client';
import { SnapshotStore } from './disk/snapshot-store.ts';
import type { ConfigEvents } from './events.ts';
import { Acknowledger } from './feedback/acknowledger.ts';
import { SchemaPublisher } from './feedback/schema-publisher.ts';
import { processIdentity, type ProcessIdentity } from './identity.ts';
import type { ConfigurationOptions } from './options.ts';
import { Telemetry } from './telemetry.ts';

export interface Surroundings {
  readonly client: Client;
  readonly identity: ProcessIdentity;
  readonly store: SnapshotStore | undefined;
  readonly acknowledger: Acknowledger | undefined;
  readonly publisher: SchemaPublisher | undefined;
  readonly telemetry: Telemetry;
  readonly events: EventSource<ConfigEvents>;
  readonly logger: Logger;
  /** Reports what values do without. */
  failed(what: ConfigEvents['failed']['what'], error: ConcordError): void;
}

/** @throws ConcordError `INVALID_ARGUMENT` for cache options that can't be meant */
export function surroundingsOf(
  operation: string,
  client: Client,
  options: ConfigurationOptions,
): Surroundings {
  const { logger } = client;
  const events = new EventSource<ConfigEvents>((error, event) =>
    logger.error('a listener of the configuration threw', { event, error }),
  );
  const failed: Surroundings['failed'] = (what, error) => {
    logger.warn(error.message);
    events.emit('failed', { what, error });
  };
  const store =
    options.cache === undefined
      ? undefined
      : new SnapshotStore(operation, options.cache, client.app?.name ?? 'client', (error) =>
          failed('snapshot', error),
        );
  const identity = processIdentity(client, options.clientId);
  const acknowledger =
    options.acknowledge === false
      ? undefined
      : new Acknowledger(client, {
          client: identity.acknowledgementId,
          onFailure: (error) => failed('acknowledgement', error),
        });
  const publisher =
    options.publishSchemas === false
      ? undefined
      : new SchemaPublisher(client, { onFailure: (error) => failed('schema', error) });
  const telemetry = new Telemetry();
  return { client, identity, store, acknowledger, publisher, telemetry, events, logger, failed };
}
