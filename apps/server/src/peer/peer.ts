/**
 * Another member of the cluster, as this one reaches it: a connection for what is urgent, one for bulk, and what is
 * told about them. What went wrong is logged once, until it goes right again.
 */
import type { MemberMessage } from '@concord/kv';
import { formatId, type Identity } from '../identity.ts';
import type { Log } from '../log.ts';
import { BackOff } from './back-off.ts';
import { CHANNEL_NAMES, channelOf, type ChannelName } from './channel.ts';
import { FRAME_BYTES_MAX } from './frame.ts';
import type { FrameEncoder } from './frame-encoder.ts';
import { handshakeHeaders } from './handshake.ts';
import { OutgoingChannel } from './outgoing-channel.ts';
import type { PeerTls } from './peer-tls.ts';

/** As much as Raft has in flight to one follower, which is counted with an overhead above ours. */
const BULK_QUEUE_BYTES_MAX = 64 * 1024 * 1024;
/** Ten thousand heartbeats or answers: who takes none of them is not there. */
const URGENT_QUEUE_BYTES_MAX = 1024 * 1024;

/** Election timeouts that a sounding may stay unanswered: what is behind bulk data has to wait for it. */
const SILENCE_STALLS: Readonly<Record<ChannelName, number>> = { urgent: 2, bulk: 10 };
/** Election timeouts that an attempt to connect may take, TLS included. */
const DIAL_STALLS = 2;

export interface PeerOptions {
  readonly id: bigint;
  readonly urls: readonly string[];
  readonly identity: Identity;
  /** Where this member can be reached, told to peers that do not know it yet. */
  readonly advertisedUrls: readonly string[];
  readonly tls: PeerTls | undefined;
  readonly log: Log;
  /** How long a connection may make no progress: the election timeout. */
  readonly stallMs: number;
  now(): number;
  random(): number;
  /** A connection broke, or messages were dropped; never called from within `send`. */
  unreachable(): void;
  /** The connection that carries snapshot messages is lost. */
  disconnected(): void;
  /** The peer says that this member was removed. */
  removed(): void;
  roundTrip(milliseconds: number): void;
}

/** Numbers for metrics; totals since the peer is known. */
export interface PeerStatus {
  /** Monotonic; undefined while one of the two connections to it is not there. */
  readonly connectedSinceMs: number | undefined;
  readonly sentBytes: number;
  readonly receivedBytes: number;
  /** Messages that were dropped. */
  readonly sendFailures: number;
  /** Connections to it that were lost. */
  readonly disconnects: number;
  readonly queuedBytes: number;
  /** The last one measured. */
  readonly roundTripMs: number | undefined;
}

export class Peer {
  readonly id: bigint;
  urls: readonly string[];
  readonly #options: PeerOptions;
  readonly #channels: Readonly<Record<ChannelName, OutgoingChannel>>;
  #sendFailures = 0;
  #disconnects = 0;
  #roundTripMs: number | undefined;
  #isReporting = false;
  #isClosed = false;
  /** What was logged of each address since the last success. */
  readonly #told = new Set<string>();

  constructor(options: PeerOptions) {
    this.#options = options;
    this.id = options.id;
    this.urls = options.urls;
    this.#channels = { urgent: this.#openChannel('urgent'), bulk: this.#openChannel('bulk') };
  }

