/**
 * A client of a few keys that nobody else writes: it puts, exchanges and reads them, as locks and counters do. What
 * it was told is judged by the log like everything, and once more without it (`checkers/registers.ts`).
 */
import {
  Compare,
  Compare_CompareResult as CompareResult,
  Compare_CompareTarget as CompareTarget,
  DeleteRangeRequest,
  PutRequest,
  RangeRequest,
  TxnRequest,
  fromByteString,
  toByteString,
} from '@concord/protocol';
import type { Random } from '@concord/testing';
import type { Caller } from './caller.ts';
import type { SimulatedCluster } from './cluster.ts';
import { REGISTER_PREFIX } from './requests.ts';
import type { SimulatedWorld } from './world.ts';

const FIRST_NUMBER = 2000;
const REGISTERS = 2;
/** The search grows with the history. */
const CALLS_MAX = 60;

export class RegisterClient {
  readonly number: number;
  readonly #world: SimulatedWorld;
  readonly #random: Random;
  readonly #cluster: SimulatedCluster;
  readonly #caller: Caller;
  /** What each register held when it was read last. */
  readonly #seen = new Map<string, string>();
  #callCount = 0;
  #isStopped = false;
  isIdle = true;

  constructor(number: number, world: SimulatedWorld, cluster: SimulatedCluster, caller: Caller) {
    this.number = FIRST_NUMBER + number;
    this.#world = world;
    this.#random = world.random.fork();
    this.#cluster = cluster;
    this.#caller = caller;
  }

  start(): void {
    const thinkMs = this.#random.between(...this.#world.temper.thinkMs);
    this.#world.queue.schedule(thinkMs, `register client ${this.number}`, () => {
      if (!this.#isStopped && this.#callCount++ < CALLS_MAX) this.#act();
    });
  }

  stop(): void {
    this.#isStopped = true;
  }

  #act(): void {
    this.isIdle = false;
    const register = `${REGISTER_PREFIX}register-${this.#random.integer(1, REGISTERS)}`;
    const key = fromByteString(register);
    const value = fromByteString(`${this.number}.${this.#callCount}`);
    const member = this.#cluster.pick(this.#random);
    const done = (): void => {
      this.isIdle = true;
      this.start();
    };
    const choice = this.#random.next();
    if (choice < 0.25) {
      const request = PutRequest.create({ key, value });
      this.#caller.call(this.number, member, 'put', request, done);
    } else if (choice < 0.3) {
      this.#caller.call(
        this.number,
        member,
        'delete-range',
        DeleteRangeRequest.create({ key }),
        done,
      );
    } else if (choice < 0.6) {
      const request = this.#exchange(register, value);
      this.#caller.call(this.number, member, 'txn', request, done);
    } else {
      this.#caller.call(this.number, member, 'range', RangeRequest.create({ key }), (outcome) => {
        const kv = outcome.kind === 'ok' ? outcome.response.kvs[0] : undefined;
        this.#seen.set(register, kv === undefined ? '' : toByteString(kv.value));
        done();
      });
    }
  }

  /** Puts a value in the place of what was seen last; of nothing, where nothing was seen. */
  #exchange(register: string, value: Uint8Array): TxnRequest {
    const key = fromByteString(register);
    const seen = this.#seen.get(register) ?? '';
    const compare =
      seen === ''
        ? { target: CompareTarget.VERSION, targetUnion: { case: 'version', value: 0 } as const }
        : {
            target: CompareTarget.VALUE,
            targetUnion: { case: 'value', value: fromByteString(seen) } as const,
          };
    return TxnRequest.create({
      compare: [Compare.create({ key, result: CompareResult.EQUAL, ...compare })],
      success: [{ request: { case: 'requestPut', value: PutRequest.create({ key, value }) } }],
    });
  }
}
