/**
 * One channel to one peer on the side that sends. It is always in one of four states: dialling, open, waiting
 * before it dials again, closed for good. What is sent while it is not open is dropped: Raft copes with loss, and
 * would rather hear of it than have old messages delivered late.
 */
import type { MemberMessage } from '@concord/kv';
import { entriesBytes } from '@concord/raft';
import type { BackOff } from './back-off.ts';
import { channelPath, type ChannelName } from './channel.ts';
import { dialChannel, readReason, type DialOutcome } from './dial.ts';
import { FRAME_BYTES_MAX } from './frame.ts';
import type { FrameEncoder } from './frame-encoder.ts';
import { OutgoingConnection } from './outgoing-connection.ts';
import type { PeerTls } from './peer-tls.ts';

/** A frame is closed when it has gathered this much, which is what one append carries. */
const FRAME_BYTES_TARGET = 1024 * 1024;
/** What a message weighs beside its payloads. */
const MESSAGE_OVERHEAD_BYTES = 64;
/** A peer that refuses us does so until somebody changes a configuration. */
const REFUSED_RETRY_MS = 5000;

type State =
  | { readonly kind: 'dialling'; exit(): void }
  | {
      readonly kind: 'open';
      readonly url: string;
      readonly sinceMs: number;
      readonly connection: OutgoingConnection;
      exit(): void;
    }
  | { readonly kind: 'waiting'; exit(): void }
  | { readonly kind: 'closed'; exit(): void };

export interface OutgoingChannelOptions {
  readonly name: ChannelName;
  readonly urls: readonly string[];
  readonly headers: Record<string, string>;
  readonly tls: PeerTls | undefined;
  readonly queueBytesMax: number;
  readonly stallMs: number;
  readonly silenceMs: number;
  /** From the first attempt to connect until the answer. */
  readonly dialDeadlineMs: number;
  readonly backOff: BackOff;
  now(): number;
  opened(url: string): void;
  /** An open connection is lost. */
  lost(url: string, reason: string): void;
  /** An attempt to open one failed. */
  failed(url: string, reason: string): void;
  /** The peer answered, but not with a channel. */
  refused(url: string, status: number, reason: string): void;
  roundTrip(milliseconds: number): void;
  /** A message was dropped that no peer would take. */
  tooLarge(bytes: number): void;
}

export class OutgoingChannel {
  readonly #options: OutgoingChannelOptions;
  #urls: readonly string[];
  #attempts = 0;
  #sentBytes = 0;
  #state: State;

  constructor(options: OutgoingChannelOptions) {
    this.#options = options;
    this.#urls = options.urls;
    this.#state = this.#dialling();
  }

  get openSinceMs(): number | undefined {
    return this.#state.kind === 'open' ? this.#state.sinceMs : undefined;
  }

  get sentBytes(): number {
    return this.#sentBytes + (this.#state.kind === 'open' ? this.#state.connection.sentBytes : 0);
  }

  get queuedBytes(): number {
    return this.#state.kind === 'open' ? this.#state.connection.queuedBytes : 0;
  }

