/** The stopped members whose files are damaged, each with what a start must lead to. */
import { cpSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Entry } from '@concord/raft';
import { DataDirectory } from '../../data-directory.ts';
import { LmdbStore } from '../../lmdb/lmdb-store.ts';
import { closeMemberStorage, openMemberStorage, type MemberStorage } from '../../member-storage.ts';
import { NodeFileSystem } from '../../node-file-system.ts';
import { readApplied, transferBetween } from '../test-member.ts';
import { batchOf, Content, entryOf, firstRows, type Rows } from './member-content.ts';

export const memberIdentity = { clusterId: 0xc1n, memberId: 0xa1n };

export interface Subject {
  readonly name: string;
  readonly path: string;
  /** Files below `path` that have bytes. */
  readonly files: readonly string[];
  /** What the member holds once it has replayed its log. */
  readonly content: string;
  /** The same without the last entry, where the end of the log may be taken for an interrupted write. */
  readonly contentBeforeLast: string | undefined;
  /** Files of which a sample will do: they are damaged whole in another subject. */
  readonly sampled: RegExp;
  /** Entries that a start of the undamaged member replays. */
  readonly entriesToReplay: number;
  /** The file that the log ends in. */
  readonly lastSegment: string;
}

const segmentBytes = 2560;
const base = { term: 1, index: 20 };
/** Of those, the store has these. */
const committedEntries = 5;
type Generation = 'old' | 'new';

const later: readonly Rows[] = Array.from({ length: 6 }, (_, i) => ({
  current: { [`key10${10 + i}`]: `entry ${i}`, [`added${i}`]: 'v'.repeat(30 * i) },
  revisions: { [`r${i}`]: `change ${i}` },
}));

interface OpenedMember {
  readonly directory: DataDirectory;
  readonly storage: MemberStorage;
}

/** Makes all of them below `root`. */
export async function makeSubjects(root: string): Promise<Subject[]> {
  const closed = join(root, 'closed');
  const killed = join(root, 'killed');
  const member = await begin(closed, 'old');
  await goOn(member, entriesFrom(1, base.index));
  cpSync(closed, killed, { recursive: true });
  await close(member);
  const content = contentOf('old', later);
  return [
    subject('closed', closed, content, undefined),
    subject('killed', killed, content, contentOf('old', later.slice(0, -1))),
    await makeInstalling(root),
  ];
}

/** A member that was killed when its log had begun anew behind a snapshot, and the stores were not exchanged. */
async function makeInstalling(root: string): Promise<Subject> {
  const path = join(root, 'installing-member');
  const image = join(root, 'installing');
  const leader = await begin(join(root, 'leader'), 'new', { term: 3, index: 40 });
  const fileSystem = new WatchedRename((from) => {
    if (from.endsWith('/db')) cpSync(path, image, { recursive: true });
  });
  const member = await begin(path, 'old', base, fileSystem);
  await goOn(member, entriesFrom(1, base.index));
  const held = leader.storage.snapshots.hold();
  if (held === undefined) throw new Error('nothing can be held');
  const incoming = await transferBetween(leader.storage, member.storage, held.name);
  await incoming.finish();
  const position = { term: 3, index: 40 };
  await new Promise<void>((resolve) => {
    member.storage.snapshots.install(position, held.name, resolve);
  });
  await close(member);
  await close(leader);
  return subject('installing', image, contentOf('new', []), undefined);
}

function subject(
  name: string,
  path: string,
  content: string,
  contentBeforeLast: string | undefined,
): Subject {
  const names = readdirSync(path, { recursive: true, encoding: 'utf8' });
  const files = names.filter((file) => {
    const status = statSync(join(path, file));
    return status.isFile() && status.size > 0;
  });
  files.sort();
  const lastSegment = files.findLast((file) => file.endsWith('.wal')) ?? '';
  const entriesToReplay = name === 'installing' ? 0 : later.length - committedEntries;
  const sampled = name === 'closed' ? /^$/ : /db.data|lock|identity|next.tmp/;
  return {
    name,
    path,
    files,
    content,
    contentBeforeLast,
    entriesToReplay,
    lastSegment,
    sampled,
  };
}

class WatchedRename extends NodeFileSystem {
  readonly #look: (from: string) => void;

  constructor(look: (from: string) => void) {
    super();
    this.#look = look;
  }

  override rename(from: string, to: string): void {
    this.#look(from);
    super.rename(from, to);
  }
}

/** A member whose store holds the first rows, with a log that begins behind them. */
async function begin(
  path: string,
  generation: Generation,
  applied = base,
  fileSystem = new NodeFileSystem(),
): Promise<OpenedMember> {
  mkdirSync(path, { recursive: true });
  const directory = DataDirectory.open({ path, fileSystem });
  const onFailure = (error: Error): void => {
    throw error;
  };
  const store = new LmdbStore({ directory: directory.databaseDirectory, onFailure });
  await new Promise<void>((resolve) => {
    store.commit(batchOf([firstRows(generation)], applied), resolve);
  });
  await new Promise<void>((resolve) => store.close(resolve));
  const storage = openMemberStorage({
    directory,
    identity: memberIdentity,
    readApplied,
    segmentBytes,
    onFailure,
  });
  return { directory, storage };
}

/** Appends all entries, and commits what all but the last have done, in two batches. */
async function goOn({ storage }: OpenedMember, entries: readonly Entry[]): Promise<void> {
  for (const entry of entries) {
    const hardState = { term: entry.term, votedFor: 3n, commit: entry.index };
    await new Promise<void>((resolve) => storage.wal.append(hardState, [entry], resolve));
  }
  const batches = [
    [0, 3],
    [3, committedEntries],
  ] as const;
  for (const [from, to] of batches) {
    const applied = { term: 1, index: base.index + to };
    const batch = batchOf(later.slice(from, to), applied);
    await new Promise<void>((resolve) => storage.store.commit(batch, resolve));
  }
}

const entriesFrom = (term: number, index: number): Entry[] =>
  later.map((rows, i) => entryOf(term, index + 1 + i, rows));

const close = ({ storage, directory }: OpenedMember): Promise<void> =>
  new Promise((resolve) => closeMemberStorage(storage, directory, resolve));

function contentOf(generation: Generation, entries: readonly Rows[]): string {
  const content = new Content();
  for (const rows of [firstRows(generation), ...entries]) content.apply(entryOf(0, 0, rows));
  return content.digest();
}
