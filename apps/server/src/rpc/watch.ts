/**
 * `etcdserverpb.Watch`: one stream carries any number of watches. What is delivered, and when, is the watch
 * hub's business; here requests are read and the stream's end is told.
 */
import { Watch, WatchRequest, goStatusText, type KeyRange } from '@concord/protocol';
import type { Replica } from '@concord/kv';
import { NOBODY, type Standing } from '../auth/caller.ts';
import type { MethodRegistry, Stream, StreamEvents } from './method.ts';

export class WatchService {
  readonly #replica: Replica;

  constructor(replica: Replica) {
    this.#replica = replica;
  }

  register(registry: MethodRegistry): void {
    registry.stream(Watch, Watch.methods.watch, (stream) => this.#open(stream));
  }

  #open(stream: Stream): StreamEvents {
    let caller = NOBODY;
    const watches = this.#replica.machine.watches.openStream(stream, {
      forbids: (range) => this.#reasonAgainst(caller, range),
      revokes: (range) => this.#reasonAgainst(caller.standing, range),
    });
    return {
      message: (bytes) => {
        // Keys of a watch outlive the request, and the bytes are the connection's.
        const { requestUnion } = WatchRequest.decode(bytes.slice());
        switch (requestUnion?.case) {
          case 'createRequest':
            caller = stream.identify();
            watches.create(requestUnion.value);
            break;
          case 'cancelRequest':
            watches.cancel(requestUnion.value.watchId);
            break;
          case 'progressRequest':
            watches.requestProgress();
            break;
          case undefined:
            // A request of a kind that this version does not know is ignored, as etcd does.
            break;
        }
        // Answers are written even to a client that does not read: it may not ask for ever more of them.
        if (watches.isBlocked) stream.pause();
        this.#replica.background.wake();
      },
      // A client that has nothing more to ask still wants its events.
      halfClose: () => undefined,
      closed: () => watches.close(),
      drain: () => {
        watches.drained();
        stream.resume();
        this.#replica.background.wake();
      },
    };
  }

  #reasonAgainst({ refusal, askedBy }: Standing, range: KeyRange): string | undefined {
    const { auth } = this.#replica.machine;
    if (!auth.isEnabled) return undefined;
    const against = refusal ?? auth.access.refuseKeys(askedBy, 'read', range);
    return against === undefined ? undefined : goStatusText(against);
  }
}
