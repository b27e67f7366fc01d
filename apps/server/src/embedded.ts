/**
 * A member inside another program: the entry of a worker thread, so that neither holds up the other's event
 * loop. Takes the flags of the command line, tells where it listens, and stops on any message.
 *
 * This is what `startServer()` of `@concord/testing` runs.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { configure } from './config/configuration.ts';
import { createLog, logOptionsOf } from './log.ts';
import { startMember } from './member.ts';

/** What the thread tells the program that started it. */
export type EmbeddedReport =
  | { readonly kind: 'ready'; readonly endpoints: readonly string[] }
  | { readonly kind: 'failed'; readonly message: string };

if (parentPort === null)
  throw new Error('embedded.js is the entry of a worker thread, not a program');
const port = parentPort;
const report = (content: EmbeddedReport): void => port.postMessage(content);

const command = configure(workerData as readonly string[], {});
if (command.kind !== 'run') throw new Error('an embedded member takes flags that start it');
const log = createLog(logOptionsOf(command.values));
const member = await startMember(command, log, {
  failed: (error) => {
    report({ kind: 'failed', message: error.message });
    process.exit(1);
  },
  removed: () => {
    report({ kind: 'failed', message: 'the cluster has removed this member' });
    process.exit(0);
  },
});
port.once('message', () => {
  void member.stop().then(() => port.close());
});
report({ kind: 'ready', endpoints: member.endpoints });
