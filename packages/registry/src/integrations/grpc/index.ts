/** `@concord/registry/grpc`: discovered services as targets of any grpc-js client. */
import { createRequire } from 'node:module';
import * as ownGrpc from '@grpc/grpc-js';
import { ConcordError, checkNames } from '@concord/client';
import { checkName, invalidOption } from '../../options.ts';
import type { Discovery, ViewChoice } from '../discovery.ts';
import { SharedViews } from '../shared-views.ts';
import type { Grpc } from './edition.ts';
import { install, knows, learn, uninstall } from './installations.ts';
import { policyClass, policyConfigClass } from './policy.ts';
import { resolverClass } from './resolver.ts';
import { POLICY_NAME } from './service-config.ts';

export { HASH_KEY_HEADER } from '../hash-key.ts';
export { POLICY_NAME } from './service-config.ts';
export type { DiscoveredService, Discovery, ViewChoice } from '../discovery.ts';

export interface GrpcOptions {
  /** Targets are `{scheme}:///service`; `concord` by default. Letters, digits, "+", "-" and "." */
  readonly scheme?: string;
  /**
   * The grpc-js modules whose clients are to find services. By default the one that this package depends on, and
   * every other copy that has been loaded by now; hand in what is loaded later, or bundled.
   */
  readonly grpc?: Grpc | readonly Grpc[];
  /**
   * How services are looked at, as for `registry.discover`: policy, zone, subset, outlier and so on. With a `subset`
   * a channel connects to those instances only. The object or function tells installations apart: hand in the same.
   */
  readonly discover?: ViewChoice;
}

/** One copy of grpc-js that finds services. */
export interface GrpcCopy {
  /** Where it was loaded from; `undefined` for one that was handed in. */
  readonly path: string | undefined;
  readonly version: string;
}

export interface GrpcInstallation extends Disposable {
  readonly scheme: string;
  /** The copies of grpc-js in this process that know the scheme by this installation. */
  readonly copies: readonly GrpcCopy[];
  /**
   * The target of a service, such as `concord:///payments`, for clients of the copy of grpc-js that is given.
   *
   * @throws ConcordError `INVALID_ARGUMENT` for a name that no service can have, and for a copy that does not know the
   *   scheme, because it was loaded after `installGrpc`: it names those that do. Such a copy itself would only say
   *   `Failed to parse DNS address`.
   */
  target(service: string, grpc?: Grpc): string;
  /** Ends it. Channels keep the instances that they know, new ones fail and say why. */
  [Symbol.dispose](): void;
}

const SCHEME = /^[a-z][a-z0-9+.-]*$/;
const COPY_PATH = /[\\/]@grpc[\\/]grpc-js[\\/]build[\\/]src[\\/]index\.js$/;
const require = createRequire(import.meta.url);

/**
 * Makes `concord:///payments` a target of every grpc-js client in the process.
 *
 * ```ts
 * using grpc = installGrpc(registry);
 * const payments = new PaymentsClient('concord:///payments', credentials.createInsecure());
 * ```
 *
 * Installing the same registry again is counted, and reaches copies of grpc-js that have been loaded meanwhile.
 *
 * @throws ConcordError `INVALID_ARGUMENT` for options, and for a grpc-js older than 1.12
 * @throws ConcordError `CONFLICT` when another registry serves the scheme: it says which copy of this package did it
 */
export function installGrpc(registry: Discovery, options: GrpcOptions = {}): GrpcInstallation {
  const operation = 'registry.installGrpc';
  checkNames(options, ['scheme', 'grpc', 'discover'], operation);
  const { scheme = 'concord', grpc, discover } = options;
  if (typeof scheme !== 'string' || !SCHEME.test(scheme)) {
    throw invalidOption(operation, 'scheme', scheme, 'give small letters, digits, "+", "-" or "."');
  }
  const copies = grpc === undefined ? loadedCopies() : [grpc].flat().map((each) => handedIn(each));
  const installation = install(scheme, { registry, discover }, () => ({
    registry,
    discover,
    views: new SharedViews(registry, operation, discover),
    by: import.meta.url,
    users: 0,
  }));
  for (const { module } of copies) teach(module, scheme);
  let isDisposed = false;
  return {
    scheme,
    copies: copies.map(({ path, version }) => ({ path, version })),
    target: (service, module = ownGrpc) => {
      checkName(`${operation}: target`, 'service', service);
      if (!knows(scheme, module.experimental)) throw unknownCopy(scheme, copies);
      return `${scheme}:///${service}`;
    },
    [Symbol.dispose]: () => {
      if (isDisposed) return;
      isDisposed = true;
      uninstall(scheme, installation);
    },
  };
}

interface Copy extends GrpcCopy {
  readonly module: Grpc;
}

/** Registers with one copy, once: what is registered with grpc-js stays for ever. */
function teach(module: Grpc, scheme: string): void {
  const { experimental } = module;
  if (learn(scheme, experimental)) {
    experimental.registerResolver(scheme, resolverClass(module, scheme));
  }
  if (!experimental.isLoadBalancerNameRegistered(POLICY_NAME)) {
    experimental.registerLoadBalancerType(POLICY_NAME, policyClass(module), policyConfigClass());
  }
}

function unknownCopy(scheme: string, copies: readonly GrpcCopy[]): ConcordError {
  const known = copies.map(({ version, path }) => `${version} at ${path ?? 'a place unknown'}`);
  return new ConcordError('INVALID_ARGUMENT', {
    operation: 'registry.installGrpc: target',
    subject: 'grpc',
    problem: `this copy of grpc-js does not know scheme "${scheme}"; those that do are ${known.join(', ')}`,
    remedy: 'call installGrpc again after it was loaded, or hand it in as option "grpc"',
  });
}

function loadedCopies(): Copy[] {
  const copies: Copy[] = [];
  for (const [path, loaded] of Object.entries(require.cache)) {
    if (!COPY_PATH.test(path) || loaded === undefined) continue;
    const module = loaded.exports as Grpc;
    if (isUsable(module)) copies.push({ module, path, version: versionAt(path) });
  }
  const isKnown = copies.some(({ module }) => module.experimental === ownGrpc.experimental);
  if (!isKnown) copies.push({ module: ownGrpc, path: undefined, version: 'unknown' });
  return copies;
}

function handedIn(given: Grpc): Copy {
  if (isUsable(given)) return { module: given, path: undefined, version: 'unknown' };
  throw new ConcordError('INVALID_ARGUMENT', {
    operation: 'registry.installGrpc',
    subject: 'grpc',
    problem: 'option "grpc" is no grpc-js whose resolvers and policies can be extended',
    remedy: 'give the module of @grpc/grpc-js 1.12 or later',
  });
}

/** What an old or another module lacks. */
function isUsable(module: unknown): module is Grpc {
  const { experimental } = (module ?? {}) as Partial<Grpc>;
  const parts = ['LeafLoadBalancer', 'registerResolver', 'registerLoadBalancerType'] as const;
  return (
    experimental !== undefined && parts.every((part) => typeof experimental[part] === 'function')
  );
}

function versionAt(path: string): string {
  try {
    return (require(path.replace(COPY_PATH, '/@grpc/grpc-js/package.json')) as { version: string })
      .version;
  } catch {
    return 'unknown';
  }
}
