/** The DNS server on what the gateway knows of services, where one is wanted. */
import type { GatewayOptions } from '../options/options.ts';
import type { Log } from '../log.ts';
import type { ServiceDirectory } from '../services/service-directory.ts';
import { DnsServer } from './dns-server.ts';
import { DnsZone } from './dns-zone.ts';

export type DnsOptions = Pick<GatewayOptions, 'dnsPort' | 'dnsHost' | 'dnsDomain' | 'dnsZone'>;

export class DnsDoor {
  readonly #directory: ServiceDirectory;
  readonly #options: DnsOptions;
  readonly #log: Log;
  readonly #zone: DnsZone;
  /** Names of services in small letters, made anew when there are others. */
  #byLowerCase: { names: readonly string[]; found: Map<string, string> } | undefined;
  #isKnown = false;
  #server: DnsServer | undefined;

  constructor(directory: ServiceDirectory, options: DnsOptions, log: Log) {
    this.#directory = directory;
    this.#options = options;
    this.#log = log;
    this.#zone = new DnsZone(
      {
        find: (service) => this.#find(service),
        instances: (service) => directory.instances(service).map(({ instance }) => instance),
      },
      { domain: options.dnsDomain, zone: options.dnsZone, random: Math.random },
    );
  }

  /** @throws Error that names the address, and why it cannot be had */
  async open(): Promise<void> {
    const { dnsPort: port, dnsHost: host } = this.#options;
    if (port === undefined) return;
    // Nothing is said before the services are known: "no such name" would be believed.
    void this.#directory.source.ready({ timeout: '24h' }).then(
      () => (this.#isKnown = true),
      () => undefined,
    );
    try {
      this.#server = await DnsServer.listen({
        host,
        port,
        answer: (question) =>
          this.#isKnown ? this.#zone.answer(question, this.#directory.revision) : undefined,
        failed: (error) => this.#log.error({ err: error }, 'a DNS question was not answered'),
      });
    } catch (cause) {
      const problem = `--dns-port (${host}:${port}): ${(cause as Error).message}`;
      throw new Error(problem, { cause });
    }
    this.#log.info({ host, port, domain: this.#options.dnsDomain }, 'answering DNS');
  }

  async close(): Promise<void> {
    await this.#server?.[Symbol.asyncDispose]();
  }

  #find(service: string): string | undefined {
    const names = this.#directory.names();
    if (this.#byLowerCase?.names !== names) {
      const found = new Map(names.map((name) => [name.toLowerCase(), name]));
      this.#byLowerCase = { names, found };
    }
    return this.#byLowerCase.found.get(service);
  }
}
