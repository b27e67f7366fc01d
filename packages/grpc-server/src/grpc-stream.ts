/**
 * What unary calls and streams of messages have in common: metadata, failing, the deadline, and the
 * handling of messages that are too large or compressed.
 */
import type { PeerCertificate } from 'node:tls';

import { decompress } from './decompress.ts';
import { MESSAGE_PREFIX_BYTES, MessageAssembler } from './message-assembler.ts';
import type { MessageSink } from './message-assembler.ts';
import type { Metadata } from './metadata.ts';
import type { CallHead } from './request-head.ts';
import { DEADLINE_EXCEEDED, GrpcStatus, encodeTrailers, encodeTrailersOnly } from './status.ts';
import type { OutgoingFields } from './status.ts';
import { Stream } from './stream.ts';
import type { StreamHost } from './stream-host.ts';

/** A stream whose request is gRPC for a known method. */
export abstract class GrpcStream extends Stream implements MessageSink {
  protected readonly head: CallHead;
  #assembler: MessageAssembler | undefined = undefined;

  constructor(host: StreamHost, id: number, head: CallHead) {
    super(host, id, head.timeoutMs, head.contentLength);
    this.head = head;
  }

  get path(): string {
    return this.head.path;
  }

  get metadata(): Metadata {
    return this.head.metadata;
  }

  get peer(): string {
    return this.host.peer;
  }

  get tlsPeerCertificate(): PeerCertificate | undefined {
    return this.host.tlsPeerCertificate;
  }

  /** See Call.fail. */
  fail(code: number, message: string, fields?: OutgoingFields): void {
    if (this.over) return;
    const failure = fields === undefined ? { code, message } : { code, message, fields };
    if (this.local === 'idle') this.host.sender.trailersOnly(this, encodeTrailersOnly(failure));
    else this.host.sender.finish(this, encodeTrailers(failure));
  }

  /** One plain message. @returns false to stop the delivery of more. */
  protected abstract onPlainMessage(bytes: Uint8Array): boolean;

  /** True between messages. */
  protected get betweenMessages(): boolean {
    return this.#assembler === undefined || this.#assembler.isIdle;
  }

  /** Cuts request bytes into messages; see MessageAssembler.push. */
  protected assemble(source: Buffer, start: number, end: number): number {
    this.#assembler ??= new MessageAssembler(this.host.limits.messageBytesMax, this);
    return this.#assembler.push(source, start, end);
  }

  onMessage(bytes: Uint8Array, flags: number): boolean {
    this.consumedMessage(bytes.length + MESSAGE_PREFIX_BYTES);
    if (flags === 0) return this.onPlainMessage(bytes);
    const { messageBytesMax } = this.host.limits;
    const plain = decompress(bytes, flags, this.head.compression, messageBytesMax);
    if (plain.ok) return this.onPlainMessage(plain.message);
    this.fail(plain.failure.code, plain.failure.message);
    return false;
  }

  onOversize(bytes: number): void {
    const { messageBytesMax } = this.host.limits;
    const message = `grpc: received message larger than max (${String(bytes)} vs. ${String(messageBytesMax)})`;
    this.fail(GrpcStatus.resourceExhausted, message);
  }

  onPartial(missingBytes: number): void {
    this.expectBytes(missingBytes);
  }

  /** What is queued is dropped, so the client must not take the rest for the whole. */
  override onDeadline(): void {
    if (this.local === 'closed') return;
    this.cancelReason = 'deadline';
    this.queue?.clear();
    const failure = { code: GrpcStatus.deadlineExceeded, message: DEADLINE_EXCEEDED };
    if (this.local === 'idle') this.host.sender.trailersOnly(this, encodeTrailersOnly(failure));
    else this.host.sender.finish(this, encodeTrailers(failure));
    this.onCancelled('deadline');
  }
}
