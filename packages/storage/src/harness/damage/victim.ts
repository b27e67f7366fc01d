/**
 * A program that starts members with damaged files, because LMDB may bring down the process that reads one. For each
 * message it copies the member, turns the bit, runs a trial and answers with its outcome. Of a damaged store the store
 * alone is copied and tried first; when it gives what it did before, so does the member.
 *
 * Usage: victim.ts SCRATCH_DIRECTORY, forked
 */
import {
  closeSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  openSync,
  readSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { runStoreTrial, runTrial, type StoreOutcome, type TrialOutcome } from './trial.ts';

export interface Flip {
  /** The subject's directory. */
  readonly path: string;
  readonly file: string;
  readonly offset: number;
  readonly bit: number;
}

/** What an undamaged store, and the member that it is of, give. */
interface Reference {
  readonly store: StoreOutcome;
  readonly member: TrialOutcome;
}

class Victim {
  readonly #scratch: string;
  readonly #references = new Map<string, Reference>();
  #copies = 0;

  constructor(scratch: string) {
    this.#scratch = scratch;
  }

  async try(flip: Flip): Promise<TrialOutcome> {
    if (basename(flip.file) === 'data.mdb') {
      const store = dirname(join(flip.path, flip.file));
      const reference = await this.#referenceOf(flip.path, store);
      const outcome = await this.#tryStore(store, flip, isWrittenTo(flip));
      if (outcome.kind === 'refused') return outcome;
      const isEqual = JSON.stringify(outcome) === JSON.stringify(reference.store);
      if (isEqual) return reference.member;
    }
    return this.#tryMember(flip.path, flip);
  }

  async #referenceOf(path: string, store: string): Promise<Reference> {
    const known = this.#references.get(store);
    if (known !== undefined) return known;
    const reference = {
      store: await this.#tryStore(store, undefined),
      member: await this.#tryMember(path, undefined),
    };
    this.#references.set(store, reference);
    return reference;
  }

  async #tryStore(store: string, flip: Flip | undefined, isWritten = false): Promise<StoreOutcome> {
    const copy = this.#copyName();
    mkdirSync(copy);
    try {
      copyFileSync(join(store, 'data.mdb'), join(copy, 'data.mdb'));
      if (flip !== undefined) turn(join(copy, 'data.mdb'), flip);
      return await runStoreTrial(copy, isWritten);
    } finally {
      rmSync(copy, { recursive: true, force: true });
    }
  }

  async #tryMember(path: string, flip: Flip | undefined): Promise<TrialOutcome> {
    const copy = this.#copyName();
    cpSync(path, copy, { recursive: true });
    try {
      if (flip !== undefined) turn(join(copy, flip.file), flip);
      return await runTrial(copy);
    } finally {
      rmSync(copy, { recursive: true, force: true });
    }
  }

  /** A name of its own each time: lmdb-js would hand out an environment that is still being closed. */
  #copyName(): string {
    return join(this.#scratch, `copy-${process.pid}-${this.#copies++}`);
  }
}

/** A transaction looks at what pages begin with; of their rows, which it copies at most, a part will do. */
function isWrittenTo({ offset }: Flip): boolean {
  return offset % 4096 < 256 || offset % 8 === 0;
}

function turn(file: string, { offset, bit }: Flip): void {
  const descriptor = openSync(file, 'r+');
  const byte = Buffer.alloc(1);
  readSync(descriptor, byte, 0, 1, offset);
  byte[0] = (byte[0] as number) ^ (1 << bit);
  writeSync(descriptor, byte, 0, 1, offset);
  closeSync(descriptor);
}

const scratch = process.argv[2];
if (scratch !== undefined && process.send !== undefined) {
  const victim = new Victim(scratch);
  process.on('message', (flip: Flip) => {
    void victim.try(flip).then((outcome) => process.send?.(outcome));
  });
}
