/** A log of small segments that a test writes, releases, and has archived. */
import { EventEmitter, once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach } from 'node:test';
import type { Entry } from '@concord/raft';
import { NodeFileSystem } from '../node-file-system.ts';
import { createWal } from '../wal/creation.ts';
import { openWal } from '../wal/opening.ts';
import type { Wal } from '../wal/wal.ts';
import { ArchiveReader } from './archive-reader.ts';
import { LogArchive, type LogArchiveOptions } from './log-archive.ts';

export const directory = mkdtempSync(join(tmpdir(), 'concord-log-archive-'));
after(() => rmSync(directory, { recursive: true, force: true }));
export const identity = { clusterId: 3n, memberId: 7n };
export const fail = (error: Error): never => {
  throw error;
};

/** A test that fails leaves threads behind, which would keep this process. */
const running = new Set<LoggedMember>();
afterEach(() => Promise.all([...running].map((member) => member.end())));

/** A member's log, of small segments, and what has been applied of it. */
export class LoggedMember {
  readonly walDirectory: string;
  readonly fileSystem = new NodeFileSystem();
  readonly warnings: string[] = [];
  readonly #warned = new EventEmitter();
  readonly archives: string;
  wal: Wal;
  index = 0;

  constructor(name: string) {
    this.walDirectory = join(directory, name, 'wal');
    this.archives = join(directory, name, 'archive');
    this.wal = createWal(this.#options());
    running.add(this);
  }

  #options() {
    const { walDirectory, fileSystem } = this;
    return { directory: walDirectory, fileSystem, identity, onFailure: fail, segmentBytes: 8192 };
  }

  async write(count: number): Promise<void> {
    for (let i = 0; i < count; i++) {
      const entry: Entry = {
        term: 1,
        index: ++this.index,
        kind: 'normal',
        data: new Uint8Array(1500),
      };
      const hardState = { term: 1, votedFor: 7n, commit: entry.index - 1 };
      await new Promise<void>((durable) => this.wal.append(hardState, [entry], durable));
    }
  }

  archive(options: Partial<LogArchiveOptions> = {}): Promise<LogArchive> {
    return LogArchive.start({
      directory: this.archives,
      walDirectory: this.walDirectory,
      identity,
      wal: this.wal,
      applied: () => ({ revision: this.index + 1, index: this.index, term: 1 }),
      now: () => 1_000_000 + this.index,
      warn: (message) => {
        this.warnings.push(message);
        this.#warned.emit('warning');
      },
      ...options,
    });
  }

  /** Resolves with the archive's next warning that fits. */
  async warned(pattern: RegExp): Promise<void> {
    const from = this.warnings.length;
    while (!this.warnings.slice(from).some((warning) => pattern.test(warning))) {
      await once(this.#warned, 'warning');
    }
  }

  /** Everything is in the store: what nobody keeps goes. */
  async release(): Promise<void> {
    this.wal.release(this.index, 1);
    await this.write(1);
    this.wal.release(this.index, 1);
    await this.write(1);
  }

  async restart(): Promise<void> {
    await new Promise<void>((closed) => this.wal.close(closed));
    this.wal = openWal(this.#options()).wal;
  }

  get segments(): string[] {
    return readdirSync(this.walDirectory)
      .filter((name) => name.endsWith('.wal'))
      .sort();
  }

  get reader(): ArchiveReader {
    return ArchiveReader.open(this.archives);
  }

  archivedIndexes(after = 0): { readonly indexes: number[]; readonly reason: string } {
    const entries = this.reader.entries({ index: after, term: after === 0 ? 0 : 1 });
    const indexes: number[] = [];
    for (;;) {
      const { done, value } = entries.next();
      if (done === true) return { indexes, reason: value.reason };
      indexes.push(value.index);
    }
  }

  async end(): Promise<void> {
    running.delete(this);
    await new Promise<void>((closed) => this.wal.close(closed));
    this.fileSystem.close();
  }
}