  /** Messages of one turn, in order; returns those that were dropped. */
  send(messages: readonly MemberMessage[], encoder: FrameEncoder): readonly MemberMessage[] {
    const bulk = messages.filter((message) => channelOf(message) === 'bulk');
    const urgent =
      bulk.length === 0 ? messages : messages.filter((message) => channelOf(message) === 'urgent');
    const dropped = [
      ...(urgent.length > 0 ? this.#channels.urgent.send(urgent, encoder) : []),
      ...(bulk.length > 0 ? this.#channels.bulk.send(bulk, encoder) : []),
    ];
    if (dropped.length > 0) {
      this.#sendFailures += dropped.length;
      this.#reportUnreachable();
    }
    return dropped;
  }

  setUrls(urls: readonly string[]): void {
    if (urls.length === this.urls.length && urls.every((url, i) => url === this.urls[i])) return;
    this.urls = urls;
    this.#told.clear();
    for (const name of CHANNEL_NAMES) this.#channels[name].setUrls(urls);
  }

  status(receivedBytes: number): PeerStatus {
    const { urgent, bulk } = this.#channels;
    const connectedSinceMs =
      urgent.openSinceMs === undefined || bulk.openSinceMs === undefined
        ? undefined
        : Math.max(urgent.openSinceMs, bulk.openSinceMs);
    return {
      connectedSinceMs,
      sentBytes: urgent.sentBytes + bulk.sentBytes,
      receivedBytes,
      sendFailures: this.#sendFailures,
      disconnects: this.#disconnects,
      queuedBytes: urgent.queuedBytes + bulk.queuedBytes,
      roundTripMs: this.#roundTripMs,
    };
  }

  close(): void {
    this.#isClosed = true;
    for (const name of CHANNEL_NAMES) this.#channels[name].close();
  }

  #openChannel(name: ChannelName): OutgoingChannel {
    const { identity, id, advertisedUrls, stallMs, log, tls, now, random } = this.#options;
    const about = { 'remote-peer-id': formatId(id), channel: name };
    return new OutgoingChannel({
      name,
      urls: this.urls,
      headers: handshakeHeaders(identity, id, advertisedUrls),
      tls,
      queueBytesMax: name === 'bulk' ? BULK_QUEUE_BYTES_MAX : URGENT_QUEUE_BYTES_MAX,
      stallMs,
      silenceMs: SILENCE_STALLS[name] * stallMs,
      dialDeadlineMs: DIAL_STALLS * stallMs,
      backOff: new BackOff(random),
      now,
      opened: (url) => {
        this.#told.clear();
        log.info({ ...about, url }, 'connected to a peer');
      },
      lost: (url, reason) => {
        this.#disconnects++;
        log.warn({ ...about, url, reason }, 'lost the connection to a peer');
        // What is urgent and stays unanswered says as much of the way of bulk.
        if (name === 'urgent') {
          this.#channels.bulk.redial();
          this.#options.disconnected();
        }
        this.#reportUnreachable();
      },
      failed: (url, reason) => this.#tellOnce(url, `cannot reach a peer: ${reason}`),
      refused: (url, status, reason) => this.#refused(url, status, reason),
      tooLarge: (bytes) =>
        log.error(
          { ...about, bytes, 'bytes-max': FRAME_BYTES_MAX },
          'dropped a message that is too large for any peer; keep --max-request-bytes well below the limit',
        ),
      roundTrip: (milliseconds) => {
        if (name !== 'urgent') return;
        this.#roundTripMs = milliseconds;
        this.#options.roundTrip(milliseconds);
      },
    });
  }

  #refused(url: string, status: number, reason: string): void {
    if (status === 410) this.#options.removed();
    const advice = ADVICE.get(reason) ?? `what listens there is no peer port of this cluster`;
    this.#tellOnce(url, `a peer refuses this member with ${status} "${reason}": ${advice}`);
  }

  #tellOnce(url: string, text: string): void {
    if (this.#told.has(text)) return;
    this.#told.add(text);
    const { id, identity, log } = this.#options;
    log.warn(
      { 'remote-peer-id': formatId(id), url, 'local-cluster-id': formatId(identity.clusterId) },
      text,
    );
  }

  /** Once a turn, and not while the replica is in the middle of handing out messages. */
  #reportUnreachable(): void {
    if (this.#isReporting) return;
    this.#isReporting = true;
    setImmediate(() => {
      this.#isReporting = false;
      if (!this.#isClosed) this.#options.unreachable();
    });
  }
}

/** What a refusal means, for whoever has to put it right. */
const ADVICE: ReadonlyMap<string, string> = new Map([
  [
    'cluster ID mismatch',
    'the member at this address belongs to another cluster; check the address with `member list`, and ' +
      '--initial-cluster and --initial-cluster-token of both, or whether one has the data directory of an older cluster',
  ],
  [
    'to field mismatch',
    'another member of this cluster listens at this address; check the peer URLs with `member list`',
  ],
  ['removed member', 'this member was removed from the cluster and cannot come back under its id'],
]);
