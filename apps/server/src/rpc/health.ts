/**
 * `grpc.health.v1.Health`: whether a load balancer should send clients here. As in etcd there is one service, the
 * server as a whole under the empty name, and it serves as soon as the port is open, with or without a leader. It does
 * not while the member stops, nor while its state is known to differ from the others' and it refuses its clients.
 */
import {
  Health,
  HealthCheckRequest,
  HealthCheckResponse,
  HealthCheckResponse_ServingStatus as ServingStatus,
  HealthListRequest,
  HealthListResponse,
  encode,
  etcdErrors,
} from '@concord/protocol';
import type { Replica } from '@concord/kv';
import type { MethodRegistry, Stream, StreamEvents, UnaryHandler } from './method.ts';

/** The server as a whole. */
const WHOLE = '';

export class HealthService {
  readonly #replica: Pick<Replica, 'isFenced'>;
  readonly #watchers = new Set<HealthWatcher>();
  #isStopping = false;

  constructor(replica: Pick<Replica, 'isFenced'>) {
    this.#replica = replica;
  }

  register(registry: MethodRegistry): void {
    registry.unary(Health, Health.methods.check, this.#check);
    registry.unary(Health, Health.methods.list, this.#list);
    registry.stream(Health, Health.methods.watch, (stream) => this.#watch(stream));
  }

  /** Those who watch are told, if anything has. */
  changed(): void {
    for (const watcher of this.#watchers) watcher.tell(this.#status);
  }

  stopping(): void {
    this.#isStopping = true;
    this.changed();
  }

  get #status(): number {
    const serves = !this.#isStopping && !this.#replica.isFenced;
    return serves ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
  }

  readonly #check: UnaryHandler = (bytes, reply) => {
    const { service } = HealthCheckRequest.decode(bytes);
    if (service !== WHOLE) return reply.fail(etcdErrors.ErrUnknownService);
    reply.ok((writer) => HealthCheckResponse.encode({ status: this.#status }, writer));
  };

  readonly #list: UnaryHandler = (bytes, reply) => {
    HealthListRequest.decode(bytes);
    const statuses = new Map([[WHOLE, { status: this.#status }]]);
    reply.ok((writer) => HealthListResponse.encode({ statuses }, writer));
  };

  /** A service that is not known may become so: the stream stays open and says that it is unknown. */
  #watch(stream: Stream): StreamEvents {
    const watcher = new HealthWatcher(stream);
    return {
      message: (bytes) => {
        const { service } = HealthCheckRequest.decode(bytes);
        if (service !== WHOLE) return watcher.tell(ServingStatus.SERVICE_UNKNOWN);
        this.#watchers.add(watcher);
        watcher.tell(this.#status);
      },
      halfClose: () => undefined,
      closed: () => void this.#watchers.delete(watcher),
    };
  }
}

class HealthWatcher {
  readonly #stream: Stream;
  #told: number | undefined;

  constructor(stream: Stream) {
    this.#stream = stream;
  }

  /** A few bytes at each change, and changes are rare: nothing piles up for one who does not read. */
  tell(status: number): void {
    if (this.#told === status) return;
    this.#told = status;
    this.#stream.write(encode(HealthCheckResponse, { status }));
  }
}
