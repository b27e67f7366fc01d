/** Who this process is, for gray tracks and acknowledgements. */
import type { Client } from '@concord/client';
import { hostname } from 'node:os';
import type { Acknowledgement } from './feedback/convergence.ts';
import type { Identity } from './release/track.ts';

export interface ProcessIdentity extends Identity {
  /** The last part of acknowledgement keys: two configurations of one process must not share one. */
  readonly acknowledgementId: string;
  readonly app: Acknowledgement['app'];
}

/** Counts over all copies of the package in the process. */
const countKey = Symbol.for('concord.config.count');

/** @param clientId - as the user gave it; by default `{app}.{host}.{pid}` */
export function processIdentity(client: Client, clientId: string | undefined): ProcessIdentity {
  const { app } = client;
  const id = clientId ?? `${app?.name ?? 'client'}.${hostname()}.${process.pid}`;
  const counted = globalThis as { [countKey]?: Map<string, number> | undefined };
  const counts = counted[countKey] ?? new Map<string, number>();
  counted[countKey] = counts;
  const count = (counts.get(id) ?? 0) + 1;
  counts.set(id, count);
  return {
    id,
    labels: app?.labels ?? {},
    acknowledgementId: count === 1 ? id : `${id}.${count}`,
    app: app && {
      name: app.name,
      ...(app.version === undefined ? {} : { version: app.version }),
      ...(app.labels === undefined ? {} : { labels: app.labels }),
    },
  };
}

/** Gives the name back for the next configuration, if no later one of it is open. */
export function releaseIdentity({ id, acknowledgementId }: ProcessIdentity): void {
  const counts = (globalThis as { [countKey]?: Map<string, number> })[countKey];
  const count = counts?.get(id);
  const own = acknowledgementId === id ? 1 : Number(acknowledgementId.slice(id.length + 1));
  if (counts === undefined || count !== own) return;
  if (own === 1) counts.delete(id);
  else counts.set(id, own - 1);
}
