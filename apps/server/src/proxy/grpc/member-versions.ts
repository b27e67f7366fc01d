/** What the members say of their version, looked at now and then: members are replaced while the proxy runs. */
import { Maintenance, StatusRequest } from '@concord/protocol';
import type { Cluster } from './cluster/cluster.ts';
import { ask } from './cluster/unary.ts';

const LOOK_MS = 30_000;

export class MemberVersions {
  readonly #cluster: Cluster;
  readonly #timer: NodeJS.Timeout;
  /** Of the last answers, one for each endpoint; calls go to the endpoints in turn. */
  #versions: string[] = [];

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
    this.#timer = setInterval(() => void this.#look(), LOOK_MS);
    void this.#look();
  }

  close(): void {
    clearInterval(this.#timer);
  }

  /**
   * Whether a request for the progress of watches is answered in order with the events. Before 3.4.25 and 3.5.8 etcd's
   * answer went around them; the last holes were closed in 3.4.31 and 3.5.13.
   */
  get tellProgress(): boolean {
    return this.#versions.length > 0 && this.#versions.every(tellsProgress);
  }

  async #look(): Promise<void> {
    const { urls } = this.#cluster;
    const answers = urls.map(async () => {
      try {
        const { status } = Maintenance.methods;
        return (await ask(this.#cluster, status, StatusRequest.create())).version;
      } catch {
        return '';
      }
    });
    this.#versions = (await Promise.all(answers)).filter((version) => version !== '');
  }
}

function tellsProgress(version: string): boolean {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  if (major !== 3) return major > 3;
  if (minor > 5) return true;
  return (minor === 5 && patch >= 13) || (minor === 4 && patch >= 31);
}
