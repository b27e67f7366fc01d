/**
 * The resolver of `concord:///payments`: it follows the registry's view, so that channels learn of instances when they
 * come, without a disconnect and without polling. `concord:///payments/admin` uses the port named `admin`.
 */
import type { ChannelOptions, experimental } from '@grpc/grpc-js';
import { ConcordError } from '@concord/client';
import { subsetOf } from '../../balance/subset.ts';
import type { Instance } from '../../instance.ts';
import { isName } from '../../options.ts';
import { chosenFor } from '../discovery.ts';
import type { ViewUse } from '../shared-views.ts';
import { withResolved } from './attributes.ts';
import {
  tellFailed,
  tellResolved,
  type AnyListener,
  type Grpc,
  type ResolverClass,
} from './edition.ts';
import { installationOf } from './installations.ts';
import { serviceConfigFor } from './service-config.ts';

/** The cluster is asked again so long after it could not be reached. */
const RETRY_MS = 1000;

/** @throws Error from the channel's constructor for a target that names no service */
export function parseTarget(target: experimental.GrpcUri): {
  service: string;
  portName: string | undefined;
} {
  const [service = '', portName, ...more] = target.path.replace(/^\//, '').split('/');
  if (!isName(service) || portName === '' || more.length > 0) {
    throw new ConcordError('INVALID_ARGUMENT', {
      operation: 'grpc',
      subject: target.path,
      problem: `target "${target.scheme ?? ''}:${target.path}" names no service`,
      remedy: `write ${target.scheme ?? 'concord'}:///service or ${target.scheme ?? 'concord'}:///service/port-name`,
    });
  }
  return { service, portName };
}

/** An instance's address as grpc-js has it; undefined where it has no port of the name. */
export function endpointFor(
  { address, port, ports }: Instance,
  portName: string | undefined,
): experimental.Endpoint | undefined {
  const wanted = portName === undefined ? port : ports[portName];
  return wanted === undefined ? undefined : { addresses: [{ host: address, port: wanted }] };
}

/** @returns the resolver class for one copy of grpc-js */
export function resolverClass(grpc: Grpc, scheme: string): ResolverClass {
  return class ConcordResolver implements experimental.Resolver {
    readonly #target: ReturnType<typeof parseTarget>;
    readonly #listener: AnyListener;
    readonly #serviceConfig: ReturnType<typeof serviceConfigFor>;
    /** Undefined while nobody wants to know. */
    #following: Following | undefined;

    static getDefaultAuthority(target: experimental.GrpcUri): string {
      return parseTarget(target).service;
    }

    constructor(
      target: experimental.GrpcUri,
      listener: experimental.ResolverListener,
      options: ChannelOptions,
    ) {
      this.#target = parseTarget(target);
      this.#listener = listener;
      this.#serviceConfig = serviceConfigFor(grpc, options);
    }

    /** What is known is told again by itself: asking only begins it. */
    updateResolution(): void {
      if (this.#following !== undefined) this.#following.refresh();
      else this.#following = new Following(scheme, this.#target.service, this);
    }

    destroy(): void {
      this.#following?.close();
      this.#following = undefined;
    }

    resolved(use: ViewUse): void {
      const { service, portName } = this.#target;
      const { view } = use;
      const instances = withinSubset(view.snapshot.instances, scheme, service);
      const endpoints = instances
        .map((instance) => endpointFor(instance, portName))
        .filter((endpoint) => endpoint !== undefined);
      const attributes = withResolved({ service, portName, view, instances });
      tellResolved(this.#listener, endpoints, attributes, this.#serviceConfig);
    }

    failed(error: unknown): void {
      const details = error instanceof Error ? error.message : String(error);
      const metadata = new grpc.Metadata();
      const failure = { code: grpc.status.UNAVAILABLE, details: `concord: ${details}`, metadata };
      tellFailed(this.#listener, failure, this.#serviceConfig);
    }
  };
}

/** Where a client is to talk to some instances only, it connects to no others either. */
function withinSubset(
  instances: readonly Instance[],
  scheme: string,
  service: string,
): readonly Instance[] {
  const { subset } = chosenFor(installationOf(scheme)?.discover ?? {}, service);
  if (subset === undefined) return instances;
  // As the view counts: those that can be picked. The others keep the connections that they have.
  const isCandidate = ({ state, weight }: Instance): boolean => state === 'serving' && weight > 0;
  const chosen = subsetOf(instances.filter(isCandidate), subset.size, subset.clientId);
  return [...chosen, ...instances.filter((instance) => !isCandidate(instance))];
}

interface Follower {
  resolved(use: ViewUse): void;
  failed(error: unknown): void;
}

/** From the first wish to know to the end: opens the view, again if need be, and tells of every change. */
class Following {
  readonly #scheme: string;
  readonly #service: string;
  readonly #follower: Follower;
  #use: ViewUse | undefined;
  #updates: Disposable | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(scheme: string, service: string, follower: Follower) {
    this.#scheme = scheme;
    this.#service = service;
    this.#follower = follower;
    void this.#open();
  }

  /** Tells what is known, not within the call: grpc-js does not expect that. */
  refresh(): void {
    if (this.#use !== undefined) queueMicrotask(this.#tell);
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#updates?.[Symbol.dispose]();
    this.#letGo(this.#use);
    this.#use = undefined;
  }

  async #open(): Promise<void> {
    try {
      const use = await this.#installation().views.use(this.#service);
      if (this.#isClosed) {
        this.#letGo(use);
        return;
      }
      this.#use = use;
      this.#updates = use.view.onUpdate(this.#tell);
      this.#tell();
    } catch (error) {
      if (this.#isClosed) return;
      this.#timer = setTimeout(() => void this.#open(), RETRY_MS).unref();
      this.#follower.failed(error);
    }
  }

  /** @throws ConcordError `CLOSED` after the installation was disposed of */
  #installation(): NonNullable<ReturnType<typeof installationOf>> {
    const installation = installationOf(this.#scheme);
    if (installation !== undefined) return installation;
    throw new ConcordError('CLOSED', {
      operation: 'grpc',
      subject: this.#service,
      problem: `no registry is installed for scheme "${this.#scheme}" any more`,
      remedy: 'keep what installGrpc gave you for as long as there are channels',
    });
  }

  readonly #tell = (): void => {
    if (this.#use !== undefined) this.#follower.resolved(this.#use);
  };

  #letGo(use: ViewUse | undefined): void {
    // A view that can't be closed well is the view's to report.
    use?.[Symbol.asyncDispose]().then(undefined, () => undefined);
  }
}
