/**
 * Random programs: mostly sensible traffic on a small key space, so that requests meet, with every option,
 * combination and absurdity the API lets through mixed in.
 */
import type {
  Compare,
  DeleteRangeRequest,
  Int64,
  PutRequest,
  RangeRequest,
  RequestOp,
  TxnRequest,
  WatchCreateRequest,
} from '../harness/messages.ts';
import { Chance } from './chance.ts';
import { STREAMS } from './step.ts';
import type { Program, Step } from './step.ts';

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');

const KEYS = [
  ...['a', 'aa', 'ab', 'a\0', 'b', 'ba', 'c', 'd', 'dir/1', 'dir/2', 'dir/20', 'dir0', 'e', 'f'],
  ...['\0', '\0\0', '\x01', '\x7f', '\x80', '\xc3\x28', '\xff', '\xff\xff', '\xff\0', 'ü'],
].map(latin1);
const VALUES = ['', '0', '1', '10', '2', 'x', 'value', '\0\xff'].map(latin1);
const INT64_MAX = '9223372036854775807';
const INT64_MIN = '-9223372036854775808';
/** Ids the programs grant; never 0, which lets the server choose. */
const LEASES: readonly Int64[] = [1, 2, 3, 4, 5, 6, 7, -1, INT64_MAX, INT64_MIN];
/** Longer than a program runs by far: no lease expires in the middle of one. */
const TTL_SECONDS_MIN = 3_600;
/** Larger than any request etcd replicates (1.5 MiB), smaller than any message it receives (2 MiB). */
const OVERSIZE_BYTES = 1_600_000;
const LONG_KEY_BYTES = 5_000;
const TXN_DEPTH_MAX = 3;

export class Generator {
  readonly #chance: Chance;
  #granted = 0;

  constructor(seed: number) {
    this.#chance = new Chance(seed);
  }

