/** `@concord/registry/http-sd`: discovered services as targets of Prometheus (`http_sd_configs`). */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { ConcordError, checkNames } from '@concord/client';
import { endpointOf, type Instance } from '../instance.ts';
import { checkName, invalidOption } from '../options.ts';
import type { Discovery } from './discovery.ts';
import { SharedViews, type ViewUse } from './shared-views.ts';

export type { DiscoveredService, Discovery } from './discovery.ts';

export interface HttpSdOptions {
  /** The services to tell of; all that have instances by default. */
  readonly services?: readonly string[];
  /** The name of the port to scrape; each instance's first by default. Instances without it are left out. */
  readonly port?: string;
  /** Labels for every target. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** A registry that can say which services there are. */
export interface ListingDiscovery extends Discovery {
  list(): Promise<readonly { readonly name: string }[]>;
}

/** A request listener of node:http; disposing of it closes its views. */
export interface HttpSdHandler extends AsyncDisposable {
  (request: IncomingMessage, response: ServerResponse): void;
}

/** One target, as Prometheus reads it. */
export interface TargetGroup {
  readonly targets: readonly [string];
  readonly labels: Readonly<Record<string, string>>;
}

const OPERATION = 'registry.httpSdHandler';
const LABEL_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/**
 * Answers what Prometheus asks of an `http_sd` endpoint.
 *
 * ```ts
 * createServer(httpSdHandler(registry)).listen(9600);
 * ```
 *
 * Every instance is a target, whatever its state: relabel by `__meta_concord_state` to leave some out. Labels are
 * `__meta_concord_service`, `_id`, `_zone`, `_state`, `_weight` and `_label_{name}` for its own. `?service=payments`
 * asks for some only. While the cluster is away the last known instances are told; where none are known the answer is
 * 503, at which Prometheus keeps the targets that it has.
 *
 * @throws ConcordError `INVALID_ARGUMENT` naming the option, what was given and what is allowed
 */
export function httpSdHandler(
  registry: ListingDiscovery,
  options: HttpSdOptions = {},
): HttpSdHandler {
  checkOptions(options);
  const targets = new Targets(registry, options);
  const handler = (request: IncomingMessage, response: ServerResponse): void => {
    answer(targets, request, response).catch((error: unknown) => refuse(response, error));
  };
  return Object.assign(handler, { [Symbol.asyncDispose]: () => targets.close() });
}

function checkOptions(options: HttpSdOptions): void {
  checkNames(options, ['services', 'port', 'labels'], OPERATION);
  const { services = [], port = 'default', labels = {} } = options;
  if (!Array.isArray(services)) {
    throw invalidOption(OPERATION, 'services', services, 'give a list of names');
  }
  for (const service of services as unknown[]) checkName(OPERATION, 'services', service);
  checkName(OPERATION, 'port', port);
  for (const [name, value] of Object.entries(labels as Record<string, unknown>)) {
    if (LABEL_NAME.test(name) && typeof value === 'string') continue;
    throw invalidOption(OPERATION, 'labels', labels, `"${name}" is no label of Prometheus`);
  }
}

async function answer(
  targets: Targets,
  { method, url = '/' }: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (method !== 'GET' && method !== 'HEAD') {
    response.writeHead(405, { allow: 'GET, HEAD' }).end();
    return;
  }
  const asked = new URL(url, 'http://localhost').searchParams.getAll('service');
  for (const service of asked) checkName(OPERATION, 'service', service);
  const text = JSON.stringify(await targets.groups(asked));
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
  response.writeHead(200, headers).end(method === 'HEAD' ? undefined : text);
}

function refuse(response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const isRequest = ConcordError.is(error, 'INVALID_ARGUMENT');
  response.writeHead(isRequest ? 400 : 503, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(`${error instanceof Error ? error.message : String(error)}\n`);
}

class Targets {
  readonly #registry: ListingDiscovery;
  readonly #options: HttpSdOptions;
  readonly #views: SharedViews;
  /** Kept from the first request for a service until it has no instances. */
  readonly #uses = new Map<string, ViewUse>();

  constructor(registry: ListingDiscovery, options: HttpSdOptions) {
    this.#registry = registry;
    this.#options = options;
    this.#views = new SharedViews(registry, OPERATION, { acknowledge: false });
  }

  async groups(asked: readonly string[]): Promise<TargetGroup[]> {
    const offered = await this.#offered();
    const services = asked.length === 0 ? offered : offered.filter((name) => asked.includes(name));
    const groups: TargetGroup[] = [];
    for (const service of services) {
      const { view } = await this.#use(service);
      for (const instance of view.snapshot.instances)
        groups.push(...targetGroupsOf(instance, this.#options));
    }
    return groups;
  }

  async close(): Promise<void> {
    const uses = [...this.#uses.values()];
    this.#uses.clear();
    for (const use of uses) await use[Symbol.asyncDispose]();
  }

  /** In the order of their names, so that answers differ only where the targets do. */
  async #offered(): Promise<string[]> {
    const { services } = this.#options;
    if (services !== undefined) return [...services].sort();
    try {
      const names = (await this.#registry.list()).map(({ name }) => name).sort();
      await this.#forgetAllBut(new Set(names));
      return names;
    } catch (error) {
      // The cluster is away: what was known goes on being told.
      if (this.#uses.size === 0) throw error;
      return [...this.#uses.keys()].sort();
    }
  }

  async #use(service: string): Promise<ViewUse> {
    const known = this.#uses.get(service);
    if (known !== undefined) return known;
    const use = await this.#views.use(service);
    const other = this.#uses.get(service);
    if (other !== undefined) {
      // Another request was faster.
      await use[Symbol.asyncDispose]();
      return other;
    }
    this.#uses.set(service, use);
    return use;
  }

  async #forgetAllBut(names: ReadonlySet<string>): Promise<void> {
    for (const [service, use] of [...this.#uses]) {
      if (names.has(service)) continue;
      this.#uses.delete(service);
      await use[Symbol.asyncDispose]();
    }
  }
}

/**
 * An instance as a target, for whoever answers Prometheus without {@link httpSdHandler}.
 *
 * @returns no group for an instance without the port
 */
export function targetGroupsOf(
  instance: Instance,
  { port: portName, labels = {} }: Pick<HttpSdOptions, 'port' | 'labels'> = {},
): TargetGroup[] {
  const port = portName === undefined ? instance.port : instance.ports[portName];
  if (port === undefined) return [];
  return [
    {
      targets: [endpointOf(instance.address, port)],
      labels: { ...labels, ...metaLabels(instance) },
    },
  ];
}

function metaLabels(instance: Instance): Record<string, string> {
  const { service, id, zone, state, weight, labels } = instance;
  const meta: Record<string, string> = {
    __meta_concord_service: service,
    __meta_concord_id: id,
    __meta_concord_state: state,
    __meta_concord_weight: String(weight),
  };
  if (zone !== undefined) meta['__meta_concord_zone'] = zone;
  for (const [name, value] of Object.entries(labels)) {
    meta[`__meta_concord_label_${name.replaceAll(/[^a-zA-Z0-9_]/g, '_')}`] = value;
  }
  return meta;
}
