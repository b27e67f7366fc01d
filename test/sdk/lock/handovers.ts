/**
 * Goal: no two holders of a lock write to a store that checks the token, however long processes stand still. Method:
 * contenders in processes of their own increment a number under one lock; the store refuses tokens lower than one that it
 * has seen, and stops contenders by SIGSTOP for longer and shorter than the TTL: while they read, and between their last
 * check and their write. An increment that is lost is two holders who wrote.
 *
 * Usage: handovers.ts [--handovers N] [--seed S] [--backend concord|etcd] [--contenders N]
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Client } from '@concord/client';
import { Random } from '@concord/testing';
import { availableBackends } from '../../conformance/harness/backend.ts';
import { Server } from '../../conformance/harness/server.ts';
import type { ContenderMessage, ContenderOptions, StoreAnswer } from './handover-messages.ts';

/** With a short election time-out servers give leases of a second, and a pause need not be long to outlive one. */
export const SHORT_LEASES = ['--heartbeat-interval=10', '--election-timeout=100'] as const;
const TTL_MS = 1_000;
/** A pause, in TTLs: some end in time, some long after others had the lock. */
const PAUSE_TTLS = { min: 0.3, max: 2 } as const;
const CONTENDER = fileURLToPath(new URL('contender.ts', import.meta.url));

export interface HandoverOptions {
  readonly endpoint: string;
  /** Holds that read from the store, at least. */
  readonly handovers: number;
  readonly seed: number;
  /** Processes, 5 by default. */
  readonly contenders?: number;
  /** Of a hold to be paused, 1/40 by default. */
  readonly pauseChance?: number;
}

export interface HandoverReport {
  readonly handovers: number;
  /** Processes stopped and continued. */
  readonly pauses: number;
  readonly writes: number;
  /** Writes that a contender left, because its lock told it that it was lost. */
  readonly stoppedByLock: number;
  /** Writes of contenders whose key the server had taken away already: each could have been a second holder's. */
  readonly staleWrites: number;
  /** Of these, those that the token stopped. The others came before the next holder had looked at the store, and it saw them. */
  readonly stoppedByToken: number;
  /** What must not be: lost increments, tokens that two have. */
  readonly violations: readonly string[];
}

/** The store that checks tokens, and the hand that stops its writers. */
class Arena {
  readonly #options: HandoverOptions;
  readonly #random: Random;
  readonly #lock: string;
  readonly #contenders: readonly ChildProcess[];
  readonly #owners = new Map<number, ChildProcess>();
  readonly #violations: string[] = [];
  readonly #timers = new Set<NodeJS.Timeout>();
  /** The tokens whose keys are gone, as a watch of the server tells. */
  readonly #gone = new Set<number>();
  #value = 0;
  #highest = 0;
  #counts = { pauses: 0, writes: 0, stoppedByLock: 0, staleWrites: 0, stoppedByToken: 0 };