  program(length: number): Program {
    return Array.from({ length }, () => this.#step());
  }

  #step(): Step {
    return this.#chance.weighted<() => Step>([
      [28, () => ({ kind: 'call', method: 'Put', request: this.#put() })],
      [25, () => ({ kind: 'call', method: 'Range', request: this.#range() })],
      [6, () => ({ kind: 'call', method: 'DeleteRange', request: this.#delete() })],
      [15, () => ({ kind: 'call', method: 'Txn', request: this.#txn(0) })],
      [1.5, () => this.#compact()],
      [9, () => this.#leaseStep()],
      [4, () => this.#watchStep()],
      [1.5, () => ({ kind: 'call', method: 'HashKV', request: this.#hashAt() })],
      [1, () => this.#administration()],
      [0.6, () => this.#empty()],
      [0.2, () => ({ kind: 'restart' })],
    ])();
  }

  #put(): PutRequest {
    const chance = this.#chance;
    if (chance.often(0.004)) return { key: latin1('big'), value: Buffer.alloc(OVERSIZE_BYTES) };
    // Only ids that both servers know alike: a key's lease goes into HashKV.
    const lease = chance.often(0.2) ? { lease: chance.pick(LEASES) } : {};
    return {
      key: this.#key(),
      ...(chance.often(0.9) ? { value: chance.pick(VALUES) } : {}),
      ...lease,
      ...chance.some(0.3, { prev_kv: true }),
      ...chance.some(0.07, { ignore_value: true, ignore_lease: true }),
    };
  }

  #range(): RangeRequest {
    const chance = this.#chance;
    return {
      ...this.#keys(),
      ...chance.some(0.3, {
        limit: chance.weighted<Int64>([
          [8, chance.below(6)],
          [1, -1],
          [1, INT64_MAX],
          [1, INT64_MIN],
        ]),
        revision: this.#revision(),
        sort_order: chance.weighted([
          [10, chance.below(3)],
          [0.3, chance.pick([3, -1, 2147483647])],
        ]),
        sort_target: chance.weighted([
          [10, chance.below(5)],
          [0.3, chance.pick([5, -1])],
        ]),
        serializable: true,
      }),
      ...chance.some(0.1, {
        keys_only: true,
        count_only: true,
        min_mod_revision: this.#bound(),
        max_mod_revision: this.#bound(),
        min_create_revision: this.#bound(),
        max_create_revision: this.#bound(),
      }),
    };
  }

  #delete(): DeleteRangeRequest {
    return { ...this.#keys(), ...this.#chance.some(0.5, { prev_kv: true }) };
  }

  #txn(depth: number): TxnRequest {
    const chance = this.#chance;
    const most = depth === 0 && chance.often(0.01) ? 130 : 4 - depth;
    const list = (): RequestOp[] => chance.several(0, most, () => this.#op(depth));
    return {
      ...chance.some(0.8, { compare: chance.several(0, 3, () => this.#compare()) }),
      ...chance.some(0.9, { success: list(), failure: list() }),
    };
  }

  #op(depth: number): RequestOp {
    const nested = depth < TXN_DEPTH_MAX ? 1.2 : 0;
    return this.#chance.weighted<() => RequestOp>([
      [4, () => ({ request_range: this.#range() })],
      [4, () => ({ request_put: this.#put() })],
      [1.5, () => ({ request_delete_range: this.#delete() })],
      [nested, () => ({ request_txn: this.#txn(depth + 1) })],
      [0.05, () => ({})],
    ])();
  }

  #compare(): Compare {
    const chance = this.#chance;
    const [target, operand] = chance.weighted<[number, Compare]>([
      [3, [0, { version: chance.pick([0, 0, 1, 1, 2, 3, -1, INT64_MAX]) }]],
      [3, [1, { create_revision: chance.often(0.5) ? 0 : this.#revision() }]],
      [3, [2, { mod_revision: chance.often(0.5) ? 0 : this.#revision() }]],
      [3, [3, { value: chance.pick(VALUES) }]],
      [1.5, [4, { lease: chance.often(0.5) ? 0 : chance.pick(LEASES) }]],
    ]);
    return {
      ...(chance.often(0.25) ? this.#keys() : { key: this.#key() }),
      target: chance.weighted([
        [20, target],
        [1, chance.below(5)],
        [0.2, chance.pick([5, -1])],
      ]),
      result: chance.weighted([
        [20, chance.below(4)],
        [0.4, chance.pick([4, -1])],
      ]),
      ...(chance.often(0.97) ? operand : {}),
    };
  }

  #compact(): Step {
    const revision = this.#chance.weighted<Int64>([
      [4, `now-${this.#chance.below(30)}`],
      [1, this.#revision()],
    ]);
    const request = { revision, ...this.#chance.some(0.4, { physical: true }) };
    return { kind: 'call', method: 'Compact', request };
  }

  #hashAt(): { revision?: Int64 } {
    return this.#chance.often(0.5) ? {} : { revision: this.#revision() };
  }

  #leaseStep(): Step {
    const chance = this.#chance;
    const ID = this.#lease();
    return chance.weighted<() => Step>([
      [4, () => ({ kind: 'call', method: 'LeaseGrant', request: this.#grant() })],
      [2, () => ({ kind: 'call', method: 'LeaseRevoke', request: { ID } })],
      [
        4,
        () => ({
          kind: 'call',
          method: 'LeaseTimeToLive',
          request: { ID, ...chance.some(0.6, { keys: true }) },
        }),
      ],
      [1, () => ({ kind: 'call', method: 'LeaseLeases', request: {} })],
      [2, () => ({ kind: 'keep-alive', ID })],
      [0.4, () => ({ kind: 'fleeting-lease', TTL: chance.pick([0, 1, -1, 2, 5, INT64_MIN]) })],
    ])();
  }

  #grant(): { ID?: Int64; TTL: Int64 } {
    const TTL = this.#chance.weighted<Int64>([
      [10, TTL_SECONDS_MIN + this.#chance.below(100_000)],
      [0.5, 9_000_000_000],
      [0.5, 9_000_000_001],
      [0.5, INT64_MAX],
    ]);
    if (this.#chance.often(0.9)) return { ID: this.#chance.pick(LEASES), TTL };
    this.#granted++;
    return { TTL };
  }

  #watchStep(): Step {
    const chance = this.#chance;
    const stream = chance.below(STREAMS);
    if (chance.often(0.4)) {
      return { kind: 'cancel-watch', stream, watchId: chance.below(8) };
    }
    return { kind: 'watch', stream, request: this.#watch() };
  }

  #watch(): WatchCreateRequest {
    const chance = this.#chance;
    return {
      ...(chance.often(0.95) ? this.#keys() : {}),
      ...chance.some(0.5, { start_revision: this.#revision(), prev_kv: true }),
      ...chance.some(0.2, {
        filters: chance.several(0, 2, () => chance.pick([0, 1, 1, 7])),
        watch_id: chance.pick([0, 1, 2, 3, 50, -3]),
        fragment: true,
      }),
    };
  }

  #administration(): Step {
    return this.#chance.pick<Step>([
      { kind: 'call', method: 'MemberList', request: {} },
      { kind: 'call', method: 'MemberList', request: { linearizable: true } },
      { kind: 'call', method: 'Status', request: {} },
      { kind: 'call', method: 'Alarm', request: {} },
      { kind: 'call', method: 'Alarm', request: { action: 2, alarm: 1, memberID: 5 } },
      { kind: 'call', method: 'Defragment', request: {} },
    ]);
  }

  #empty(): Step {
    return this.#chance.pick<Step>([
      { kind: 'call', method: 'Range', request: {} },
      { kind: 'call', method: 'Put', request: {} },
      { kind: 'call', method: 'DeleteRange', request: {} },
      { kind: 'call', method: 'Txn', request: {} },
      { kind: 'call', method: 'Compact', request: {} },
      { kind: 'call', method: 'LeaseRevoke', request: {} },
      { kind: 'call', method: 'LeaseTimeToLive', request: {} },
      { kind: 'keep-alive', ID: 0 },
      { kind: 'watch', stream: 0, request: {} },
    ]);
  }

  #key(): Buffer {
    const chance = this.#chance;
    if (chance.often(0.005)) return Buffer.alloc(0);
    if (chance.often(0.005)) return Buffer.alloc(LONG_KEY_BYTES, chance.pick(['k', 'l']));
    return chance.pick(KEYS);
  }

  /** A key, a prefix, a half-open range in either direction, everything from a key on, everything. */
  #keys(): { key: Buffer; range_end?: Buffer } {
    const chance = this.#chance;
    const key = this.#key();
    return chance.weighted<() => { key: Buffer; range_end?: Buffer }>([
      [4, () => ({ key })],
      [3, () => ({ key, range_end: chance.pick(KEYS) })],
      [1, () => ({ key, range_end: latin1('\0') })],
      [1, () => ({ key: latin1('\0'), range_end: latin1('\0') })],
      [2, () => ({ key: latin1('dir/'), range_end: latin1('dir0') })],
      [3, () => ({ key: latin1('a'), range_end: latin1('g') })],
    ])();
  }

  #lease(): Int64 {
    if (this.#granted > 0 && this.#chance.often(0.1)) {
      return `granted#${this.#chance.below(this.#granted)}`;
    }
    return this.#chance.pick(LEASES);
  }

  #revision(): Int64 {
    const chance = this.#chance;
    return chance.weighted<Int64>([
      [10, `now-${chance.below(20)}`],
      [2, `now-${chance.below(200)}`],
      [3, `compacted${chance.pick(['-1', '+0', '+1', '+2'])}`],
      [1.5, `now+${1 + chance.below(4)}`],
      [1, chance.pick([0, 1, 2, -1, INT64_MAX, INT64_MIN])],
    ]);
  }

  #bound(): Int64 {
    const chance = this.#chance;
    return chance.often(0.9) ? `now-${chance.below(40)}` : this.#revision();
  }
}
