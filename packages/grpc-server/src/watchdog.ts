/**
 * Everything about a connection that depends on time but not on input: a preface that does not come, a
 * frame that does not end, a reader that does not read, a client that is silent. Asked about once a
 * second; it decides, the connection acts.
 */
import { ConnectionError, floodError } from './errors.ts';
import { ErrorCode } from './frame.ts';
import { ClientProbe } from './keepalive.ts';
import type { KeepaliveOptions } from './keepalive.ts';
import type { Limits } from './limits.ts';
import { SlowReaderCheck } from './slow-reader.ts';

/** What the connection looks like at a tick. */
export interface ConnectionFacts {
  /** The client's SETTINGS came. */
  readonly settingsSeen: boolean;
  /** Bytes that wait for the client, in queues and at the socket. */
  readonly pendingBytes: number;
  /** Bytes that the socket took since the beginning. */
  readonly writtenBytes: number;
}

/** What the connection is to do: nothing, ask for a sign of life, vanish, or say why it ends. */
export type Verdict = 'fine' | 'ping' | 'give-up' | ConnectionError;

/** One per connection. */
export class Watchdog {
  readonly #limits: Limits;
  readonly #openedAtMs: number;
  readonly #probe: ClientProbe;
  readonly #slowReader: SlowReaderCheck;
  #midFrameSinceMs: number | undefined;

  constructor(limits: Limits, keepalive: KeepaliveOptions, nowMs: number) {
    this.#limits = limits;
    this.#openedAtMs = nowMs;
    this.#probe = new ClientProbe(keepalive, nowMs);
    this.#slowReader = new SlowReaderCheck(limits);
  }

  /** A chunk was read; `midFrame` when it ended within a frame or header block. */
  onRead(nowMs: number, midFrame: boolean): void {
    this.#probe.onRead(nowMs);
    if (!midFrame) this.#midFrameSinceMs = undefined;
    else this.#midFrameSinceMs ??= nowMs;
  }

  tick(nowMs: number, facts: ConnectionFacts): Verdict {
    const { prefaceTimeoutMs, headersTimeoutMs } = this.#limits;
    if (!facts.settingsSeen && nowMs - this.#openedAtMs >= prefaceTimeoutMs) {
      return new ConnectionError(ErrorCode.settingsTimeout, 'no SETTINGS');
    }
    if (nowMs - (this.#midFrameSinceMs ?? nowMs) >= headersTimeoutMs) {
      return floodError('frame_too_slow');
    }
    if (this.#slowReader.tick(nowMs, facts.pendingBytes, facts.writtenBytes)) {
      return floodError('reader_too_slow');
    }
    const action = this.#probe.tick(nowMs);
    return action === 'nothing' ? 'fine' : action;
  }
}
