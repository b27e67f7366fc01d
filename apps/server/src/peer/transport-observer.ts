/** Hears what the transport measures; must change nothing. */
export interface TransportObserver {
  /** One measured round trip. */
  roundTrip(id: bigint, milliseconds: number): void;
  /** A snapshot message is about to leave. */
  snapshotOffered(id: bigint): void;
  /** How that ended. */
  snapshotSent(id: bigint, arrived: boolean): void;
  /** The content of a snapshot is fetched from a member. */
  fetchBegan(id: bigint): void;
  /** All of it is there, and making it durable took so long. */
  fetchMadeDurable(milliseconds: number): void;
  fetchEnded(id: bigint, arrived: boolean): void;
}
