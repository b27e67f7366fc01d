/** One state of a channel's connections, which calls are given out over until there is another. */
import type { experimental, status } from '@grpc/grpc-js';
import type { PickContext } from '../../balance/balancer.ts';
import type { Picked } from '../../balance/picked.ts';
import type { Instance } from '../../instance.ts';
import { ofGrpc } from '../../resilience/failure.ts';
import { HASH_KEY_HEADER } from '../hash-key.ts';
import type { Resolved } from './attributes.ts';
import type { Grpc, Leaf } from './edition.ts';

/** grpc-js gives up some picks without a word, such as those of calls that are cancelled meanwhile. */
const UNSTARTED_MS_MAX = 30_000;

/** Picks whose calls have not started. */
export class UnstartedPicks {
  /** With the time of the pick, oldest first. */
  readonly #picks = new Map<Picked, number>();

  add(picked: Picked, nowMs: number): void {
    for (const [old, sinceMs] of this.#picks) {
      if (nowMs - sinceMs < UNSTARTED_MS_MAX) break;
      this.#picks.delete(old);
      old[Symbol.dispose]();
    }
    this.#picks.set(picked, nowMs);
  }

  started(picked: Picked): void {
    this.#picks.delete(picked);
  }

  endAll(): void {
    for (const picked of this.#picks.keys()) picked[Symbol.dispose]();
    this.#picks.clear();
  }
}

export class ConnectedPicker implements experimental.Picker {
  readonly #grpc: Grpc;
  readonly #resolved: Resolved;
  readonly #ready: ReadonlyMap<string, Leaf>;
  readonly #isConnecting: boolean;
  readonly #unstarted: UnstartedPicks;
  /** One function as long as the connections are the same: the view keeps candidates by it. */
  readonly #isReady = ({ id }: Instance): boolean => this.#ready.has(id);
  readonly #anyReady: PickContext = { where: this.#isReady };

  /** @param ready - the connected instances that serve, by id */
  constructor(
    grpc: Grpc,
    resolved: Resolved,
    ready: ReadonlyMap<string, Leaf>,
    isConnecting: boolean,
    unstarted: UnstartedPicks,
  ) {
    this.#grpc = grpc;
    this.#resolved = resolved;
    this.#ready = ready;
    this.#isConnecting = isConnecting;
    this.#unstarted = unstarted;
  }

  pick(args: experimental.PickArgs): experimental.PickResult {
    const [hashKey] = args.metadata.get(HASH_KEY_HEADER);
    const context =
      hashKey === undefined
        ? this.#anyReady
        : { where: this.#isReady, hashKey: hashKey.toString() };
    const picked = this.#resolved.view.tryPick(context);
    if (picked === null || picked === undefined) return this.#nobody();
    const result = this.#ready.get(picked.instance.id)!.getPicker().pick(args);
    if (result.pickResultType !== this.#grpc.experimental.PickResultType.COMPLETE) {
      picked[Symbol.dispose]();
      return result;
    }
    this.#unstarted.add(picked, performance.now());
    return {
      ...result,
      onCallStarted: () => {
        this.#unstarted.started(picked);
        result.onCallStarted?.();
      },
      onCallEnded: (code, details, metadata) => {
        result.onCallEnded?.(code, details, metadata);
        this.#ended(picked, code, details);
      },
    };
  }

  #ended(picked: Picked, code: status, details: string): void {
    // The caller's own end says nothing about the instance.
    if (code === this.#grpc.status.CANCELLED) picked[Symbol.dispose]();
    else picked.report(code === this.#grpc.status.OK ? 'ok' : ofGrpc(code, details).outcome);
  }

  #nobody(): experimental.PickResult {
    const { PickResultType } = this.#grpc.experimental;
    const none = { subchannel: null, onCallStarted: null, onCallEnded: null };
    if (this.#isConnecting) return { pickResultType: PickResultType.QUEUE, status: null, ...none };
    const { service } = this.#resolved;
    const status = {
      code: this.#grpc.status.UNAVAILABLE,
      details: `concord: none of the ${this.#ready.size} connected instances of service "${service}" can be picked; explain() says why`,
      metadata: new this.#grpc.Metadata(),
    };
    return { pickResultType: PickResultType.TRANSIENT_FAILURE, status, ...none };
  }
}
