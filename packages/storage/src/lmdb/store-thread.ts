/** The thread that writes the store: gathers the chunks of a batch, commits it, and answers. */
import { parentPort, workerData } from 'node:worker_threads';
import { measure, openEnvironment } from './environment.ts';
import { BatchRows, type Chunk } from './row-chunks.ts';
import type { StoreCommand, StoreReply, StoreThreadOptions } from './store-thread-protocol.ts';
import { writeRows } from './transaction.ts';

if (parentPort === null) throw new Error('store-thread runs as a worker thread');
const port = parentPort;
const { directory, tableNames, mapBytes } = workerData as StoreThreadOptions;
const environment = openEnvironment(directory, tableNames, mapBytes);
let chunks: Chunk[] = [];

function commit(): void {
  const rows = new BatchRows(tableNames.length, chunks);
  const memories = chunks.map((chunk) => chunk.memory);
  chunks = [];
  writeRows(environment, rows);
  const reply: StoreReply = { kind: 'committed', memories, size: measure(environment) };
  port.postMessage(reply, memories);
}

port.on('message', (command: StoreCommand) => {
  try {
    if (command.kind === 'rows') {
      chunks.push(command.chunk);
      if (command.isLast) commit();
      return;
    }
    void environment.root.close().then(() => {
      port.postMessage({ kind: 'closed' } satisfies StoreReply);
      port.close();
    });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    port.postMessage({ kind: 'failed', message } satisfies StoreReply);
  }
});
