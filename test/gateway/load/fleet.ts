/** Instances that live by heartbeats through the gateway, and operators who change their weights. */
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { LoadError, type LoadPlan } from './report.ts';

const TTL_SECONDS = 15;
/** As clients do: three tries before the lease runs out. */
const BEAT_EVERY_MS = (TTL_SECONDS * 1000) / 3;
/** Beats go out in so many groups, spread over the interval. */
const GROUPS = 100;
const CONNECTIONS = 64;
const REGISTERING_AT_ONCE = 64;

export const serviceName = (number: number): string => `load-${number}`;

export class Fleet {
  readonly #url: string;
  readonly #plan: LoadPlan;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  readonly #ending = new AbortController();
  #beating: Promise<void> | undefined;
  /** Instances up to this one live, and send heartbeats. */
  #registered = 0;
  beats = 0;
  failedBeats = 0;

  constructor(url: string, plan: LoadPlan) {
    this.#url = url;
    this.#plan = plan;
  }

  /** Those that are registered send heartbeats from then on: on a busy machine the last comes later than a lease lasts. */
  async register(): Promise<void> {
    this.#beating = this.#beatOn();
    const { instances } = this.#plan;
    for (let first = 0; first < instances; first += REGISTERING_AT_ONCE) {
      const count = Math.min(REGISTERING_AT_ONCE, instances - first);
      await Promise.all(Array.from({ length: count }, (_, i) => this.#registerOne(first + i)));
      this.#registered = first + count;
    }
  }

  /** Changes weights one after another, evenly over the time; answers how many. */
  async change(seconds: number, perSecond: number): Promise<number> {
    const start = performance.now();
    const changed: Promise<unknown>[] = [];
    for (let i = 0; i < seconds * perSecond; i += 1) {
      await sleep(Math.max(0, start + (i * 1000) / perSecond - performance.now()));
      changed.push(this.#changeOne(i));
    }
    await Promise.all(changed);
    return changed.length;
  }

  async end(): Promise<void> {
    this.#ending.abort();
    await this.#beating;
    this.#agent.destroy();
  }

  async #registerOne(number: number): Promise<void> {
    const body = {
      address: '10.0.0.1',
      port: 1 + (number % 60_000),
      weight: 100,
      ttl: `${TTL_SECONDS}s`,
    };
    const status = await this.#ask('PUT', this.#pathOf(number), body);
    if (status >= 300) throw new LoadError(`PUT ${this.#pathOf(number)} was answered ${status}`);
  }

  /** The metadata say when the change was asked for; subscribers compare with their own clock, which is the same. */
  async #changeOne(i: number): Promise<void> {
    const number = (i * 37) % this.#plan.instances;
    const body = { weight: 1 + (i % 1000), labels: { at: String(Date.now()) } };
    const status = await this.#ask('PATCH', this.#pathOf(number), body);
    if (status >= 300) throw new LoadError(`PATCH ${this.#pathOf(number)} was answered ${status}`);
  }

  async #beatOn(): Promise<void> {
    const { signal } = this.#ending;
    for (let round = 0; !signal.aborted; round += 1) {
      const group = round % GROUPS;
      for (let number = group; number < this.#registered; number += GROUPS)
        void this.#beatOne(number);
      await sleep(BEAT_EVERY_MS / GROUPS, undefined, { signal }).catch(() => undefined);
    }
  }

  async #beatOne(number: number): Promise<void> {
    const status = await this.#ask('POST', `${this.#pathOf(number)}/heartbeat`).catch(() => 0);
    if (status >= 200 && status < 300) this.beats += 1;
    else if (!this.#ending.signal.aborted) this.failedBeats += 1;
  }

  #pathOf(number: number): string {
    return `/v1/services/${serviceName(number % this.#plan.services)}/instances/i-${number}`;
  }

  #ask(method: string, path: string, body?: unknown): Promise<number> {
    return new Promise((resolve, reject) => {
      const text = body === undefined ? undefined : JSON.stringify(body);
      const headers =
        text === undefined
          ? {}
          : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
      const asked = request(this.#url + path, { method, agent: this.#agent, headers });
      asked.once('error', reject);
      asked.once('response', (response) => {
        response.resume().once('end', () => resolve(response.statusCode ?? 0));
      });
      asked.end(text);
    });
  }
}
