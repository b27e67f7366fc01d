/** `etcdserverpb.Lease`: keep-alives are shared, everything else is handed on. */
import { Lease, type LeaseTimeToLiveResponse } from '@concord/protocol';
import type { MethodRegistry } from '../../../rpc/method.ts';
import { askerOf, type Asker } from '../asker.ts';
import type { Forwarder } from '../forwarder.ts';
import type { Namespace } from '../namespace.ts';
import { ClientKeepAlives } from './client-keep-alives.ts';
import { KeepAliveHub } from './keep-alive-hub.ts';

export class LeaseService {
  readonly #forwarder: Forwarder;
  readonly #namespace: Namespace | undefined;
  readonly #now: () => number;
  /** By asker; each is there as long as it has streams. */
  readonly #hubs = new Map<string, KeepAliveHub>();

  /** @param now monotonic milliseconds */
  constructor(forwarder: Forwarder, namespace: Namespace | undefined, now: () => number) {
    this.#forwarder = forwarder;
    this.#namespace = namespace;
    this.#now = now;
  }

  register(registry: MethodRegistry): void {
    const { leaseGrant, leaseRevoke, leaseTimeToLive, leaseLeases, leaseKeepAlive } = Lease.methods;
    const forwarder = this.#forwarder;
    for (const method of [leaseGrant, leaseRevoke]) {
      registry.unary(
        Lease,
        method,
        forwarder.unary<{ ID: bigint }, unknown>(method, { began: this.#forget(method.request) }),
      );
    }
    registry.unary(
      Lease,
      leaseTimeToLive,
      forwarder.unary(leaseTimeToLive, {
        isRead: true,
        response: this.#namespace === undefined ? undefined : this.#ownKeys,
      }),
    );
    registry.unary(Lease, leaseLeases, forwarder.unary(leaseLeases, { isRead: true }));
    registry.stream(Lease, leaseKeepAlive, (stream, { metadata }) => {
      const asker = askerOf(metadata);
      const hub = this.#hubOf(asker);
      return new ClientKeepAlives(stream, hub, () => {
        if (hub.isUnused && this.#hubs.get(asker.key) === hub) this.#hubs.delete(asker.key);
      });
    });
  }

  readonly #ownKeys = (response: LeaseTimeToLiveResponse): LeaseTimeToLiveResponse => {
    response.keys = this.#namespace?.ownKeys(response.keys) ?? response.keys;
    return response;
  };

  /** What was known of the lease does not count any more, neither now nor when it was answered. */
  #forget(type: { decode(bytes: Uint8Array): { ID: bigint } }) {
    return (bytes: Uint8Array): (() => void) => {
      const { ID: id } = type.decode(bytes);
      const forget = (): void => {
        for (const hub of this.#hubs.values()) hub.forget(id);
      };
      forget();
      return forget;
    };
  }

  #hubOf(asker: Asker): KeepAliveHub {
    const known = this.#hubs.get(asker.key);
    if (known !== undefined) return known;
    const hub = new KeepAliveHub(this.#forwarder.cluster, asker, this.#now);
    this.#hubs.set(asker.key, hub);
    return hub;
  }
}
