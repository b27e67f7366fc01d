/**
 * Where keys are replicated to. Each transaction carries the checkpoint along and is made only while nobody else has moved
 * it, so that
 * 1. a process that is killed at any point leaves data and checkpoint that fit each other,
 * 2. of two processes that replicate to one place, one is told and ends.
 *
 * Without a checkpoint's key, writes are made as they come.
 */
import { randomUUID } from 'node:crypto';
import { ConcordError, compare, missing, op, type Client, type Operation } from '@concord/client';
import { CommandError } from '../../command-error.ts';
import { decodeCheckpoint, encodeCheckpoint, type Checkpoint } from './checkpoint.ts';
import { persistently, type Patience } from './patience.ts';
import { operationOf, bytesOf, TXN_BYTES_MAX, type Write } from './write.ts';

export class Destination {
  readonly client: Client;
  readonly checkpointKey: Uint8Array | undefined;
  readonly #patience: Patience;
  readonly #owner = randomUUID();
  /** Of the checkpoint's key; 0 where there is none. */
  #modRevision = 0;
  #checkpoint: Checkpoint | undefined;

  constructor(client: Client, checkpointKey: Uint8Array | undefined, patience: Patience) {
    this.client = client;
    this.checkpointKey = checkpointKey;
    this.#patience = patience;
  }

  get checkpoint(): Checkpoint | undefined {
    return this.#checkpoint;
  }

  /** Throws `CommandError` where something else stands at the checkpoint's key. */
  async load(): Promise<Checkpoint | undefined> {
    const key = this.checkpointKey;
    if (key === undefined) return undefined;
    const entry = await persistently(() => this.client.kv.get(key), this.#patience);
    if (entry === undefined) return undefined;
    const checkpoint = decodeCheckpoint(entry.text);
    if (checkpoint === undefined) {
      throw new CommandError(
        `key ${JSON.stringify(entry.key)} at the destination is no checkpoint; name another key`,
      );
    }
    this.#modRevision = entry.modRevision;
    return (this.#checkpoint = checkpoint);
  }

  /** `writes` have each key once, and fit into a transaction but for a write that is too large by itself. */
  async write(writes: readonly Write[], checkpoint: Checkpoint): Promise<void> {
    const [first] = writes;
    if (first !== undefined && writes.length === 1 && bytesOf(first) > TXN_BYTES_MAX) {
      // A value near the server's limit leaves no room for company. Written twice, it is the same.
      await persistently(() => this.#writeAlone(first), this.#patience);
      return this.commit([], checkpoint);
    }
    return this.commit(writes.map(operationOf), checkpoint);
  }

  async commit(operations: readonly Operation[], checkpoint: Checkpoint): Promise<void> {
    const key = this.checkpointKey;
    if (key === undefined) {
      this.#checkpoint = checkpoint;
      if (operations.length === 0) return;
      const txn = this.client.kv.txn().then(...operations);
      await persistently(() => txn.commit({ repeatable: true }), this.#patience);
      return;
    }
    await persistently(() => this.#commitFenced(key, operations, checkpoint), this.#patience);
  }

  /** Takes the checkpoint away: the replication is over. */
  async forget(): Promise<void> {
    const key = this.checkpointKey;
    if (key === undefined) return;
    await persistently(async () => {
      const txn = this.client.kv.txn().if(compare(key).modRevision('=', this.#modRevision));
      await txn.then(op.delete(key)).commit({ repeatable: true });
    }, this.#patience);
    this.#modRevision = 0;
    this.#checkpoint = undefined;
  }

  async #commitFenced(
    key: Uint8Array,
    operations: readonly Operation[],
    checkpoint: Checkpoint,
  ): Promise<void> {
    const text = encodeCheckpoint(checkpoint, this.#owner);
    const isOurs =
      this.#modRevision === 0 ? missing(key) : compare(key).modRevision('=', this.#modRevision);
    const answer = await this.client.kv
      .txn()
      .if(isOurs)
      .then(...operations, op.put(key, text))
      .else(op.get(key))
      .commit();
    if (answer.succeeded) {
      this.#modRevision = answer.revision;
    } else {
      const [found] = answer.results;
      const entry = found?.kind === 'get' ? found.entry : undefined;
      // An earlier attempt whose answer was lost.
      if (entry?.text !== text) throw otherProcess(entry?.text);
      this.#modRevision = entry.modRevision;
    }
    this.#checkpoint = checkpoint;
  }

  async #writeAlone(write: Write): Promise<void> {
    if (write.kind === 'put') await this.client.kv.put(write.key, write.value);
    else await this.client.kv.delete(write.key);
  }
}

const otherProcess = (found: string | undefined): CommandError =>
  new CommandError(
    `another process replicates to this destination: the checkpoint is now ${found ?? 'gone'}. ` +
      'Let one of them go on alone',
  );

/** Whether the source's history from there on is gone, so that it has to be compared with the destination. */
export const isCompacted = (error: unknown): boolean => ConcordError.is(error, 'COMPACTED');
