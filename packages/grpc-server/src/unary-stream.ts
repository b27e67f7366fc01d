/**
 * A unary call on its stream: waits for the one request message, hands it to the method's handler and
 * sends the one answer. The usual request lies in one DATA frame and is handed on where it was read.
 */
import type { CancelReason, UnaryCall, UnaryHandler } from './call.ts';
import { readUint32 } from './frame.ts';
import { GrpcStream } from './grpc-stream.ts';
import { MESSAGE_PREFIX_BYTES } from './message-assembler.ts';
import type { CallHead } from './request-head.ts';
import { GrpcStatus, UNEXPECTED_END } from './status.ts';
import type { StreamHost } from './stream-host.ts';

/** See the file comment. */
export class UnaryStream extends GrpcStream implements UnaryCall {
  onCancel: ((reason: CancelReason) => void) | undefined = undefined;
  readonly #handle: UnaryHandler;
  #request: 'awaited' | 'handled' = 'awaited';

  constructor(host: StreamHost, id: number, head: CallHead, handle: UnaryHandler) {
    super(host, id, head);
    this.#handle = handle;
  }

  respond(message: Uint8Array): void {
    if (this.local === 'idle') this.host.sender.respondUnary(this, message);
  }

  /** Until the client's END_STREAM: an answered stream may not stay half open for ever either. */
  override get awaitsProgress(): boolean {
    return this.remote === 'open';
  }

  /** The END_STREAM of a client that sends it in a frame of its own is on its way. */
  protected override get lingers(): boolean {
    return this.#request === 'handled' && !this.cancelled;
  }

  protected override onData(source: Buffer, start: number, end: number): void {
    if (this.#request === 'handled') {
      this.fail(GrpcStatus.internal, 'second request message of a unary call');
      return;
    }
    const messageStart = start + MESSAGE_PREFIX_BYTES;
    const whole =
      messageStart <= end &&
      source[start] === 0 &&
      this.betweenMessages &&
      readUint32(source, start + 1) === end - messageStart &&
      end - messageStart <= this.host.limits.messageBytesMax;
    if (whole) this.onPlainMessage(source.subarray(messageStart, end));
    else this.assemble(source, start, end);
  }

  protected override onPlainMessage(bytes: Uint8Array): boolean {
    this.#request = 'handled';
    try {
      this.#handle(bytes, this);
    } catch (error) {
      this.host.onHandlerError(error, this.path);
      this.fail(GrpcStatus.internal, 'internal error');
    }
    return false;
  }

  /** There is no second message, so the window stays as it is. */
  protected override consumedMessage(): void {
    this.host.grants.release(this);
  }

  protected override onRemoteEnd(): void {
    if (this.#request === 'handled') return;
    this.fail(GrpcStatus.internal, UNEXPECTED_END);
  }

  protected override onCancelled(reason: CancelReason): void {
    const { onCancel } = this;
    this.onCancel = undefined;
    if (onCancel === undefined) return;
    try {
      onCancel(reason);
    } catch (error) {
      this.host.onHandlerError(error, this.path);
    }
  }

  protected override onFinished(): void {
    this.onCancel = this.cancelled ? this.onCancel : undefined;
  }

  override onDrained(): void {
    // A unary answer is queued whole; nobody waits for its drain.
  }
}
