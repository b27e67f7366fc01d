/**
 * A member in a pod of a StatefulSet (`concord pod start`): gets into its cluster before it starts, and becomes a full
 * member afterwards. What is decided, `admission.ts` decides; here the others are asked, and told.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { askMembers } from '../bootstrap/running-cluster.ts';
import { newCluster } from '../bootstrap/new-cluster.ts';
import { GrpcError } from '../bootstrap/grpc-call.ts';
import { ConfigurationError } from '../config/command-line.ts';
import type { Configuration } from '../config/configuration.ts';
import type { ListedMember } from '../config/initial-cluster.ts';
import { formatId } from '../identity.ts';
import type { Log } from '../log.ts';
import { TransportSecurity } from '../tls/transport-security.ts';
import { admissionOf, type Admission, type KnownCluster } from './admission.ts';
import { administratorOf } from './administrator-access.ts';
import type { ClusterAdministrator } from './cluster-administrator.ts';
import type { PodEnvironment } from './pod-environment.ts';
import { PodVolume } from './pod-volume.ts';
import { foundFromSnapshot } from './snapshot-start.ts';

/** Pods of one set start within seconds of each other. */
const RETRY_MS = 1000;
/** A pod that is up answers at once. */
const ANSWER_MS_MAX = 3000;

export class PodMember {
  readonly #configuration: Configuration;
  readonly #pod: PodEnvironment;
  readonly #log: Log;
  readonly #volume: PodVolume;
  readonly #peerUrls: readonly string[];
  #lastReason = '';

  constructor(configuration: Configuration, pod: PodEnvironment, log: Log) {
    this.#configuration = withSelf(configuration);
    this.#pod = pod;
    this.#log = log;
    this.#volume = new PodVolume(configuration);
    this.#peerUrls = configuration.values['initial-advertise-peer-urls'].map(({ text }) => text);
  }

  /** Resolves with what the member is to be started with, once it may. Throws `ConfigurationError`, `StorageError`. */
  async prepare(signal: AbortSignal): Promise<Configuration> {
    for (;;) {
      const configuration = await this.#attempt();
      if (configuration !== undefined) {
        this.#volume.markAsUsedBy(this.#pod.uid);
        return configuration;
      }
      await sleep(RETRY_MS, undefined, { signal });
    }
  }

  async #attempt(): Promise<Configuration | undefined> {
    const cluster = await this.#askOthers();
    const admission = this.#decide(cluster);
    switch (admission.kind) {
      case 'go-on':
        return this.#configuration;
      case 'found':
        await foundFromSnapshot(this.#configuration, this.#pod.snapshot, this.#log);
        return this.#configuration;
      case 'refuse':
        throw new ConfigurationError(admission.reason);
      case 'wait':
        this.#tell(admission.reason);
        return undefined;
      case 'join':
        return this.#retried(() => this.#join(cluster));
    }
  }

