/**
 * Random programs with authentication on: users, roles and permissions change while calls come from different users,
 * with tokens that are good, that were once, and that never were.
 */
import type { RangeRequest, RequestOp, TxnRequest } from '../harness/messages.ts';
import { Chance } from './chance.ts';
import type { AuthStep, CallStep, Program, Step } from './step.ts';

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');

/** Users of the programs; root is there from the start. Passwords are few, so that wrong ones are right elsewhere. */
const USERS = ['root', 'alice', 'bob', 'carol'];
const PASSWORDS = ['p1', 'p2', ''];
const ROLES = ['root', 'r1', 'r2', 'r3'];
const KEYS = ['a', 'aa', 'ab', 'b', 'ba', 'c', 'd', '\xff'].map(latin1);
/**
 * What is granted: with each first key one range, because etcd (up to 3.7.3) looks at the first permission of a key
 * alone, keeps a second one of the same range beside it, and so cannot take back what it granted before. Neighbours
 * touch and overlap, so that what a user may is put together from several.
 */
const GRANTS: readonly (readonly [key: string, end: string])[] = [
  ['a', ''],
  ['aa', 'b'],
  ['ab', '\0'],
  ['b', 'd'],
  ['ba', ''],
  ['c', '\xff'],
  ['d', ''],
  ['\xff', ''],
];
const LEASES = [1, 2, 3];
const TTL_SECONDS = 36_000;

export class AuthGenerator {
  readonly #chance: Chance;

  constructor(seed: number) {
    this.#chance = new Chance(seed ^ 0x617574);
  }

