/** `/v2/stats/self`: who this member is, and since when it has followed its leader. */
import { rfc3339 } from './key-event.ts';
import { idText } from './members-json.ts';

export interface SelfState {
  readonly name: string;
  readonly id: bigint;
  /** `0n` when none is known. */
  readonly leader: bigint;
  readonly isLeader: boolean;
}

export class SelfStats {
  readonly #startMs: number;
  #leader = 0n;
  #leaderSinceMs: number;

  constructor(nowMs: number) {
    this.#startMs = nowMs;
    this.#leaderSinceMs = nowMs;
  }

  /** To be told now and then, so that a change is noticed when it happens. */
  observe(leader: bigint, nowMs: number): void {
    if (leader === this.#leader) return;
    this.#leader = leader;
    this.#leaderSinceMs = nowMs;
  }

  /** What etcd counts of append requests is not counted here. */
  toJson({ name, id, leader, isLeader }: SelfState, nowMs: number): string {
    this.observe(leader, nowMs);
    return JSON.stringify({
      name,
      id: idText(id),
      state: isLeader ? 'StateLeader' : 'StateFollower',
      startTime: rfc3339(this.#startMs),
      leaderInfo: {
        leader: leader === 0n ? '' : idText(leader),
        uptime: goDuration(nowMs - this.#leaderSinceMs),
        startTime: rfc3339(this.#leaderSinceMs),
      },
      recvAppendRequestCnt: 0,
      sendAppendRequestCnt: 0,
    });
  }
}

/** As Go writes a length of time of at least a second: `1h2m3.004s`. */
export function goDuration(milliseconds: number): string {
  const whole = Math.max(0, Math.floor(milliseconds));
  if (whole === 0) return '0s';
  if (whole < 1000) return `${whole}ms`;
  const hours = Math.floor(whole / 3_600_000);
  const minutes = Math.floor(whole / 60_000) % 60;
  const seconds = `${(whole % 60_000) / 1000}s`;
  if (hours > 0) return `${hours}h${minutes}m${seconds}`;
  return minutes > 0 ? `${minutes}m${seconds}` : seconds;
}
