/**
 * What can be wrong with a peer's bytes (RFC 9113 section 5.4): an error of the whole connection, which
 * ends in GOAWAY, or of one stream, which ends in RST_STREAM. Both are thrown inside the receive path
 * and caught in one place, {@link Connection}; neither ever reaches an application.
 */
import { ErrorCode } from './frame.ts';

/** The connection cannot go on: GOAWAY with this code and the message as debug data, then close. */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** One stream cannot go on: RST_STREAM with this code; the connection stays. */
export class StreamError extends Error {
  override readonly name = 'StreamError';
  readonly streamId: number;
  readonly code: ErrorCode;

  constructor(streamId: number, code: ErrorCode, message: string) {
    super(message);
    this.streamId = streamId;
    this.code = code;
  }
}

/** A {@link ConnectionError} with PROTOCOL_ERROR, by far the most frequent. */
export const protocolError = (message: string): ConnectionError =>
  new ConnectionError(ErrorCode.protocolError, message);

/** A {@link ConnectionError} with FRAME_SIZE_ERROR. */
export const frameSizeError = (message: string): ConnectionError =>
  new ConnectionError(ErrorCode.frameSizeError, message);

/** A {@link ConnectionError} with ENHANCE_YOUR_CALM, naming the limit that was exceeded. */
export const floodError = (limit: string): ConnectionError =>
  new ConnectionError(ErrorCode.enhanceYourCalm, limit);
