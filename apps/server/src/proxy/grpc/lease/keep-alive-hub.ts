/**
 * The keep-alives of all clients that the cluster cannot tell apart, over one stream to it. Whoever asks for a lease that
 * is being asked for hears the same answer. One that was renewed a moment ago is not renewed again: its answer is given
 * once more, with the seconds that are left of it.
 */
import {
  encode,
  etcdErrors,
  Lease,
  LeaseKeepAliveRequest,
  LeaseKeepAliveResponse,
} from '@concord/protocol';
import type { Asker } from '../asker.ts';
import type { CallFailure } from '../cluster/call-failure.ts';
import type { ClusterCall } from '../cluster/cluster-call.ts';
import type { Cancellable, Cluster } from '../cluster/cluster.ts';
import { isPassing } from '../cluster/passing-failure.ts';

/** Of its lifetime, a renewal counts as fresh for so long: clients come every third, and get by with the rest. */
const FRESH_SHARE = 1 / 6;
/** Renewals that are remembered; with more, some leases are renewed more often than needed. */
const FRESH_MAX = 10_000;
/** Between two attempts to open the stream; the cluster waits for a connection by itself. */
const REOPEN_MS = 100;

/** Hears of one request. */
export interface KeepAliveQuestion {
  answered(response: LeaseKeepAliveResponse): void;
}

/** Hears what concerns all requests of a client. */
export interface KeepAliveClient {
  failed(failure: CallFailure): void;
}

/** A lease that the cluster is being asked for. */
interface Asked {
  /** When the request was sent: the lease lives at least its lifetime from then on. */
  readonly atMs: number;
  readonly questions: KeepAliveQuestion[];
}

interface Renewal {
  readonly atMs: number;
  readonly response: LeaseKeepAliveResponse;
}

export class KeepAliveHub {
  readonly #cluster: Cluster;
  readonly #asker: Asker;
  readonly #now: () => number;
  readonly #asked = new Map<bigint, Asked>();
  readonly #fresh = new Map<bigint, Renewal>();
  readonly #clients = new Set<KeepAliveClient>();
  #call: ClusterCall | undefined;
  #opening: Cancellable | undefined;
  #reopen: NodeJS.Timeout | undefined;

  /** @param now monotonic milliseconds */
  constructor(cluster: Cluster, asker: Asker, now: () => number) {
    this.#cluster = cluster;
    this.#asker = asker;
    this.#now = now;
  }

  get isUnused(): boolean {
    return this.#clients.size === 0;
  }

  join(client: KeepAliveClient): void {
    this.#clients.add(client);
  }

  leave(client: KeepAliveClient): void {
    this.#clients.delete(client);
    if (this.isUnused) this.#close();
  }

  /** Answered by `answered`, or not at all when the client hears `failed`. */
  ask(id: bigint, question: KeepAliveQuestion): void {
    const known = this.#freshAnswer(id);
    if (known !== undefined) {
      question.answered(known);
      return;
    }
    const asked = this.#asked.get(id);
    if (asked !== undefined) {
      asked.questions.push(question);
      return;
    }
    this.#asked.set(id, { atMs: this.#now(), questions: [question] });
    if (this.#call === undefined) this.#connect();
    else this.#send(id);
  }

  /** The lease was revoked, or granted anew. */
  forget(id: bigint): void {
    this.#fresh.delete(id);
  }

  #freshAnswer(id: bigint): LeaseKeepAliveResponse | undefined {
    const renewal = this.#fresh.get(id);
    if (renewal === undefined) return undefined;
    // Rounded up: what is told to be left is left.
    const ageSeconds = Math.ceil((this.#now() - renewal.atMs) / 1000);
    const { response } = renewal;
    if (ageSeconds > response.TTL * FRESH_SHARE) {
      this.#fresh.delete(id);
      return undefined;
    }
    return { ...response, TTL: response.TTL - ageSeconds };
  }

  #connect(): void {
    if (this.#opening !== undefined || this.#reopen !== undefined) return;
    const { path } = Lease.methods.leaseKeepAlive;
    this.#opening = this.#cluster.open(path, this.#asker.headers, {
      opened: (call) => {
        this.#call = call;
        for (const [id, { questions }] of this.#asked) {
          this.#asked.set(id, { atMs: this.#now(), questions });
          this.#send(id);
        }
      },
      message: (bytes) => this.#take(LeaseKeepAliveResponse.decode(bytes)),
      ended: (failure) => this.#lost(failure),
    });
  }

  #send(id: bigint): void {
    this.#call?.write(encode(LeaseKeepAliveRequest, { ID: id }));
  }

  #take(response: LeaseKeepAliveResponse): void {
    const asked = this.#asked.get(response.ID);
    if (asked === undefined) return;
    this.#asked.delete(response.ID);
    if (response.TTL > 0) this.#remember(response, asked.atMs);
    for (const question of asked.questions) question.answered(response);
  }

  #remember(response: LeaseKeepAliveResponse, atMs: number): void {
    this.#fresh.delete(response.ID);
    this.#fresh.set(response.ID, { atMs, response });
    const [oldest] = this.#fresh.keys();
    if (this.#fresh.size > FRESH_MAX && oldest !== undefined) this.#fresh.delete(oldest);
  }

  #lost(failure: CallFailure | undefined): void {
    this.#call = undefined;
    this.#opening = undefined;
    const needsLeader = 'hasleader' in this.#asker.headers;
    if (failure !== undefined && isFinal(failure, needsLeader)) {
      this.#asked.clear();
      for (const client of [...this.#clients]) client.failed(failure);
      return;
    }
    if (this.#asked.size === 0) return;
    this.#reopen = setTimeout(() => {
      this.#reopen = undefined;
      if (this.#asked.size > 0) this.#connect();
    }, REOPEN_MS);
  }

  #close(): void {
    clearTimeout(this.#reopen);
    this.#reopen = undefined;
    this.#opening?.cancel();
    this.#opening = undefined;
    this.#call = undefined;
    this.#asked.clear();
  }
}

/** A client that waits for longer than its lease lives had better be told. */
const isFinal = (failure: CallFailure, needsLeader: boolean): boolean =>
  !isPassing(failure) ||
  failure.reach === 'unreachable' ||
  (needsLeader && failure.is(etcdErrors.ErrNoLeader));
