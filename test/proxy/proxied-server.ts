/** A server and a gRPC proxy before it, with clients of both. Everything is gone when it is disposed of. */
import { availableBackends, type Backend } from '../conformance/harness/backend.ts';
import { ProxyProcess } from '../conformance/harness/proxy-process.ts';
import { Server, type ServerOptions } from '../conformance/harness/server.ts';
import { WireClient } from '../conformance/harness/wire-client.ts';

/** Concord and, where there is one, etcd. */
export const backends = (): readonly Backend[] => availableBackends();

export class ProxiedServer implements AsyncDisposable {
  readonly server: Server;
  readonly proxy: ProxyProcess;
  /** Of the proxy. */
  readonly client: WireClient;
  /** Of the server itself. */
  readonly direct: WireClient;

  private constructor(server: Server, proxy: ProxyProcess) {
    this.server = server;
    this.proxy = proxy;
    this.client = new WireClient(proxy.endpoint);
    this.direct = new WireClient(server.endpoint);
  }

  static async start(
    backend: Backend,
    flags: readonly string[] = [],
    options: ServerOptions = {},
  ): Promise<ProxiedServer> {
    const server = await Server.start(backend, options);
    const proxy = await ProxyProcess.start('grpc-proxy', [
      `--endpoints=${server.endpoint}`,
      ...flags,
    ]);
    return new ProxiedServer(server, proxy);
  }

  /** One number of the server's metrics, of the sample that has these labels. */
  serverMetric(name: string, ...labels: readonly string[]): Promise<number> {
    return metric(`http://${this.server.endpoint}/metrics`, name, labels);
  }

  proxyMetric(name: string): Promise<number> {
    return metricOf(this.proxy, name);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.client.close();
    this.direct.close();
    await this.proxy.stop();
    await this.server.stop();
  }
}

/** One number of a proxy's own metrics. */
export const metricOf = ({ endpoint }: ProxyProcess, name: string): Promise<number> =>
  metric(`http://${endpoint}/proxy/metrics`, name, []);

async function metric(url: string, name: string, labels: readonly string[]): Promise<number> {
  const text = await (await fetch(url)).text();
  const line = text
    .split('\n')
    .find((each) => each.startsWith(name) && labels.every((label) => each.includes(label)));
  return line === undefined ? 0 : Number(line.split(' ').at(-1));
}
