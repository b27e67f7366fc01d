/** A proxy that serves. */
export interface RunningProxy {
  /** `host:port` where it listens. */
  readonly endpoint: string;
  /** Resolves when no connection and no timer is left. */
  stop(): Promise<void>;
}
