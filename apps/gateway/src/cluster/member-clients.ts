/** A connection to each member by itself: what is asked of one member must not be answered by another. */
import { Client, type ClientOptions } from '@concord/client';

export class MemberClients {
  readonly #options: Omit<ClientOptions, 'endpoints'>;
  readonly #clients = new Map<string, Client>();

  /** @param options - as for the cluster: the same certificates and credentials */
  constructor({ tls, credentials, timeout, logger }: Omit<ClientOptions, 'endpoints'>) {
    this.#options = { tls, credentials, timeout, logger };
  }

  /** The client of the member at `clientUrl`. */
  at(clientUrl: string): Client {
    const held = this.#clients.get(clientUrl);
    if (held !== undefined) return held;
    const client = Client.open({ ...this.#options, endpoints: [clientUrl] });
    this.#clients.set(clientUrl, client);
    return client;
  }

  /** Lets go of members that are no longer where they were. */
  keep(clientUrls: ReadonlySet<string>): void {
    for (const [url, client] of this.#clients) {
      if (clientUrls.has(url)) continue;
      this.#clients.delete(url);
      void client.close();
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#clients.values()].map((client) => client.close()));
  }
}
