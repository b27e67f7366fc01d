/**
 * The load generator's process: takes one job from its parent, runs it, answers with the measurement and
 * ends. A process of its own, so that it can be pinned to a processor and its CPU time told apart.
 */
import { H2Client } from './h2-client.ts';
import type { KeySpace } from './key-space.ts';
import { MeasuredWindow } from './measured-window.ts';
import type { Measurement, WindowOptions } from './measured-window.ts';
import { scenarioNamed } from './scenario-list.ts';

/** Connections for many callers; one caller has one. */
const CONNECTIONS = 10;
/** Callers from which on the connections are spread. */
const MANY_CALLERS = 100;

/** One run of one scenario. */
export interface LoadJob extends WindowOptions {
  readonly scenario: string;
  readonly host: string;
  /** Connections are dealt out over them in turn. */
  readonly ports: readonly number[];
  readonly callers: number;
  readonly keySpace: KeySpace;
}

/** What the generator sends back. */
export type LoadReply = { readonly measurement: Measurement } | { readonly error: string };

async function run(job: LoadJob): Promise<Measurement> {
  const scenario = scenarioNamed(job.scenario);
  // A fan-out's watchers have ten connections whatever the number of callers, and its writer one more.
  const watching = scenario.unit === 'events' ? CONNECTIONS + 1 : 1;
  const connections = Math.max(watching, job.callers >= MANY_CALLERS ? CONNECTIONS : 1);
  const clients = await Promise.all(
    Array.from({ length: connections }, (_, i) =>
      H2Client.connect(job.host, job.ports[i % job.ports.length]!),
    ),
  );
  const window = new MeasuredWindow(job);
  await scenario.run({ clients, callers: job.callers, keySpace: job.keySpace, window });
  for (const client of clients) client.close();
  return window.result();
}

process.once('message', (job: LoadJob) => {
  run(job).then(
    (measurement) => reply({ measurement }),
    (error: unknown) => reply({ error: error instanceof Error ? error.message : String(error) }),
  );
});

// Whether the answer is given or the parent is gone: nobody wants more load.
process.once('disconnect', () => process.exit());

function reply(answer: LoadReply): void {
  process.send!(answer, () => process.disconnect());
}
