/** What is asked of each client library; the files beside this one write it as the users of each would. */

/** Of locks, in seconds. */
export const LOCK_TTL_SECONDS = 10;
/** Of registered instances, in seconds. */
export const INSTANCE_TTL_SECONDS = 15;

export interface Watching {
  stop(): Promise<void>;
}

/** Gives back what was taken: a lock, a registration. */
export type Release = () => Promise<void>;

export interface Contestant {
  get(key: string): Promise<string | undefined>;
  put(key: string, value: string): Promise<void>;
  /** Calls for every change of the key. Resolves once no change can be missed. */
  watch(key: string, changed: (value: string) => void): Promise<Watching>;
  /** Waits for a lock; undefined where the library has none. */
  readonly lock: ((name: string) => Promise<Release>) | undefined;
  /** Registers an instance on a port of 127.0.0.1, which the server drops when it is silent. */
  register(service: string, port: number): Promise<Release>;
  /** Calls with the ports of all instances at every change. Resolves once no change can be missed. */
  follow(service: string, changed: (ports: ReadonlySet<number>) => void): Promise<Watching>;
  close(): Promise<void>;
}
