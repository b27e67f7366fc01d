/** Where the members of a cluster live, and what can be done to the ways between them. */

/** A member's addresses, and how a program is started there. */
export interface Place {
  readonly clientUrl: string;
  readonly peerUrl: string;
  /** Where it listens itself, if what others are told is another place. */
  readonly listenPeerUrl?: string;
  /** `host:port` for clients. */
  readonly endpoint: string;
  /** Comes before the command of a program that is to run there; empty where it runs like any other. */
  readonly launcher: readonly string[];
}

/** The way from one member to another, one direction of it. */
export interface Way {
  readonly from: number;
  readonly to: number;
}

/** What is done to all that a member sends to others. */
export interface LinkQuality {
  readonly delayMs: number;
  readonly lossPercent: number;
}

export interface ClusterNetwork extends AsyncDisposable {
  /** For reports: what is real here. */
  readonly description: string;
  /** Whether `cut` and `impair` do anything. */
  readonly hasFaults: boolean;
  /** The place of member `number` (from 1 on); the same one each time it is asked for. */
  place(number: number): Promise<Place>;
  /** Loses everything that is sent along these ways until the function it answers is called. */
  cut(ways: readonly Way[]): Promise<() => Promise<void>>;
  /** Makes what a member sends to others late or lost until the function it answers is called. */
  impair(number: number, quality: LinkQuality): Promise<() => Promise<void>>;
}
