/** The thread that builds the store of an incoming snapshot, beside the one that the member works with. */
import { parentPort, workerData } from 'node:worker_threads';
import { ChunkRefused, IncomingStore } from './incoming-store.ts';
import type {
  IncomingCommand,
  IncomingReply,
  IncomingThreadOptions,
} from './incoming-thread-protocol.ts';

if (parentPort === null) throw new Error('incoming-thread runs as a worker thread');
const port = parentPort;
const store = new IncomingStore(workerData as IncomingThreadOptions);

/** Says whether it was the last command. */
async function carryOut(command: IncomingCommand): Promise<boolean> {
  switch (command.kind) {
    case 'chunk':
      store.take(command.bytes);
      return false;
    case 'finish':
      await store.finish();
      return true;
    case 'close':
      await store.close();
      return true;
  }
}

function failure(error: unknown): IncomingReply {
  if (error instanceof ChunkRefused) {
    const { found, expected, isUnknownFormat } = error;
    return { kind: 'refused', found, expected, isUnknownFormat };
  }
  return { kind: 'failed', message: error instanceof Error ? error.message : String(error) };
}

/** Commands are carried out one after the other. */
let before = Promise.resolve();
port.on('message', (command: IncomingCommand) => {
  before = before.then(() =>
    carryOut(command).then(
      (isLast) => {
        port.postMessage({ kind: 'done' } satisfies IncomingReply);
        if (isLast) port.close();
      },
      (error: unknown) => port.postMessage(failure(error)),
    ),
  );
});
