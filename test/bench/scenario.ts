/**
 * What a scenario is: a kind of load that one run of the generator puts on a server. Each lives in its
 * own file under `scenarios/` and runs inside the generator's process.
 */
import type { H2Client } from './h2-client.ts';
import type { KeySpace } from './key-space.ts';
import type { MeasuredWindow } from './measured-window.ts';

/** What a scenario gets to work with. */
export interface ScenarioContext {
  /** Connections, already up; callers are dealt out over them in turn. */
  readonly clients: readonly H2Client[];
  /** Closed-loop callers: each has at most one operation under way. */
  readonly callers: number;
  readonly keySpace: KeySpace;
  /** Takes the finished operations and says when to stop. */
  readonly window: MeasuredWindow;
}

/** A kind of load. */
export interface Scenario {
  readonly name: string;
  /** What one operation is, as the report's column says it. */
  readonly unit: 'calls' | 'events';
  /** Sets up, starts the window, keeps the load up until the window is over, and resolves when all is answered. */
  run(context: ScenarioContext): Promise<void>;
}
