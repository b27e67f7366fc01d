/**
 * A stream of messages in either or both directions. Messages are delivered as they arrive; a handler
 * that pauses leaves them in the stream's window, which is the bound of what can pile up.
 *
 * Invariant: `closed` is the last thing that the handler hears, exactly once.
 */
import { ByteQueue } from './byte-queue.ts';
import type { CancelReason, CloseReason, StreamCall, StreamHandler } from './call.ts';
import { GrpcStream } from './grpc-stream.ts';
import { encodeFields } from './hpack/encoder.ts';
import { GrpcStatus, UNEXPECTED_END } from './status.ts';
import type { OutgoingFields } from './status.ts';

/** Hears nothing: stands in until `open` returned and after `closed`. */
const DEAF: StreamHandler = {
  message: () => undefined,
  halfClose: () => undefined,
  closed: () => undefined,
};

/** See the file comment. */
export class DuplexStream extends GrpcStream implements StreamCall {
  #handler: StreamHandler = DEAF;
  #delivery: 'flowing' | 'paused' = 'flowing';
  /** Request bytes that came while paused, and whether the end came with them. */
  #held = new ByteQueue();
  #endHeld = false;
  /** Set when the stream was over before `open` returned its handler. */
  #closedEarly: CloseReason | undefined = undefined;

  /** Gives the call to its method. */
  open(open: (call: StreamCall) => StreamHandler): void {
    try {
      const handler = open(this);
      if (this.#closedEarly === undefined) this.#handler = handler;
      else handler.closed(this.#closedEarly);
    } catch (error) {
      this.#onThrown(error);
    }
  }

  get pendingBytes(): number {
    return this.queuedBytes;
  }

  write(message: Uint8Array): boolean {
    if (this.over) return true;
    this.host.sender.message(this, message);
    if (this.queue === undefined || this.queue.length <= this.host.limits.streamHighWaterBytes) {
      return true;
    }
    this.wantsDrain = true;
    return false;
  }

  end(): void {
    if (this.over) return;
    this.host.sender.finish(this, 'status-ok');
  }

  sendHeaders(fields?: OutgoingFields): void {
    if (this.local !== 'idle') return;
    const block =
      fields === undefined || fields.length === 0
        ? undefined
        : encodeFields([':status', '200', 'content-type', 'application/grpc', ...fields]);
    this.host.sender.headers(this, block);
  }

  pause(): void {
    this.#delivery = 'paused';
  }

  resume(): void {
    if (this.#delivery === 'flowing' || this.over) return;
    this.#delivery = 'flowing';
    const held = this.#held;
    if (held.length > 0) {
      const bytes = Buffer.allocUnsafe(held.length);
      held.moveTo(bytes, 0, bytes.length);
      this.#deliver(bytes, 0, bytes.length);
    }
    if (this.#endHeld && held.length === 0) this.#halfClose();
  }

  override get awaitsProgress(): boolean {
    return false;
  }

  protected override get lingers(): boolean {
    return false;
  }

  protected override onData(source: Buffer, start: number, end: number): void {
    if (this.#delivery === 'paused') this.#held.append(source.subarray(start, end));
    else this.#deliver(source, start, end);
  }

  protected override onPlainMessage(bytes: Uint8Array): boolean {
    try {
      this.#handler.message(bytes);
    } catch (error) {
      this.#onThrown(error);
    }
    return this.#delivery === 'flowing' && !this.over;
  }

  protected override onRemoteEnd(): void {
    if (this.#held.length > 0 || this.#delivery === 'paused') this.#endHeld = true;
    else this.#halfClose();
  }

  protected override onCancelled(reason: CancelReason): void {
    this.#close(reason);
  }

  protected override onFinished(): void {
    if (!this.cancelled) this.#close('finished');
  }

  override onDrained(): void {
    try {
      this.#handler.drain?.();
    } catch (error) {
      this.#onThrown(error);
    }
  }

  #deliver(source: Buffer, start: number, end: number): void {
    const stopped = this.assemble(source, start, end);
    if (stopped < end && !this.over) this.#held.append(source.subarray(stopped, end));
  }

  #halfClose(): void {
    this.#endHeld = false;
    if (!this.betweenMessages) {
      this.fail(GrpcStatus.internal, UNEXPECTED_END);
      return;
    }
    try {
      this.#handler.halfClose();
    } catch (error) {
      this.#onThrown(error);
    }
  }

  #close(reason: CloseReason): void {
    this.#closedEarly = reason;
    this.#held.clear();
    const handler = this.#handler;
    this.#handler = DEAF;
    try {
      handler.closed(reason);
    } catch (error) {
      this.host.onHandlerError(error, this.path);
    }
  }

  #onThrown(error: unknown): void {
    this.host.onHandlerError(error, this.path);
    this.fail(GrpcStatus.internal, 'internal error');
  }
}
