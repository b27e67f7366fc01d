/**
 * A channel of grpc-js with its sockets in our hands. grpc-js sets no limit to how long it waits for a server's first word
 * on a new connection, and lets go of a connection only when the other side agrees: with a member that hangs, every
 * new channel would leave a socket behind.
 */
import type { Socket } from 'node:net';
import * as grpc from '@grpc/grpc-js';

/** grpc-js waits two minutes at most by default; a member is restarted in a second. */
const RECONNECT_MS_MIN = 100;
const RECONNECT_MS_MAX = 1_000;
/**
 * Connections with calls are pinged by HTTP/2 every 10 s. Members take more than one ping in 5 s as abuse, so a hanging
 * member is found by probes instead, and this only backs them; so it can be patient with a process of ours that stands
 * still, whose answers wait in the socket.
 */
const KEEP_ALIVE_MS = 10_000;
const KEEP_ALIVE_TIMEOUT_MS = 10_000;

export class Channel {
  readonly client: grpc.Client;
  readonly #sockets = new Set<Socket>();
  #calls = 0;
  #isRetired = false;

  constructor(target: string, credentials: grpc.ChannelCredentials, options: grpc.ClientOptions) {
    const tracked = new TrackedCredentials(credentials, (socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
      if (this.#isRetired && this.#calls === 0) socket.destroy();
    });
    this.client = new grpc.Client(target, tracked, {
      // A connection of our own, so that a new channel makes a new one.
      'grpc.use_local_subchannel_pool': 1,
      'grpc.max_receive_message_length': -1,
      'grpc.max_send_message_length': -1,
      'grpc.initial_reconnect_backoff_ms': RECONNECT_MS_MIN,
      'grpc.min_reconnect_backoff_ms': RECONNECT_MS_MIN,
      'grpc.max_reconnect_backoff_ms': RECONNECT_MS_MAX,
      'grpc.keepalive_time_ms': KEEP_ALIVE_MS,
      'grpc.keepalive_timeout_ms': KEEP_ALIVE_TIMEOUT_MS,
      'grpc.service_config_disable_resolution': 1,
      // Who retries what is decided above, by what a call does.
      'grpc.enable_retries': 0,
      ...options,
    });
  }

  /** What a call's peer is called as long as no connection has taken it. */
  get target(): string {
    return this.client.getChannel().getTarget();
  }

  begin(): void {
    this.#calls += 1;
  }

  end(): void {
    this.#calls -= 1;
    if (this.#isRetired) this.#letGo();
  }

  /** Takes no more calls; its sockets go with the last of those that it has. */
  retire(): void {
    if (this.#isRetired) return;
    this.#isRetired = true;
    this.client.close();
    this.#letGo();
  }

  #letGo(): void {
    if (this.#calls > 0) return;
    // What the last call has to say, such as that it was cancelled, is written in this turn.
    setImmediate(() => {
      for (const socket of this.#sockets) socket.destroy();
    });
  }
}

/** The credentials of a channel, which tell of every socket that is secured by them. */
class TrackedCredentials extends grpc.ChannelCredentials {
  readonly #inner: grpc.ChannelCredentials;
  readonly #onSocket: (socket: Socket) => void;

  constructor(inner: grpc.ChannelCredentials, onSocket: (socket: Socket) => void) {
    super();
    this.#inner = inner;
    this.#onSocket = onSocket;
  }

  override _isSecure(): boolean {
    return this.#inner._isSecure();
  }

  override _equals(other: grpc.ChannelCredentials): boolean {
    return this === other;
  }

  override _createSecureConnector(
    ...parameters: Parameters<grpc.ChannelCredentials['_createSecureConnector']>
  ): ReturnType<grpc.ChannelCredentials['_createSecureConnector']> {
    const connector = this.#inner._createSecureConnector(...parameters);
    return {
      connect: (socket) => {
        this.#onSocket(socket);
        return connector.connect(socket);
      },
      waitForReady: () => connector.waitForReady(),
      getCallCredentials: () => connector.getCallCredentials(),
      destroy: () => connector.destroy(),
    };
  }
}
