/**
 * `KV.RangeStream`, which came with etcd 3.7: a range in pieces, all of one revision, at the client's pace. There is one
 * piece in memory at a time, beside what the stream holds for a client that reads slowly.
 */
import {
  EtcdError,
  KV,
  RangeRequest,
  Writer,
  etcdErrors,
  type EtcdErrorRow,
} from '@concord/protocol';
import {
  checkRangeStream,
  type MvccStore,
  type RangePiece,
  type RangeWalk,
  type Replica,
} from '@concord/kv';
import { writeRangePiece } from './kv-response.ts';
import type { MethodRegistry, Stream, StreamEvents } from './method.ts';

/** Large enough that framing costs nothing, small enough that the event loop is not held up. */
const PIECE_BYTES = 256 * 1024;

export class RangeStreamService {
  readonly #replica: Replica;

  constructor(replica: Replica) {
    this.#replica = replica;
  }

  register(registry: MethodRegistry): void {
    registry.stream(KV, KV.methods.rangeStream, (stream) => this.#open(stream));
  }

  #open(stream: Stream): StreamEvents {
    let transfer: RangeTransfer | undefined;
    return {
      message: (bytes) => {
        if (transfer !== undefined) return;
        const request = RangeRequest.decode(bytes.slice());
        const refused = checkRangeStream(request);
        if (refused !== undefined) return stream.fail(refused);
        transfer = new RangeTransfer(this.#replica, stream, request);
        transfer.start();
      },
      halfClose: () => undefined,
      closed: () => transfer?.stop(),
      drain: () => transfer?.drained(),
    };
  }
}

/** One range on its way to one client. */
class RangeTransfer {
  static readonly #writer = new Writer();
  readonly #replica: Replica;
  readonly #stream: Stream;
  readonly #request: RangeRequest;
  #mvcc: MvccStore | undefined;
  #walk: RangeWalk | undefined;
  #state: 'going' | 'waiting' | 'over' = 'going';

  constructor(replica: Replica, stream: Stream, request: RangeRequest) {
    this.#replica = replica;
    this.#stream = stream;
    this.#request = request;
  }

  start(): void {
    const begin = (): void => this.#attempt(() => this.#begin());
    if (this.#request.serializable) begin();
    else this.#replica.read(begin, (error) => this.#fail(error));
  }

  stop(): void {
    this.#state = 'over';
  }

  drained(): void {
    if (this.#state !== 'waiting') return;
    this.#state = 'going';
    this.#go();
  }

  #begin(): void {
    const refused = this.#refusal();
    if (refused !== undefined) return this.#fail(refused);
    this.#mvcc = this.#replica.machine.mvcc;
    this.#walk = this.#mvcc.walk(this.#request);
    this.#go();
  }

  /** A piece a turn: between two of them others have theirs. */
  #go(): void {
    if (this.#state !== 'going') return;
    this.#attempt(() => {
      // What was allowed at first may have been revoked since.
      const refused = this.#refusal();
      if (refused !== undefined) return this.#fail(refused);
      // A snapshot has taken the place of what was being read.
      if (this.#replica.machine.mvcc !== this.#mvcc) return this.#fail(etcdErrors.ErrTimeout);
      const piece = this.#walk?.next(PIECE_BYTES);
      if (piece !== undefined) this.#send(piece);
    });
  }

  #refusal(): EtcdErrorRow | undefined {
    const { auth } = this.#replica.machine;
    if (!auth.isEnabled) return undefined;
    const { refusal, askedBy } = this.#stream.identify();
    return refusal ?? auth.access.refuseRange(askedBy, this.#request);
  }

  #send(piece: RangePiece): void {
    const writer = RangeTransfer.#writer.reset();
    writeRangePiece(writer, this.#replica.header, piece);
    const hasRoom = this.#stream.write(writer.view());
    if (piece.end !== undefined) {
      this.stop();
      this.#stream.end();
    } else if (hasRoom) setImmediate(() => this.#go());
    else this.#state = 'waiting';
  }

  #attempt(run: () => void): void {
    if (this.#state === 'over') return;
    try {
      run();
    } catch (error) {
      if (!(error instanceof EtcdError)) throw error;
      this.#fail(error);
    }
  }

  #fail(error: Pick<EtcdErrorRow, 'code' | 'message'>): void {
    if (this.#state === 'over') return;
    this.stop();
    this.#stream.fail(error);
  }
}
