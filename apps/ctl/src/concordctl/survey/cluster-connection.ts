/** Asks a cluster for a survey over the program's own connection: raw answers, and one connection a member. */
import { AlarmRequest_AlarmAction, AlarmType, Cluster, Maintenance } from '@concord/protocol';
import type { Invocation } from '../command.ts';
import { EtcdClient } from '../connection/etcd-client.ts';
import type { TlsMaterial } from './http-look.ts';
import type { SeenAlarm, SeenMember, SeenStatus } from './survey.ts';
import type { Surveyable } from './take-survey.ts';

export class ClusterConnection implements Surveyable, AsyncDisposable {
  readonly #connect: (endpoint?: string) => Promise<EtcdClient>;
  readonly #clients = new Map<string, Promise<EtcdClient>>();
  readonly #cluster: EtcdClient;
  readonly #answerMs: number;

  private constructor(
    connect: (endpoint?: string) => Promise<EtcdClient>,
    cluster: EtcdClient,
    answerMs: number,
  ) {
    this.#connect = connect;
    this.#cluster = cluster;
    this.#answerMs = answerMs;
  }

  /** Nobody is asked yet. */
  static async open(invocation: Invocation, answerMs: number): Promise<ClusterConnection> {
    const connect = async (endpoint?: string): Promise<EtcdClient> => {
      const settings = await invocation.connection(
        endpoint === undefined ? {} : { endpoints: [endpoint] },
      );
      // A member that does not answer is part of what is seen, and no line on stderr. Members, status and alarms are told to
      // everybody: where a user cannot log in, there is all the more to look at.
      return EtcdClient.open({ ...settings, tell: () => undefined }, { isAnonymous: true });
    };
    return new ClusterConnection(connect, await connect(), answerMs);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#cluster.close();
    for (const client of this.#clients.values()) (await client).close();
  }

  get endpoints(): readonly string[] {
    return this.#cluster.endpoints;
  }

  urlOf(endpoint: string): string {
    if (endpoint.includes('://') || endpoint.startsWith('unix')) return endpoint;
    const known = this.#cluster.settings.endpoints.find(({ text }) => text === endpoint);
    return `${known?.isTls === true ? 'https' : 'http'}://${endpoint}`;
  }

  get tls(): TlsMaterial | undefined {
    const { cert, key, ca, rejectUnauthorized } = this.#cluster.settings.connection.tls;
    return {
      cert: cert as TlsMaterial['cert'],
      key: key as TlsMaterial['key'],
      ca: ca as TlsMaterial['ca'],
      isUnverified: !rejectUnauthorized,
    };
  }

  async members(signal: AbortSignal): Promise<readonly SeenMember[]> {
    const { memberList } = Cluster.methods;
    // Not linearizable: a cluster that has lost its majority is what one most wants to see.
    const { members } = await this.#cluster.call(
      memberList,
      memberList.request.create({ linearizable: false }),
      this.#options(signal),
    );
    return members.map(({ ID, name, peerURLs, clientURLs, isLearner }) => ({
      id: ID,
      name,
      peerUrls: peerURLs,
      clientUrls: clientURLs,
      isLearner,
    }));
  }

  async alarms(signal: AbortSignal): Promise<readonly SeenAlarm[]> {
    const { alarm } = Maintenance.methods;
    const request = alarm.request.create({ action: AlarmRequest_AlarmAction.GET });
    const { alarms } = await this.#cluster.call(alarm, request, this.#options(signal));
    return alarms.flatMap(({ memberID, alarm: kind }): SeenAlarm[] => {
      if (kind === AlarmType.NONE) return [];
      return [{ memberId: memberID, kind: kind === AlarmType.NOSPACE ? 'nospace' : 'corrupt' }];
    });
  }

  async status(url: string, signal: AbortSignal): Promise<SeenStatus> {
    const client = await this.#at(url);
    const { status } = Maintenance.methods;
    const answer = await client.call(status, status.request.create(), this.#options(signal));
    return {
      clusterId: answer.header?.clusterId ?? 0n,
      memberId: answer.header?.memberId ?? 0n,
      version: answer.version,
      storageVersion: answer.storageVersion,
      leaderId: answer.leader,
      isLearner: answer.isLearner,
      revision: answer.header?.revision ?? 0,
      raftTerm: answer.raftTerm,
      raftIndex: answer.raftIndex,
      raftAppliedIndex: answer.raftAppliedIndex,
      databaseBytes: answer.dbSize,
      databaseBytesInUse: answer.dbSizeInUse,
      quotaBytes: answer.dbSizeQuota,
      errors: answer.errors,
    };
  }

  #at(url: string): Promise<EtcdClient> {
    const known = this.#clients.get(url);
    if (known !== undefined) return known;
    const made = this.#connect(url);
    this.#clients.set(url, made);
    return made;
  }

  /** What is asked may be asked twice. */
  #options(signal: AbortSignal) {
    return { timeoutMs: this.#answerMs, isRepeatable: true, signal };
  }
}
