/**
 * A member inside another program: the entry of a worker thread, so that neither holds up the other's event
 * loop. Takes the flags of the command line, tells where it listens, does what a test asks of it, and stops when told.
 *
 * This is what `startServer()` of `@concord/testing` runs.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { configure } from './config/configuration.ts';
import { EmbeddedVerbs, HeldClock, type EmbeddedVerb } from './embedded-verbs.ts';
import { createLog, logOptionsOf } from './log.ts';
import { startMember } from './member.ts';

/** What the program that starts the thread says. */
export interface EmbeddedStart {
  readonly flags: readonly string[];
  /** With `virtual`, leases and tokens count by a clock that stands until it is told to move. */
  readonly time: 'real' | 'virtual';
}

/** What the thread tells the program that started it. */
export type EmbeddedReport =
  | { readonly kind: 'ready'; readonly endpoints: readonly string[] }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'done'; readonly number: number; readonly value: number | undefined }
  | { readonly kind: 'refused'; readonly number: number; readonly message: string };

if (parentPort === null)
  throw new Error('embedded.js is the entry of a worker thread, not a program');
const port = parentPort;
const report = (content: EmbeddedReport): void => port.postMessage(content);

const { flags, time } = workerData as EmbeddedStart;
const command = configure(flags, {});
if (command.kind !== 'run') throw new Error('an embedded member takes flags that start it');
const log = createLog(logOptionsOf(command.values));
const clock = time === 'virtual' ? new HeldClock() : undefined;
const events = {
  failed: (error: Error) => {
    report({ kind: 'failed', message: error.message });
    process.exit(1);
  },
  removed: () => {
    report({ kind: 'failed', message: 'the cluster has removed this member' });
    process.exit(0);
  },
};
const member = await startMember(command, log, events, {
  leaseNow: clock && (() => clock.nowMs),
});
const verbs = new EmbeddedVerbs(member.replica, clock);

port.on('message', (message: EmbeddedVerb | 'stop') => {
  if (message === 'stop') return void member.stop().then(() => port.close());
  const { number } = message;
  verbs.carryOut(message).then(
    (value) => report({ kind: 'done', number, value }),
    (error: unknown) => report({ kind: 'refused', number, message: (error as Error).message }),
  );
});
report({ kind: 'ready', endpoints: member.endpoints });