  /** Begins with authentication on, and goes on as it comes. */
  program(length: number): Program {
    const opening = this.#opening();
    const rest = Array.from({ length: Math.max(0, length - opening.length) }, () => this.#step());
    return [...opening, ...rest];
  }

  #opening(): Step[] {
    const call = (step: CallStep): Step => step;
    return [
      call({ kind: 'call', method: 'UserAdd', request: { name: 'root', password: 'p1' } }),
      call({ kind: 'call', method: 'UserGrantRole', request: { user: 'root', role: 'root' } }),
      ...['alice', 'bob'].map((name) =>
        call({ kind: 'call', method: 'UserAdd', request: { name, password: 'p1' } }),
      ),
      ...['r1', 'r2'].map((name) => call({ kind: 'call', method: 'RoleAdd', request: { name } })),
      ...[0, 1, 2, 3].map(() => this.#grantPermission()),
      call({ kind: 'call', method: 'UserGrantRole', request: { user: 'alice', role: 'r1' } }),
      call({ kind: 'call', method: 'UserGrantRole', request: { user: 'bob', role: 'r2' } }),
      call({ kind: 'call', method: 'AuthEnable', request: {} }),
      ...USERS.slice(0, 3).map((user) => ({ kind: 'log-in', user, password: 'p1' }) as const),
    ];
  }

  #step(): Step {
    return this.#chance.weighted<() => Step>([
      [40, () => this.#asSomebody(this.#keyCall())],
      [8, () => this.#asSomebody(this.#leaseCall())],
      [5, () => this.#asSomebody(this.#operatorCall())],
      [10, () => this.#asSomebody(this.#lookingCall())],
      // Mostly by root, or nothing would ever change.
      [18, () => this.#asRoot(this.#change())],
      [4, () => this.#asSomebody(this.#change())],
      [9, () => this.#logIn()],
      [0.7, () => this.#asRoot({ kind: 'call', method: 'AuthDisable', request: {} })],
      [3, () => this.#asRoot({ kind: 'call', method: 'AuthEnable', request: {} })],
    ])();
  }

  #asSomebody(call: CallStep): AuthStep {
    const chance = this.#chance;
    const by = chance.weighted<string>([
      [20, chance.pick(USERS)],
      [3, ''],
      [1, 'stale:' + chance.pick(USERS)],
      [1, 'wrong'],
    ]);
    return { kind: 'call-as', by, call };
  }

  #asRoot(call: CallStep): AuthStep {
    return { kind: 'call-as', by: 'root', call };
  }

  #logIn(): AuthStep {
    const chance = this.#chance;
    // root's password hardly changes: without root nothing goes on.
    const user = chance.weighted([
      [4, 'root'],
      [6, chance.pick(['alice', 'bob', 'carol', 'nobody'])],
    ]);
    const password = user === 'root' || chance.often(0.5) ? 'p1' : chance.pick(PASSWORDS);
    return { kind: 'log-in', user, password };
  }

  #keyCall(): CallStep {
    const chance = this.#chance;
    return chance.weighted<() => CallStep>([
      [5, () => ({ kind: 'call', method: 'Put', request: this.#put() })],
      [6, () => ({ kind: 'call', method: 'Range', request: this.#range() })],
      [2, () => ({ kind: 'call', method: 'DeleteRange', request: this.#delete() })],
      [4, () => ({ kind: 'call', method: 'Txn', request: this.#txn(0) })],
    ])();
  }

  #put() {
    const chance = this.#chance;
    return {
      key: chance.pick(KEYS),
      value: latin1(chance.pick(['x', 'y'])),
      ...chance.some(0.25, { prev_kv: true }),
      ...(chance.often(0.2) ? { lease: chance.pick(LEASES) } : {}),
    };
  }

  #range(): RangeRequest {
    return { ...this.#keys(), ...this.#chance.some(0.3, { serializable: true, count_only: true }) };
  }

  #delete() {
    return { ...this.#keys(), ...this.#chance.some(0.4, { prev_kv: true }) };
  }

  #txn(depth: number): TxnRequest {
    const chance = this.#chance;
    const list = (): RequestOp[] => chance.several(0, 2, () => this.#op(depth));
    return {
      compare: chance.several(0, 1, () => ({ ...this.#keys(), target: 0, result: 1, version: 0 })),
      success: list(),
      failure: list(),
    };
  }

  #op(depth: number): RequestOp {
    const chance = this.#chance;
    return chance.weighted<() => RequestOp>([
      [4, () => ({ request_range: this.#range() })],
      [4, () => ({ request_put: this.#put() })],
      [2, () => ({ request_delete_range: this.#delete() })],
      [depth < 2 ? 1.5 : 0, () => ({ request_txn: this.#txn(depth + 1) })],
    ])();
  }

  /** Ranges that have keys: what a range without any asks for is etcd's accident (`differences.ts`). */
  #keys(): { key: Buffer; range_end?: Buffer } {
    const chance = this.#chance;
    const [one, other] = [chance.below(KEYS.length), chance.below(KEYS.length)];
    const key = KEYS[Math.min(one, other)] as Buffer;
    const end = KEYS[Math.max(one, other)] as Buffer;
    return chance.weighted<{ key: Buffer; range_end?: Buffer }>([
      [5, { key }],
      [4, one === other ? { key } : { key, range_end: end }],
      [1, { key, range_end: latin1('\0') }],
    ]);
  }

  #granted(): { key: Buffer; range_end?: Buffer } {
    const [key, end] = this.#chance.pick(GRANTS);
    return end === '' ? { key: latin1(key) } : { key: latin1(key), range_end: latin1(end) };
  }

  #leaseCall(): CallStep {
    const ID = this.#chance.pick(LEASES);
    const keys = this.#chance.often(0.6);
    return this.#chance.weighted<() => CallStep>([
      [3, () => ({ kind: 'call', method: 'LeaseGrant', request: { ID, TTL: TTL_SECONDS } })],
      [2, () => ({ kind: 'call', method: 'LeaseRevoke', request: { ID } })],
      [3, () => ({ kind: 'call', method: 'LeaseTimeToLive', request: { ID, keys } })],
      [1, () => ({ kind: 'call', method: 'LeaseLeases', request: {} })],
    ])();
  }

  #operatorCall(): CallStep {
    return this.#chance.pick<CallStep>([
      { kind: 'call', method: 'MemberList', request: {} },
      { kind: 'call', method: 'Status', request: {} },
      { kind: 'call', method: 'Alarm', request: {} },
      { kind: 'call', method: 'Alarm', request: { action: 2, alarm: 1, memberID: 5 } },
      { kind: 'call', method: 'Defragment', request: {} },
      { kind: 'call', method: 'HashKV', request: {} },
      { kind: 'call', method: 'Compact', request: { revision: 'now-3' } },
    ]);
  }

  #lookingCall(): CallStep {
    const chance = this.#chance;
    return chance.weighted<() => CallStep>([
      [2, () => ({ kind: 'call', method: 'AuthStatus', request: {} })],
      [2, () => ({ kind: 'call', method: 'UserList', request: {} })],
      [2, () => ({ kind: 'call', method: 'RoleList', request: {} })],
      [4, () => ({ kind: 'call', method: 'UserGet', request: { name: this.#user() } })],
      [4, () => ({ kind: 'call', method: 'RoleGet', request: { role: this.#role() } })],
    ])();
  }

  #change(): CallStep {
    const chance = this.#chance;
    return chance.weighted<() => CallStep>([
      [3, () => ({ kind: 'call', method: 'UserAdd', request: this.#newUser() })],
      [1, () => ({ kind: 'call', method: 'UserDelete', request: { name: this.#user() } })],
      [1, () => this.#changePassword()],
      [4, () => this.#grantRole()],
      [2, () => this.#revokeRole()],
      [2, () => ({ kind: 'call', method: 'RoleAdd', request: { name: this.#role() } })],
      [1, () => ({ kind: 'call', method: 'RoleDelete', request: { role: this.#role() } })],
      [6, () => this.#grantPermission()],
      [2, () => this.#revokePermission()],
    ])();
  }

  #newUser() {
    const chance = this.#chance;
    return {
      name: chance.often(0.95) ? this.#user() : '',
      password: chance.pick(PASSWORDS),
      ...chance.some(0.1, { options: { no_password: true } }),
    };
  }

  #changePassword(): CallStep {
    const name = this.#chance.pick(['alice', 'bob', 'carol', 'nobody']);
    const request = { name, password: this.#chance.pick(PASSWORDS) };
    return { kind: 'call', method: 'UserChangePassword', request };
  }

  #grantRole(): CallStep {
    const request = { user: this.#user(), role: this.#role() };
    return { kind: 'call', method: 'UserGrantRole', request };
  }

  #revokeRole(): CallStep {
    const request = { name: this.#user(), role: this.#role() };
    return { kind: 'call', method: 'UserRevokeRole', request };
  }

  #grantPermission(): CallStep {
    const chance = this.#chance;
    const name = chance.weighted([
      [8, chance.pick(['r1', 'r2', 'r3'])],
      [1, chance.pick(['root', 'none'])],
    ]);
    const perm = { permType: chance.below(3), ...this.#granted() };
    return { kind: 'call', method: 'RoleGrantPermission', request: { name, perm } };
  }

  #revokePermission(): CallStep {
    const range = this.#chance.often(0.8) ? this.#granted() : this.#keys();
    const request = { role: this.#role(), ...range };
    return { kind: 'call', method: 'RoleRevokePermission', request };
  }

  #user(): string {
    return this.#chance.often(0.9) ? this.#chance.pick(USERS) : 'nobody';
  }

  #role(): string {
    return this.#chance.often(0.9) ? this.#chance.pick(ROLES) : 'none';
  }
}
