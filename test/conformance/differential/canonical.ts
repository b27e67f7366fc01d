/**
 * The part of an answer that two correct servers must agree on. Everything is kept but what is theirs alone:
 * ids of cluster and member, the term, sizes, the clock's share of a TTL, ids the server chose, and the
 * order of what the API leaves unordered.
 */
import type {
  Header,
  KeyValue,
  RangeRequest,
  RangeResponse,
  RequestOp,
  ResponseOp,
  TxnRequest,
  TxnResponse,
} from '../harness/messages.ts';
import { failed } from '../harness/outcome.ts';
import type { Outcome } from '../harness/outcome.ts';
import type { CallStep } from './step.ts';

export type Json = null | boolean | number | string | readonly Json[] | { [key: string]: Json };

/** No lease of a program lives shorter; what a TTL may have lost since it was granted is less. */
const ELAPSED_SECONDS_MAX = 1_800;

/** The canonical form of how a call ended. `request` has its symbols resolved. */
export function canonicalOutcome(
  step: CallStep,
  outcome: Outcome<object>,
  granted: readonly string[],
): Json {
  if (failed(outcome)) return { code: outcome.code, message: outcome.message };
  return new Canonical(granted).response(step, outcome.response);
}

/** The canonical form of any message, field by field. */
export function canonicalMessage(message: unknown, granted: readonly string[]): Json {
  return new Canonical(granted).plain(message);
}

class Canonical {
  readonly #granted: readonly string[];

  constructor(granted: readonly string[]) {
    this.#granted = granted;
  }

  response(step: CallStep, response: object): Json {
    switch (step.method) {
      case 'Range':
        return this.#range(step.request, response as RangeResponse);
      case 'Txn':
        return this.#txn(step.request, response as TxnResponse);
      case 'LeaseTimeToLive': {
        const { TTL, grantedTTL, ...rest } = this.#fields(response);
        const elapsed = Number(grantedTTL) - Number(TTL);
        const running = elapsed >= 0 && elapsed <= ELAPSED_SECONDS_MAX;
        const keys = sorted(rest['keys'] as Json[]);
        return {
          ...rest,
          keys,
          grantedTTL: grantedTTL ?? null,
          TTL: running ? 'running' : (TTL ?? null),
        };
      }
      case 'LeaseLeases': {
        const fields = this.#fields(response);
        return { ...fields, leases: sorted(fields['leases'] as Json[]) };
      }
      case 'Status':
        return this.#status(response);
      case 'MemberList':
        return this.#members(response);
      case 'Hash':
        return { ...this.#fields(response), hash: 'a number' };
      default:
        return this.plain(response);
    }
  }

  plain(value: unknown): Json {
    if (Buffer.isBuffer(value)) return `"${value.toString('latin1')}"`;
    if (Array.isArray(value)) return value.map((item: unknown) => this.plain(item));
    if (typeof value === 'object' && value !== null) return this.#fields(value);
    if (value === undefined) return null;
    return value as Json;
  }

  #fields(message: object): { [key: string]: Json } {
    const fields: { [key: string]: Json } = {};
    for (const [name, value] of Object.entries(message)) {
      if (name === 'header') fields[name] = header(value as Header | null);
      else if (name === 'ID' || name === 'lease') fields[name] = this.#leaseName(String(value));
      else fields[name] = this.plain(value);
    }
    return fields;
  }

  #leaseName(id: string): string {
    const index = this.#granted.indexOf(id);
    return index < 0 ? id : `granted#${index}`;
  }

  #txn(request: TxnRequest, response: TxnResponse): Json {
    const branch = (response.succeeded ? request.success : request.failure) ?? [];
    return {
      header: header(response.header),
      succeeded: response.succeeded,
      responses: response.responses.map((op, index) => this.#op(branch[index] ?? {}, op)),
    };
  }

  #op(request: RequestOp, response: ResponseOp): Json {
    if (request.request_range !== undefined && response.response_range !== undefined) {
      return { response_range: this.#range(request.request_range, response.response_range) };
    }
    if (request.request_txn !== undefined && response.response_txn !== undefined) {
      return { response_txn: this.#txn(request.request_txn, response.response_txn) };
    }
    return this.plain(response);
  }

  #range(request: RangeRequest, response: RangeResponse): Json {
    const kvs = response.kvs.map((kv) => ({ by: sortedBy(request, kv), kv: this.plain(kv) }));
    return { ...this.#fields(response), kvs: untied(kvs, response.more) };
  }

  #status(response: object): Json {
    const { header: head, version, leader, errors, isLearner, ...rest } = this.#fields(response);
    return {
      header: head ?? null,
      version: typeof version === 'string' && /^\d+\.\d+\.\d+/.test(version),
      led: leader !== '0',
      errors: errors ?? null,
      isLearner: isLearner ?? null,
      sizes: Number(rest['dbSize']) > 0 && Number(rest['dbSizeInUse']) > 0,
      indexes: Number(rest['raftIndex']) > 0 && Number(rest['raftAppliedIndex']) > 0,
    };
  }

  #members(response: object): Json {
    const fields = this.#fields(response);
    const members = (fields['members'] as { [key: string]: Json }[]).map((member) => ({
      ...member,
      ID: member['ID'] !== '0',
      peerURLs: (member['peerURLs'] as Json[]).length,
      clientURLs: (member['clientURLs'] as Json[]).length,
    }));
    return { ...fields, members };
  }
}

function header(value: Header | null): Json {
  if (value === null) return null;
  const present = (id: string): string => (id === '0' ? 'none' : 'set');
  return {
    cluster_id: present(value.cluster_id),
    member_id: present(value.member_id),
    raft_term: present(value.raft_term),
    revision: value.revision,
  };
}

/** What the server sorted a pair by; pairs alike in it come in any order. */
function sortedBy(request: RangeRequest, kv: KeyValue): string {
  switch (Number(request.sort_target ?? 0)) {
    case 1:
      return kv.version;
    case 2:
      return kv.create_revision;
    case 3:
      return kv.mod_revision;
    case 4:
      // Sorted by a value that keys_only then took away: any order is as good.
      return request.keys_only === true ? '' : kv.value.toString('latin1');
    default:
      return kv.key.toString('latin1');
  }
}

/** Orders pairs that tie; of ties cut by the limit only their number is known. */
function untied(kvs: readonly { by: string; kv: Json }[], more: boolean): Json {
  const groups: { by: string; kvs: Json[] }[] = [];
  for (const { by, kv } of kvs) {
    const last = groups.at(-1);
    if (last?.by === by) last.kvs.push(kv);
    else groups.push({ by, kvs: [kv] });
  }
  const cut = more && groups.length > 0 && isTied(groups) ? groups.pop() : undefined;
  const whole = groups.flatMap((group) => sorted(group.kvs));
  return cut === undefined ? whole : [...whole, { by: cut.by, count: cut.kvs.length }];
}

/** Keys never tie: a group of pairs sorted by key needs no allowance. */
const isTied = (groups: readonly { by: string; kvs: readonly Json[] }[]): boolean => {
  const first = groups.at(-1)?.kvs[0];
  const key =
    typeof first === 'object' && first !== null && 'key' in first ? first['key'] : undefined;
  return key !== `"${groups.at(-1)?.by ?? ''}"`;
};

const sorted = (items: readonly Json[]): Json[] =>
  [...items].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
