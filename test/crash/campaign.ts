/**
 * The rounds: load, SIGKILL at a random moment, restart on the same data directory (now and then killed
 * again while it starts), check, go on.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ServerUnderTest } from '../bench/server-under-test.ts';
import type { ServerKind, StartOptions } from '../bench/server-under-test.ts';
import { Checker, Evidence } from './checker.ts';
import { EtcdClient } from './etcd-client.ts';
import { SeededRandom } from './seeded-random.ts';
import { Writer } from './writer.ts';

const CONNECTIONS = 4;
const WRITERS = 64;
/** How long the load lasts before the kill. */
const LOAD_MILLISECONDS = { min: 50, max: 1_500 } as const;
/** How long a start is left alone before it is killed too. */
const START_MILLISECONDS_MAX = 400;
/** One restart in so many is killed while it starts. */
const KILLED_STARTS = 4;
/** The whole history is replayed every so many rounds, and after the last. */
const ROUNDS_PER_REPLAY = 10;

/** What to run. */
export interface CampaignOptions {
  readonly kind: ServerKind;
  readonly rounds: number;
  readonly seed: number;
  /** Gets a line after each round. */
  log(line: string): void;
}

/** What a campaign without evidence against the server did. */
export interface CampaignSummary {
  readonly rounds: number;
  readonly acknowledged: number;
  readonly tookPlaceUnanswered: number;
  readonly revision: number;
}

/** Runs the rounds. Rejects with an `Evidence` and keeps the data directory when the server breaks a promise. */
export async function runCampaign(options: CampaignOptions): Promise<CampaignSummary> {
  const folder = mkdtempSync(join(tmpdir(), 'concord-crash-'));
  const campaign = new Campaign(options, folder);
  try {
    const summary = await campaign.run();
    rmSync(folder, { recursive: true, force: true });
    return summary;
  } catch (error) {
    options.log(`the data directory and log are kept in ${folder}`);
    throw error;
  } finally {
    await campaign.end();
  }
}

class Campaign {
  readonly #options: CampaignOptions;
  readonly #start: StartOptions;
  readonly #random: SeededRandom;
  readonly #writers: readonly Writer[];
  readonly #checker: Checker;
  #server: ServerUnderTest | undefined;
  #acknowledged = 0;
  #tookPlaceUnanswered = 0;
  #revision = 1;

  constructor(options: CampaignOptions, folder: string) {
    this.#options = options;
    this.#start = {
      kind: options.kind,
      dataDir: join(folder, 'data'),
      logFile: join(folder, 'log'),
    };
    this.#random = new SeededRandom(options.seed);
    this.#writers = Array.from({ length: WRITERS }, (_, at) => new Writer(at, this.#random.fork()));
    this.#checker = new Checker(this.#writers);
  }

  async run(): Promise<CampaignSummary> {
    this.#server = await ServerUnderTest.start(this.#start);
    const { rounds } = this.#options;
    for (let round = 1; round <= rounds; round++) {
      const loadedMilliseconds = await this.#loadAndKill(this.#server);
      this.#server = await this.#restart();
      const client = new EtcdClient(this.#server.endpoint);
      const found = await this.#checker.check(client);
      const replayed = round % ROUNDS_PER_REPLAY === 0 || round === rounds;
      if (replayed) await this.#checker.checkWholeHistory(client);
      client.close();
      this.#acknowledged += found.acknowledged;
      this.#tookPlaceUnanswered += found.tookPlaceUnanswered;
      this.#revision = found.revision;
      this.#options.log(
        `round ${round} of ${rounds}: killed after ${loadedMilliseconds} ms; ${found.acknowledged} ` +
          `acknowledged, ${found.tookPlaceUnanswered} took place unanswered; revision ${found.revision}` +
          (replayed ? '; whole history replayed' : ''),
      );
    }
    return {
      rounds,
      acknowledged: this.#acknowledged,
      tookPlaceUnanswered: this.#tookPlaceUnanswered,
      revision: this.#revision,
    };
  }

  async end(): Promise<void> {
    await this.#server?.kill();
  }

  async #loadAndKill(server: ServerUnderTest): Promise<number> {
    const clients = Array.from({ length: CONNECTIONS }, () => new EtcdClient(server.endpoint));
    let killed = false;
    let early: unknown;
    const work = this.#writers.map(async (writer, at) => {
      const error = await writer.work(clients[at % CONNECTIONS]!);
      if (!killed) early ??= error;
    });
    const { min, max } = LOAD_MILLISECONDS;
    const milliseconds = min + this.#random.below(max - min);
    await sleep(milliseconds);
    killed = true;
    await server.kill();
    await Promise.all(work);
    for (const client of clients) client.close();
    if (early !== undefined)
      throw new Evidence('a call failed while the server was alive', { cause: early });
    return milliseconds;
  }

  async #restart(): Promise<ServerUnderTest> {
    if (this.#random.below(KILLED_STARTS) === 0) {
      const attempt = await ServerUnderTest.spawn(this.#start);
      await sleep(this.#random.below(START_MILLISECONDS_MAX));
      await attempt.kill();
    }
    return ServerUnderTest.start(this.#start);
  }
}
