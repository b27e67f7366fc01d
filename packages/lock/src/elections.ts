/** Elections: one leader for a name, the others wait in line. */
import { checkNames, type CallOptions, type Client } from '@concord/client';
import { Acquirer, type LocksOptions } from './acquirer.ts';
import { Candidacy, type LeadOptions } from './candidacy.ts';
import { Leadership, type HeldElection } from './held-election.ts';
import type { HeldLock } from './held-lock.ts';
import { Line } from './line/line.ts';
import { leaderOf, observeLeader, type Leader } from './leader.ts';
import { checkLockOptions, checkName, type LockOptions } from './options.ts';
import { checkTick, isBegun, runTick, type TickOptions, type TickResult } from './once-per-tick.ts';

const EXCLUSIVE = { claim: { mode: 'exclusive' } } as const;

/** How to stand in an election. */
export interface CampaignOptions extends Omit<LockOptions, 'label' | 'reentrant'> {
  /** What observers see of the leader, such as its address; empty by default. */
  readonly value?: string | undefined;
}

/**
 * Elections by name. The keys are those of etcd's concurrency package, so candidates and observers may be programs in Go,
 * `etcdctl elect`, or callers of the server's election service.
 */
export class Elections implements AsyncDisposable {
  readonly #client: Client;
  readonly #acquirer: Acquirer;

  constructor(client: Client, options: LocksOptions = {}) {
    this.#client = client;
    this.#acquirer = new Acquirer(client, options);
  }

  /**
   * Stands for the leadership of `name`, and resolves when it is had.
   *
   * @throws ConcordError as `Locks.acquire`
   */
  async campaign(name: string, options: CampaignOptions = {}): Promise<HeldElection> {
    return this.#campaign('election.campaign', name, options);
  }

  /** Who leads now, if anybody does. */
  async leader(name: string, call: CallOptions = {}): Promise<Leader | undefined> {
    const { entry } = await new Line(this.#client, checkName('election.leader', name)).front(call);
    return entry && leaderOf(entry);
  }

  /**
   * The leader, now and whenever it or its value changes; undefined while there is none. Always the newest: values that
   * follow each other faster than they are taken are left out.
   */
  observe(
    name: string,
    options: { readonly signal?: AbortSignal | undefined } = {},
  ): AsyncIterableIterator<Leader | undefined> {
    checkNames(options, ['signal'], 'election.observe');
    return observeLeader(this.#client, checkName('election.observe', name), options.signal);
  }

  /**
   * Runs `body` as long as this process leads, and again with each re-election. Its signal aborts with the loss of the
   * leadership and when this is disposed of; the next run begins when the last one has ended. A body that returns ends
   * the candidacy; one that throws resigns, and stands again after a while.
   */
  lead(
    name: string,
    body: (leadership: HeldElection) => Promise<void>,
    options: LeadOptions = {},
  ): Candidacy {
    const { signal, ...rest } = options;
    checkLockOptions('election.lead', name, rest, ['value']);
    const campaign = (until: AbortSignal): Promise<HeldElection> =>
      this.#campaign('election.lead', name, { ...rest, signal: until }, until);
    return new Candidacy({ logger: this.#client.logger, name, campaign, body, signal });
  }

  /**
   * Runs the job `name` for the moment `tick`, in one process of all that call this with the same moment, and at most
   * once: a run that fails, or is lost half-way, is not repeated. Runs of one job never overlap.
   *
   * @throws ConcordError `LOCK_LOST` when the lock under it was lost while it ran; what `body` throws
   */
  async oncePerTick(
    name: string,
    tick: Date,
    body: (lock: HeldLock) => Promise<void>,
    options: TickOptions = {},
  ): Promise<TickResult> {
    const operation = 'election.oncePerTick';
    const { missed = 'skip', ...lockOptions } = options;
    const request = checkLockOptions(operation, name, lockOptions);
    checkTick(operation, tick, missed);
    // The usual case in all processes but one costs a read.
    if (await isBegun(this.#client, name, tick, request.signal)) return 'skipped';
    const lock =
      missed === 'skip'
        ? await this.#acquirer.tryAcquire('mutex', request, EXCLUSIVE)
        : await this.#acquirer.acquire('mutex', request, EXCLUSIVE);
    return lock === undefined ? 'skipped' : runTick(this.#client, lock, tick, body);
  }

  async #campaign(
    operation: string,
    name: string,
    { value = '', ...options }: CampaignOptions,
    until?: AbortSignal,
  ): Promise<HeldElection> {
    const request = checkLockOptions(operation, name, options);
    const wanted = { claim: { mode: 'exclusive' }, value } as const;
    return new Leadership(await this.#acquirer.stand('election', request, wanted, until));
  }

  /** Gives up every leadership and candidacy. */
  async close(): Promise<void> {
    await this.#acquirer[Symbol.asyncDispose]();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
