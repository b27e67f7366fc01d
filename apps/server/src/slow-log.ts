/**
 * Tells the operator what was slow, in etcd's words where etcd has them, and what it has waited for. A member that is
 * slow is slow for everybody, so lines are few and say how many there would have been.
 */
import { statusCodeName, KV, Lease, type EtcdErrorRow } from '@concord/protocol';
import type { ApplyOutcome, Command } from '@concord/kv';
import type { Log } from './log.ts';
import type { DiskTimes } from './metrics/disk-times.ts';

/** Lines of one kind in one second: enough to see a pattern, few enough to read. */
const LINES_PER_SECOND = 5;
/** Of a key, what tells whose it is. */
const SHOWN_KEY_BYTES = 128;

/** Answered when their entry is applied; all others wait for no entry. */
const written: ReadonlySet<string> = new Set([
  KV.methods.put.path,
  KV.methods.deleteRange.path,
  KV.methods.txn.path,
  KV.methods.compact.path,
  Lease.methods.leaseGrant.path,
  Lease.methods.leaseRevoke.path,
]);

export interface SlowLogOptions {
  readonly log: Log;
  readonly warnApplyMs: number;
  readonly warnRequestMs: number;
  readonly diskTimes: Pick<DiskTimes, 'logged' | 'durable'>;
  /** Of the entry that is being applied now. */
  appliedIndex(): number;
  /** When that began, in monotonic milliseconds. */
  applyBeganMs(): number;
}

export class SlowLog {
  readonly #options: SlowLogOptions;
  readonly #budgets = {
    apply: new LineBudget(),
    read: new LineBudget(),
    request: new LineBudget(),
  };

  constructor(options: SlowLogOptions) {
    this.#options = options;
  }

  applied(command: Command, outcome: ApplyOutcome | EtcdErrorRow, tookMs: number): void {
    const more = this.#budgets.apply.take();
    if (more === undefined) return;
    this.#options.log.warn(
      {
        took: shown(tookMs),
        'expected-duration': shown(this.#options.warnApplyMs),
        prefix: '',
        request: requestText(command),
        ...('code' in outcome && { error: outcome.message }),
        ...more,
      },
      'apply request took too long',
    );
  }

  /** @param request the key, and whether there are more */
  read(request: string, tookMs: number): void {
    const more = this.#budgets.read.take();
    if (more === undefined) return;
    this.#options.log.warn(
      {
        took: shown(tookMs),
        'expected-duration': shown(this.#options.warnApplyMs),
        prefix: 'read-only range ',
        request,
        ...more,
      },
      'apply request took too long',
    );
  }

  request(path: string, code: number, tookMs: number): void {
    const more = this.#budgets.request.take();
    if (more === undefined) return;
    this.#options.log.warn(
      {
        'response type': path,
        'time spent': shown(tookMs),
        'expected-duration': shown(this.#options.warnRequestMs),
        code: statusCodeName(code),
        ...(written.has(path) && code === 0 && this.#waits(tookMs)),
        ...more,
      },
      'request stats',
    );
  }

  /**
   * Where a write has spent its time: `queue` until it was in this member's log, `disk` until it was durable there,
   * `network` until a majority had it too, `apply` from then on. On a member that does not lead, `queue` holds the way
   * to the leader and back.
   */
  #waits(tookMs: number): Record<string, string> {
    const { diskTimes, appliedIndex, applyBeganMs } = this.#options;
    const index = appliedIndex();
    const loggedMs = diskTimes.logged.at(index);
    if (loggedMs === undefined) return {};
    const nowMs = performance.now();
    const appliedMs = applyBeganMs();
    const durableMs = Math.min(diskTimes.durable.at(index) ?? appliedMs, appliedMs);
    return {
      queue: shown(Math.max(0, loggedMs - (nowMs - tookMs))),
      disk: shown(Math.max(0, durableMs - loggedMs)),
      network: shown(Math.max(0, appliedMs - durableMs)),
      apply: shown(Math.max(0, nowMs - appliedMs)),
    };
  }
}

/** How many lines may still be written this second. */
class LineBudget {
  #second = 0;
  #lines = 0;
  #withheld = 0;

  /** Undefined when the line is to be left out; otherwise what to add to it. */
  take(): Record<string, number> | undefined {
    const second = Math.floor(performance.now() / 1000);
    if (second !== this.#second) {
      this.#second = second;
      this.#lines = 0;
    }
    if (this.#lines >= LINES_PER_SECOND) {
      this.#withheld += 1;
      return undefined;
    }
    this.#lines += 1;
    const withheld = this.#withheld;
    this.#withheld = 0;
    return withheld === 0 ? {} : { 'not-logged-before': withheld };
  }
}

export const shown = (milliseconds: number): string => `${milliseconds.toFixed(3)}ms`;

/** Which key it was about, never its value. */
function requestText(command: Command): string {
  switch (command.kind) {
    case 'put': {
      const { key, value } = command.request;
      return `put:<key:${keyText(key)} value_size:${value.length} >`;
    }
    case 'delete-range':
      return `delete_range:<key:${keyText(command.request.key)} >`;
    case 'txn': {
      const { compare, success, failure } = command.request;
      return `txn:<compare:${compare.length} success:${success.length} failure:${failure.length} >`;
    }
    default:
      return command.kind;
  }
}

export function keyText(key: Uint8Array): string {
  const text = Buffer.from(key.subarray(0, SHOWN_KEY_BYTES)).toString('utf8');
  return JSON.stringify(key.length > SHOWN_KEY_BYTES ? `${text}…` : text);
}
