/** Instances for tests. */
import { endpointOf, type Instance } from '../instance.ts';

let nextPort = 1000;

export function instanceOf(id: string, changes: Partial<Instance> = {}): Instance {
  const port = changes.port ?? ++nextPort;
  const weight = changes.weight ?? 100;
  const state = changes.state ?? 'serving';
  return {
    service: 'payments',
    id,
    address: '127.0.0.1',
    port,
    ports: { default: port },
    endpoint: endpointOf('127.0.0.1', port),
    weight,
    zone: undefined,
    labels: {},
    metadata: undefined,
    state,
    incarnation: '1',
    warmupMs: 0,
    registeredAt: 0,
    servingSince: undefined,
    ttlMs: 15_000,
    createRevision: 1,
    modRevision: 1,
    override: undefined,
    declared: { weight, state },
    held: false,
    ...changes,
  };
}

/** `count` instances with ids of their own. */
export function fleet(
  count: number,
  changes: (index: number) => Partial<Instance> = () => ({}),
): Instance[] {
  return Array.from({ length: count }, (_, index) => instanceOf(`i${index}`, changes(index)));
}
