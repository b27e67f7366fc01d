/**
 * Scenarios whose operation is one unary call: each caller sends a prepared request for a random key,
 * waits for the answer, and sends the next.
 */
import type { CallListener, H2Client } from '../h2-client.ts';
import { RequestTemplate, keyAt, valueOf } from '../key-space.ts';
import type { KeySpace } from '../key-space.ts';
import { message } from '../protobuf.ts';
import type { Scenario, ScenarioContext } from '../scenario.ts';

/** Keys that one range call returns. */
const RANGE_KEYS = 1_000;
/** Long enough that no lease expires during a run. */
const LEASE_TTL_SECONDS = 3_600;

/** `Compare.CompareResult.GREATER` and `Compare.CompareTarget.VERSION`. */
const COMPARE_GREATER = 1;
const TARGET_VERSION = 0;

/** A unary call as data. */
export interface UnaryCall {
  readonly name: string;
  readonly path: string;
  /** The request for key 0. */
  request(space: KeySpace): Buffer;
  /** Which keys of the request move with the aimed one, as distances from it; default the aimed one. */
  readonly aheads?: readonly number[];
}

const KV = '/etcdserverpb.KV';

/** The calls, by the name of their scenario. */
export const UNARY_CALLS: readonly UnaryCall[] = [
  {
    name: 'get',
    path: `${KV}/Range`,
    request: (space) => message([1, keyAt(space, 0)]),
  },
  {
    name: 'get-serializable',
    path: `${KV}/Range`,
    request: (space) => message([1, keyAt(space, 0)], [7, 1]),
  },
  {
    name: 'range-1000',
    path: `${KV}/Range`,
    request: (space) => message([1, keyAt(space, 0)], [2, keyAt(space, RANGE_KEYS)]),
    aheads: [0, RANGE_KEYS],
  },
  {
    name: 'put',
    path: `${KV}/Put`,
    request: (space) => message([1, keyAt(space, 0)], [2, valueOf(space)]),
  },
  {
    // If the key exists, put it, else get it.
    name: 'txn',
    path: `${KV}/Txn`,
    request: (space) =>
      message(
        [1, message([1, COMPARE_GREATER], [2, TARGET_VERSION], [3, keyAt(space, 0)], [4, 0])],
        [2, message([2, message([1, keyAt(space, 0)], [2, valueOf(space)])])],
        [3, message([1, message([1, keyAt(space, 0)])])],
      ),
  },
  {
    name: 'lease-grant',
    path: '/etcdserverpb.Lease/LeaseGrant',
    request: () => message([1, LEASE_TTL_SECONDS]),
    aheads: [],
  },
];

/** One closed-loop caller. */
class UnaryCaller implements CallListener {
  readonly #client: H2Client;
  readonly #context: ScenarioContext;
  readonly #path: string;
  readonly #template: RequestTemplate;
  readonly #aims: number;
  readonly #onDone: () => void;
  #startedAt = 0;

  constructor(client: H2Client, context: ScenarioContext, call: UnaryCall, onDone: () => void) {
    const { keySpace } = context;
    const aheads = call.aheads ?? [0];
    this.#client = client;
    this.#context = context;
    this.#path = call.path;
    this.#template = new RequestTemplate(keySpace, call.request(keySpace), aheads);
    this.#aims = Math.max(1, keySpace.keys - Math.max(0, ...aheads));
    this.#onDone = onDone;
  }

  /** Sends the next request. */
  next(now: number): void {
    this.#startedAt = now;
    this.#template.aim((Math.random() * this.#aims) | 0);
    this.#client.start(this.#path, this.#template.message, this, true);
  }

  onData(): void {
    // The answer's contents are the conformance suite's concern; here only its arrival counts.
  }

  onEnd(status: number, text: string): void {
    const { window } = this.#context;
    const now = performance.now();
    if (status === 0) window.finished(this.#startedAt, now);
    else window.failed(`${this.#path}: status ${status}: ${text}`);
    if (window.isOpen(now)) this.next(now);
    else this.#onDone();
  }
}

function unaryScenario(call: UnaryCall): Scenario {
  return {
    name: call.name,
    unit: 'calls',
    run: async (context) => {
      const { callers, clients, window } = context;
      const measured = window.measure();
      await new Promise<void>((resolve) => {
        let left = callers;
        const onDone = (): void => {
          if (--left === 0) resolve();
        };
        for (let caller = 0; caller < callers; caller++) {
          const client = clients[caller % clients.length]!;
          new UnaryCaller(client, context, call, onDone).next(performance.now());
        }
      });
      await measured;
    },
  };
}

/** get, get-serializable, range-1000, put, txn, lease-grant. */
export const unaryScenarios: readonly Scenario[] = UNARY_CALLS.map(unaryScenario);
