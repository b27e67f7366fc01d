/**
 * The thread that makes the log durable: sleeps until the counter in shared memory moves, writes what the
 * command names, calls `fdatasync`, and answers. It never retries: after a failed sync the kernel may have
 * dropped the pages, and a second sync would report success for bytes that are gone.
 */
import { fdatasyncSync, writeSync } from 'node:fs';
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { commandLayout, type SyncRegistration, type SyncReply } from './sync-thread-protocol.ts';

if (parentPort === null) throw new Error('sync-thread runs as a worker thread');
const port = parentPort;
const command = workerData as SharedArrayBuffer;
const words = new Int32Array(command);
const position = new Float64Array(command, commandLayout.positionOffset, 1);
const writeMs = new Float64Array(command, commandLayout.writeMsOffset, 1);
const memories = new Array<Uint8Array | undefined>(commandLayout.slots);

function registerMemories(): void {
  for (;;) {
    const received = receiveMessageOnPort(port) as { message: SyncRegistration } | undefined;
    if (received === undefined) return;
    memories[received.message.slot] = new Uint8Array(received.message.memory);
  }
}

function carryOut(): SyncReply {
  const slot = words[commandLayout.slot] ?? 0;
  const descriptor = words[commandLayout.descriptor] ?? -1;
  const start = words[commandLayout.start] ?? 0;
  const length = words[commandLayout.length] ?? 0;
  const memory = memories[slot];
  if (memory === undefined) return { message: `memory ${slot} is not registered`, code: undefined };
  try {
    const beganMs = performance.now();
    let done = 0;
    while (done < length) {
      const at = (position[0] ?? 0) + done;
      done += writeSync(descriptor, memory, start + done, length - done, at);
    }
    writeMs[0] = performance.now() - beganMs;
    fdatasyncSync(descriptor);
    return null;
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException;
    return { message, code };
  }
}

let seen = 0;
for (;;) {
  Atomics.wait(words, commandLayout.counter, seen);
  seen = Atomics.load(words, commandLayout.counter);
  registerMemories();
  port.postMessage(carryOut());
}