  constructor(options: HandoverOptions) {
    this.#options = options;
    this.#random = new Random(options.seed);
    const { contenders = 5, endpoint } = options;
    this.#lock = `/handovers/${options.seed}`;
    this.#contenders = Array.from({ length: contenders }, (_, index) => {
      const own: ContenderOptions = {
        endpoint,
        lock: this.#lock,
        ttlMs: TTL_MS,
        isCareful: index % 2 === 0,
      };
      const child = fork(CONTENDER, [JSON.stringify(own)], {
        execArgv: ['--disable-warning=ExperimentalWarning', '--conditions=@concord/source'],
      });
      child.on('message', (message) => this.#onMessage(child, message as ContenderMessage));
      return child;
    });
  }

  async run(): Promise<HandoverReport> {
    await using client = await Client.connect({ endpoints: [this.#options.endpoint] });
    const end = new AbortController();
    const watching = this.#watchKeys(client, end.signal);
    try {
      await Promise.all(this.#contenders.map((child) => once(child, 'exit')));
    } finally {
      for (const timer of this.#timers) clearTimeout(timer);
      for (const child of this.#contenders) child.kill('SIGKILL');
      end.abort();
      await watching;
    }
    if (this.#value !== this.#counts.writes) {
      this.#violations.push(`${this.#counts.writes} increments came to ${this.#value}`);
    }
    return { handovers: this.#owners.size, ...this.#counts, violations: this.#violations };
  }

  async #watchKeys(client: Client, signal: AbortSignal): Promise<void> {
    const tokens = new Map<string, number>();
    try {
      for await (const batch of client.watch({ prefix: this.#lock }, { signal })) {
        if (batch.type !== 'changes') continue;
        for (const change of batch.changes) {
          if (change.kind === 'put') tokens.set(change.entry.key, change.entry.createRevision);
          else this.#gone.add(tokens.get(change.key) ?? 0);
        }
      }
    } catch (error) {
      if (!signal.aborted) this.#violations.push(`the watch failed: ${String(error)}`);
    }
  }

  #onMessage(child: ChildProcess, message: ContenderMessage): void {
    switch (message.type) {
      case 'asking':
        return this.#answer(child, this.#isOver() ? { type: 'stop' } : { type: 'go', value: 0 });
      case 'read':
        return this.#read(child, message.token);
      case 'checked':
        // The first of all stands still for longest, so that every run has a stale writer.
        this.#maybePause(child, this.#counts.pauses === 0);
        return this.#answer(child, { type: 'go', value: this.#value });
      case 'write':
        return this.#write(child, message.token, message.value);
      case 'stopped':
        this.#counts.stoppedByLock += 1;
        return this.#answer(child, { type: 'go', value: this.#value });
      case 'failed':
        this.#violations.push(`a contender failed: ${message.reason}`);
        return;
      default:
        return message satisfies never;
    }
  }

  #read(child: ChildProcess, token: number): void {
    const owner = this.#owners.get(token);
    if (owner !== undefined) this.#violations.push(`token ${token} was given out twice`);
    if (token < this.#highest) return this.#answer(child, { type: 'fenced' });
    this.#owners.set(token, child);
    this.#highest = token;
    this.#maybePause(child);
    this.#answer(child, { type: 'go', value: this.#value });
  }

  #write(child: ChildProcess, token: number, value: number): void {
    if (this.#gone.has(token)) this.#counts.staleWrites += 1;
    if (token < this.#highest) {
      this.#counts.stoppedByToken += 1;
      return this.#answer(child, { type: 'fenced' });
    }
    this.#counts.writes += 1;
    if (value !== this.#value + 1) {
      this.#violations.push(`${value} was written over ${this.#value} with token ${token}`);
    }
    this.#value = value;
    this.#answer(child, { type: 'go', value });
  }

  #maybePause(child: ChildProcess, isLongest = false): void {
    const { pauseChance = 1 / 40 } = this.#options;
    if (!isLongest && !this.#random.chance(pauseChance)) return;
    const { min, max } = PAUSE_TTLS;
    const ttls = isLongest ? max : this.#random.between(min, max);
    this.#counts.pauses += 1;
    child.kill('SIGSTOP');
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      child.kill('SIGCONT');
    }, ttls * TTL_MS);
    this.#timers.add(timer);
  }

  #isOver(): boolean {
    return this.#owners.size >= this.#options.handovers || this.#violations.length > 0;
  }

  #answer(child: ChildProcess, answer: StoreAnswer): void {
    if (child.connected) child.send(answer);
  }
}

/** Runs so many hand-overs. */
export async function runHandovers(options: HandoverOptions): Promise<HandoverReport> {
  return new Arena(options).run();
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      handovers: { type: 'string', default: '2000' },
      seed: { type: 'string', default: '1' },
      backend: { type: 'string', default: 'concord' },
      contenders: { type: 'string', default: '5' },
    },
  });
  const backend = availableBackends().find(({ name }) => name === values.backend);
  if (backend === undefined) throw new Error(`there is no ${values.backend} here`);
  await using server = await Server.start(backend, { flags: SHORT_LEASES, tls: false });
  const startMs = performance.now();
  const report = await runHandovers({
    endpoint: server.endpoint,
    handovers: Number(values.handovers),
    seed: Number(values.seed),
    contenders: Number(values.contenders),
  });
  const seconds = Math.round((performance.now() - startMs) / 1000);
  console.log(
    JSON.stringify({ backend: backend.name, seed: values.seed, seconds, ...report }, null, 2),
  );
  const percent = (100 * report.stoppedByToken) / Math.max(1, report.staleWrites);
  console.log(`of ${report.staleWrites} stale writes, the token stopped ${percent.toFixed(1)} %`);
  process.exitCode = report.violations.length > 0 ? 1 : 0;
}

if (import.meta.main) await main();