  /** Sends what one turn has for this peer; returns what was dropped of it. */
  send(messages: readonly MemberMessage[], encoder: FrameEncoder): readonly MemberMessage[] {
    if (this.#state.kind !== 'open') return messages;
    const { connection } = this.#state;
    const tooLarge: MemberMessage[] = [];
    let start = 0;
    while (start < messages.length && connection.hasRoom) {
      const end = frameEnd(messages, start);
      const batch = start === 0 && end === messages.length ? messages : messages.slice(start, end);
      const frame = encoder.frameOf(batch);
      if (frame.length <= FRAME_BYTES_MAX) connection.write(frame);
      else {
        tooLarge.push(...batch);
        this.#options.tooLarge(frame.length);
      }
      start = end;
    }
    return start === messages.length ? tooLarge : [...tooLarge, ...messages.slice(start)];
  }

  /** Dials anew at once, unless it is connected to one of the addresses. */
  setUrls(urls: readonly string[]): void {
    this.#urls = urls;
    this.#options.backOff.reset();
    if (this.#state.kind === 'closed') return;
    if (this.#state.kind === 'open' && urls.includes(this.#state.url)) return;
    this.redial();
  }

  /** Gives up the connection there may be. */
  redial(): void {
    if (this.#state.kind !== 'closed') this.#setState(this.#dialling());
  }

  close(): void {
    this.#setState({ kind: 'closed', exit: () => undefined });
  }

  #setState(next: State): void {
    const previous = this.#state;
    this.#state = next;
    previous.exit();
  }

  #dialling(): State {
    const { name, headers, tls, dialDeadlineMs: deadlineMs } = this.#options;
    const url = this.#urls[this.#attempts++ % Math.max(1, this.#urls.length)];
    if (url === undefined) return this.#waiting(REFUSED_RETRY_MS);
    const cancel = dialChannel(
      { url, path: channelPath(name), headers, tls, deadlineMs },
      (outcome) => this.#dialled(url, outcome),
    );
    return { kind: 'dialling', exit: cancel };
  }

  #dialled(url: string, outcome: DialOutcome): void {
    switch (outcome.kind) {
      case 'upgraded':
        this.#setState(this.#open(url, outcome));
        this.#options.opened(url);
        break;
      case 'answered': {
        const { response } = outcome;
        const isLastHope = this.#urls.length <= 1;
        this.#setState(this.#waiting(isLastHope ? REFUSED_RETRY_MS : this.#options.backOff.next()));
        readReason(response, (reason) => {
          if (this.#state.kind === 'closed') return;
          this.#options.refused(url, response.statusCode ?? 0, reason);
        });
        break;
      }
      case 'failed':
        this.#setState(this.#waiting(this.#options.backOff.next()));
        this.#options.failed(url, outcome.reason);
        break;
    }
  }

  #open(url: string, { socket, head }: Extract<DialOutcome, { kind: 'upgraded' }>): State {
    const { queueBytesMax, stallMs, silenceMs, now, roundTrip } = this.#options;
    const sinceMs = now();
    const lost = (reason: string): void => {
      // A peer that takes connections and drops them at once is no reason to hurry.
      if (now() - sinceMs > stallMs) this.#options.backOff.reset();
      this.#setState(this.#waiting(this.#options.backOff.next()));
      this.#options.lost(url, reason);
    };
    const connection = new OutgoingConnection(socket, head, {
      queueBytesMax,
      stallMs,
      silenceMs,
      now,
      roundTrip,
      lost,
    });
    const exit = (): void => {
      this.#sentBytes += connection.sentBytes;
      connection.close();
    };
    return { kind: 'open', url, sinceMs, connection, exit };
  }

  #waiting(delayMs: number): State {
    const timer = setTimeout(() => this.redial(), delayMs);
    return { kind: 'waiting', exit: () => clearTimeout(timer) };
  }
}

/** Where the frame ends that begins with `messages[start]`: it holds that one, whatever its size. */
function frameEnd(messages: readonly MemberMessage[], start: number): number {
  let bytes = weightOf(messages[start]!);
  let end = start + 1;
  while (end < messages.length) {
    bytes += weightOf(messages[end]!);
    if (bytes > FRAME_BYTES_TARGET) break;
    end++;
  }
  return end;
}

function weightOf(message: MemberMessage): number {
  switch (message.kind) {
    case 'append':
      return MESSAGE_OVERHEAD_BYTES + entriesBytes(message.entries);
    case 'propose':
      return message.payloads.reduce((sum, { length }) => sum + length, MESSAGE_OVERHEAD_BYTES);
    case 'call':
    case 'answer':
      return MESSAGE_OVERHEAD_BYTES + message.body.length;
    default:
      return MESSAGE_OVERHEAD_BYTES;
  }
}
