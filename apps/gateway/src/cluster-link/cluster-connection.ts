/**
 * The connection that everything here shares. A gateway may be started before its cluster: then it comes up without, is not
 * ready, and is well as soon as a member answers.
 */
import { Client, ConcordError, type ClientOptions } from '@concord/client';
import { Concord } from '@concord/sdk';
import type { Log } from '../log.ts';

export class ClusterConnection {
  readonly concord: Concord;
  #hasAnswered: boolean;

  private constructor(concord: Concord, hasAnswered: boolean) {
    this.concord = concord;
    this.#hasAnswered = hasAnswered;
  }

  /**
   * Connects, and goes on alone where no member answers in time.
   *
   * @throws ConcordError for what does not pass by itself: options that cannot be meant, a user that the cluster refuses
   */
  static async open(options: ClientOptions, log: Log): Promise<ClusterConnection> {
    try {
      return new ClusterConnection(new Concord(await Client.connect(options)), true);
    } catch (error) {
      if (!isAbsence(error)) throw error;
      log.warn({ err: error }, 'no member answers: this gateway is not ready until one does');
      return new ClusterConnection(new Concord(Client.open(options)), false);
    }
  }

  /** Whether the cluster has answered since this gateway started. */
  get hasAnswered(): boolean {
    return this.#hasAnswered;
  }

  noteAnswer(): void {
    this.#hasAnswered = true;
  }
}

const isAbsence = (error: unknown): boolean =>
  ConcordError.is(error, 'UNAVAILABLE') || ConcordError.is(error, 'DEADLINE');
