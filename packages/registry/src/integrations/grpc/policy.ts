/**
 * The load-balancing policy of channels to discovered services. It keeps a connection to every instance that serves,
 * and leaves the choice among those that are connected to the view: weights, zones, warm-up, breakers and ejection
 * are the same for gRPC as for `view.pick()`, and both learn from each other's calls.
 *
 * - A new instance is connected to while the others go on; a removed one's connection ends with its last call.
 * - A draining instance keeps its connection for the calls on it until it is gone, and gets no new ones.
 */
import type { ChannelCredentials, ChannelOptions, experimental } from '@grpc/grpc-js';
import type { Instance } from '../../instance.ts';
import { resolvedIn, withoutResolved, type Resolved } from './attributes.ts';
import {
  failureIn,
  makeLeaf,
  type Grpc,
  type Helper,
  type Leaf,
  type PolicyClass,
  type PolicyConfigClass,
} from './edition.ts';
import { ConnectedPicker, UnstartedPicks } from './picker.ts';
import { endpointFor } from './resolver.ts';
import { POLICY_NAME } from './service-config.ts';

interface Child {
  readonly leaf: Leaf;
  readonly address: string;
  instance: Instance;
}

/** @returns the class of the policy's configuration, which has nothing to configure, for one copy of grpc-js */
export function policyConfigClass(): PolicyConfigClass {
  return class ConcordPolicyConfig implements experimental.TypedLoadBalancingConfig {
    static createFromJson(): ConcordPolicyConfig {
      return new ConcordPolicyConfig();
    }

    getLoadBalancerName(): string {
      return POLICY_NAME;
    }

    toJsonObject(): object {
      return { [POLICY_NAME]: {} };
    }
  };
}

/** @returns the class of the policy for one copy of grpc-js */
export function policyClass(grpc: Grpc): PolicyClass {
  const { connectivityState: State, experimental } = grpc;

  return class ConcordPolicy implements experimental.LoadBalancer {
    readonly #helper: Helper;
    readonly #leafHelper: Helper;
    /** Only grpc-js 1.12 hands them here. */
    readonly #credentials: ChannelCredentials | undefined;
    /** By instance id. */
    readonly #children = new Map<string, Child>();
    readonly #unstarted = new UnstartedPicks();
    #resolved: Resolved | undefined;
    #isPaused = false;
    #lastError = 'none';
    #wasReady = false;

    constructor(helper: Helper, credentials?: ChannelCredentials) {
      this.#helper = helper;
      this.#credentials = credentials;
      this.#leafHelper = experimental.createChildChannelControlHelper(helper, {
        updateState: (_state, _picker, error) => {
          this.#lastError = error ?? this.#lastError;
          this.#stateChanged();
        },
      });
    }

    updateAddressList(
      endpoints: unknown,
      _config: experimental.TypedLoadBalancingConfig,
      options: ChannelOptions,
    ): boolean {
      const failure = failureIn(endpoints);
      const resolved = resolvedIn(options);
      if (failure !== undefined || resolved === undefined) {
        // What is known goes on being used.
        if (this.#resolved === undefined) this.#fail(failure?.details ?? NOT_OURS);
        return true;
      }
      this.#resolved = resolved;
      this.#isPaused = true;
      this.#follow(resolved, withoutResolved(options));
      this.#isPaused = false;
      this.#stateChanged();
      return true;
    }

    /** It is idle only while it knows of no instance: there is nothing to connect to. */
    exitIdle(): void {
      this.#reconnect();
    }

    resetBackoff(): void {
      // Each connection waits for itself.
    }

    destroy(): void {
      for (const { leaf } of this.#children.values()) leaf.destroy();
      this.#children.clear();
      this.#unstarted.endAll();
      this.#resolved = undefined;
    }

    getTypeName(): string {
      return POLICY_NAME;
    }

    #follow({ instances, portName }: Resolved, options: ChannelOptions): void {
      const gone = new Set(this.#children.keys());
      for (const instance of instances) {
        const endpoint = endpointFor(instance, portName);
        if (endpoint === undefined) continue;
        const address = experimental.endpointToString(endpoint);
        const child = this.#children.get(instance.id);
        if (child?.address === address) {
          gone.delete(instance.id);
          child.instance = instance;
        } else if (instance.state === 'serving') {
          gone.delete(instance.id);
          child?.leaf.destroy();
          const leaf = makeLeaf(grpc, endpoint, this.#leafHelper, options, this.#credentials);
          this.#children.set(instance.id, { leaf, address, instance });
          leaf.startConnecting();
        }
      }
      for (const id of gone) {
        this.#children.get(id)?.leaf.destroy();
        this.#children.delete(id);
      }
    }

    #stateChanged(): void {
      if (this.#isPaused || this.#resolved === undefined) return;
      const ready = new Map<string, Leaf>();
      const counts = new Map<number, number>();
      for (const [id, { leaf, instance }] of this.#children) {
        if (instance.state !== 'serving') continue;
        const state = leaf.getConnectivityState();
        counts.set(state, (counts.get(state) ?? 0) + 1);
        if (state === State.READY) ready.set(id, leaf);
      }
      const isConnecting = counts.has(State.CONNECTING) || counts.has(State.IDLE);
      if (this.#wasReady && ready.size === 0) this.#helper.requestReresolution();
      this.#wasReady = ready.size > 0;
      if (ready.size > 0) {
        const picker = new ConnectedPicker(
          grpc,
          this.#resolved,
          ready,
          isConnecting,
          this.#unstarted,
        );
        this.#helper.updateState(State.READY, picker, null);
      } else if (isConnecting) {
        this.#helper.updateState(State.CONNECTING, new experimental.QueuePicker(this), null);
      } else {
        this.#fail(this.#trouble(counts.get(State.TRANSIENT_FAILURE) ?? 0));
      }
      this.#reconnect();
    }

    #trouble(failed: number): string {
      const { service, instances } = this.#resolved!;
      if (failed > 0) {
        return `No connection established to any of ${failed} instances of service "${service}". Last error: ${this.#lastError}`;
      }
      return `concord: none of the ${instances.length} known instances of service "${service}" serves`;
    }

    #fail(details: string): void {
      const { UNAVAILABLE: code } = grpc.status;
      const picker = new experimental.UnavailablePicker({ code, details });
      this.#helper.updateState(State.TRANSIENT_FAILURE, picker, details);
    }

    /** Every serving instance is kept connected; whoever drains is not called again when it hangs up. */
    #reconnect(): void {
      for (const { leaf, instance } of [...this.#children.values()]) {
        if (instance.state === 'serving' && leaf.getConnectivityState() === State.IDLE)
          leaf.exitIdle();
      }
    }
  };
}

const NOT_OURS = `concord: policy ${POLICY_NAME} is for targets of a registry, such as concord:///payments`;
