/** A live feed as the messages of a call: no more is read of it than the caller takes. */
import type { Feed, Outlet } from '../live/feed.ts';
import type { Packet } from '../live/live-event.ts';
import type { StreamCall } from './rpc-desk.ts';

/** What a feed tells at once. */
export interface FeedMessage<Item> {
  readonly kind: 'WATCH_KIND_SNAPSHOT' | 'WATCH_KIND_CHANGE' | 'WATCH_KIND_RESYNC';
  readonly revision: number;
  readonly put: readonly Item[];
  readonly deleted: readonly string[];
}

interface Told<Item> {
  readonly items?: readonly Item[];
  readonly put?: readonly Item[];
  readonly deleted?: readonly string[];
}

const kinds = {
  snapshot: 'WATCH_KIND_SNAPSHOT',
  change: 'WATCH_KIND_CHANGE',
  resync: 'WATCH_KIND_RESYNC',
} as const;

/** Resolves when the feed ends, or `signal` aborts. */
export async function streamFeed<Item, Message>(
  feed: Feed,
  call: StreamCall<Message>,
  signal: AbortSignal,
  options: {
    readonly from: number | undefined;
    readonly mayStay: () => boolean;
    readonly message: (told: FeedMessage<Item>) => Message;
  },
): Promise<void> {
  const { promise: over, resolve: end } = Promise.withResolvers<void>();
  const outlet: Outlet = {
    send(packet: Packet) {
      let isFree = true;
      for (const { name, revision, webSocket } of packet.events) {
        const { data } = JSON.parse(webSocket.toString()) as { readonly data: Told<Item> };
        const { items, put = items ?? [], deleted = [] } = data;
        isFree = call.write(options.message({ kind: kinds[name], revision, put, deleted }));
      }
      return isFree;
    },
    // HTTP/2 has pings of its own.
    keepAlive: () => true,
    end,
    destroy: end,
  };
  signal.addEventListener('abort', () => end(), { once: true });
  using subscription = await feed.subscribe(outlet, options);
  call.on('drain', () => subscription.drained());
  if (signal.aborted) return;
  await over;
}