  #decide(cluster: KnownCluster | undefined): Admission {
    const { values, initialCluster } = this.#configuration;
    return admissionOf({
      founder: newCluster(values.name, initialCluster, values['initial-cluster-token']).identity,
      peerUrls: this.#peerUrls,
      state: values['initial-cluster-state'] === 'existing' ? 'existing' : 'new',
      held: this.#volume.held(),
      isSamePod: this.#volume.wasUsedBy(this.#pod.uid),
      cluster,
    });
  }

  async #askOthers(): Promise<KnownCluster | undefined> {
    const { values, initialCluster, dataDirectory } = this.#configuration;
    const urls = initialCluster.filter(({ name }) => name !== values.name);
    const security = await TransportSecurity.open({ values, dataDirectory, log: this.#log });
    try {
      const tls = security.peer.dial();
      const { answers } = await askMembers(
        urls.map(({ peerUrl }) => peerUrl),
        tls,
        ANSWER_MS_MAX,
      );
      return answers[0];
    } finally {
      security.close();
    }
  }

  /** Decides once more, by what a majority knows: what comes now cannot be taken back. */
  async #join(told: KnownCluster | undefined): Promise<Configuration | undefined> {
    const administrator = this.#administrator(told);
    try {
      const cluster = await knownTo(administrator);
      const admission = this.#decide(cluster);
      if (admission.kind !== 'join') return undefined;
      if (admission.clears) {
        this.#log.warn('this volume holds the data of a member that was removed: deleting it');
        this.#volume.clear();
      }
      if (admission.replaces !== undefined) {
        const id = formatId(admission.replaces);
        this.#log.warn(`the data of member ${id} is lost: a new member takes its place`);
        await administrator.remove(admission.replaces);
      }
      if (admission.adds) await administrator.add(this.#peerUrls);
      return this.#joining(await administrator.members());
    } finally {
      administrator.close();
    }
  }

  #administrator(cluster: KnownCluster | undefined): ClusterAdministrator {
    // A learner answers no such question.
    const voters = cluster?.members.filter(({ isLearner }) => !isLearner) ?? [];
    const others = voters.flatMap(({ clientUrls }) => clientUrls);
    return administratorOf(this.#configuration.values, others, this.#pod.user);
  }

  /** The list that a member joins by: each by its name, itself by its own. */
  #joining({ members }: Awaited<ReturnType<ClusterAdministrator['members']>>): Configuration {
    const { values, initialCluster } = this.#configuration;
    const nameOf = new Map(initialCluster.map(({ name, peerUrl }) => [peerUrl, name]));
    const listed: ListedMember[] = members.flatMap(({ ID, name, peerURLs }) => {
      const isOwn = peerURLs.some((url) => this.#peerUrls.includes(url));
      const called = isOwn ? values.name : name || nameOf.get(peerURLs[0] ?? '') || formatId(ID);
      return peerURLs.map((peerUrl) => ({ name: called, peerUrl }));
    });
    return {
      ...this.#configuration,
      initialCluster: listed,
      values: { ...values, 'initial-cluster-state': 'existing' },
    };
  }

  /** After the start: turns authentication on where that is asked for, and becomes a voter. */
  async settle(signal: AbortSignal): Promise<void> {
    const { user, secures } = this.#pod;
    while (!signal.aborted) {
      const isDone = await this.#retried(async () => {
        const cluster = await this.#askOthers();
        const self = cluster?.members.find(({ peerUrls }) =>
          peerUrls.some((url) => this.#peerUrls.includes(url)),
        );
        if (self?.isLearner === true) await this.#promote(cluster, self.id);
        if (secures && user !== undefined) await this.#secure(user.password);
        return true;
      });
      if (isDone === true) return;
      await sleep(RETRY_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  async #secure(password: string): Promise<void> {
    const { values } = this.#configuration;
    const own = values['advertise-client-urls'].map(({ text }) => text);
    const administrator = administratorOf(values, own, undefined);
    try {
      if (await administrator.secure(password)) this.#log.info('authentication is on');
    } finally {
      administrator.close();
    }
  }

  async #promote(cluster: KnownCluster | undefined, id: bigint): Promise<void> {
    const administrator = this.#administrator(cluster);
    try {
      await administrator.promote(id);
      this.#log.info('this member has caught up and votes now');
    } finally {
      administrator.close();
    }
  }

  /** What the others refuse now, such as a second learner, they may grant soon; undefined: try again. */
  async #retried<Result>(attempt: () => Promise<Result>): Promise<Result | undefined> {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof GrpcError)) throw error;
      this.#tell(`not yet: ${error.message}`);
      return undefined;
    }
  }

  /** Says the same once. */
  #tell(reason: string): void {
    if (reason !== this.#lastReason) this.#log.warn(reason);
    this.#lastReason = reason;
  }
}

/** A set that was made larger by `kubectl scale` has pods that no list names: they can only join. */
function withSelf(configuration: Configuration): Configuration {
  const { values, initialCluster } = configuration;
  if (initialCluster.some(({ name }) => name === values.name)) return configuration;
  const own = values['initial-advertise-peer-urls'].map(({ text }) => ({
    name: values.name,
    peerUrl: text,
  }));
  return {
    ...configuration,
    initialCluster: [...initialCluster, ...own],
    values: { ...values, 'initial-cluster-state': 'existing' },
  };
}

async function knownTo(administrator: ClusterAdministrator): Promise<KnownCluster> {
  const { clusterId, members } = await administrator.members();
  return {
    clusterId,
    members: members.map(({ ID, peerURLs, clientURLs, isLearner }) => ({
      id: ID,
      peerUrls: peerURLs,
      clientUrls: clientURLs,
      isLearner,
    })),
  };
}
