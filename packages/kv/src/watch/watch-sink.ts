/**
 * Where the responses of one stream go: a call of the gRPC server. The stream keeps no queue of its own; what the
 * sink does not want yet is read from history later.
 */
export interface WatchSink {
  /**
   * Takes one encoded `WatchResponse`, copying it: the bytes change after the call. Answers `false` when enough is
   * pending; the response is taken even so, and events stop until `WatchStream.drained` is called. Must not call
   * back into the hub or its streams.
   */
  write(response: Uint8Array): boolean;
}
