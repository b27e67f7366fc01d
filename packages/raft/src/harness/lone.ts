/**
 * A single replica whose disk is instant and whose peers are the test: it hands in messages and
 * looks at what comes out.
 */
import {
  createConfiguration,
  MemoryLog,
  Raft,
  type Entry,
  type MemberId,
  type Message,
  type RaftConfig,
  type Ready,
} from '../index.ts';
import { createRandom } from './random.ts';

export interface LoneOptions extends Partial<Omit<RaftConfig, 'id'>> {
  readonly id?: MemberId;
  readonly voters?: readonly MemberId[];
  readonly learners?: readonly MemberId[];
  /** The terms of the entries in the log, from index 1 on. */
  readonly terms?: readonly number[];
  readonly term?: number;
  readonly votedFor?: MemberId;
  readonly commit?: number;
}

type Body<M> = M extends Message ? Omit<M, 'from' | 'to' | 'term'> & { term?: number } : never;

export class Lone {
  readonly raft: Raft;
  readonly log = new MemoryLog();
  /** What was applied, in order. */
  readonly applied: Entry[] = [];

  constructor(options: LoneOptions = {}) {
    const { id = 1n, voters = [1n, 2n, 3n], learners = [], terms = [], commit = 0 } = options;
    this.log.append(terms.map((term, i) => entry(i + 1, term)));
    const term = options.term ?? terms.at(-1) ?? 0;
    const hardState = { term, votedFor: options.votedFor ?? 0n, commit };
    const config = { random: createRandom(1), preVote: false, checkQuorum: false, ...options, id };
    const configuration = createConfiguration(voters, learners);
    this.raft = new Raft(config, this.log, hardState, configuration, 0);
  }

  /** Carries out one Ready at once. */
  next(): Ready {
    const ready = this.raft.ready();
    if (ready.snapshot !== undefined) this.log.applySnapshot(ready.snapshot);
    this.log.append(ready.entries);
    if (ready.mustPersist) this.raft.persisted(ready.number);
    for (const committed of ready.committed) {
      if (committed.kind === 'membership') this.raft.applyMembership(committed);
      this.applied.push(committed);
      this.raft.applied(committed.index);
    }
    return ready;
  }

  /** Carries out everything there is, and returns what was sent. */
  run(): readonly Message[] {
    const messages: Message[] = [];
    while (this.raft.hasReady()) messages.push(...this.next().messages);
    return messages;
  }

  /** Hands in a message of the present term, or the one that it names; returns what was sent. */
  hear(from: MemberId, body: Body<Message>): readonly Message[] {
    const message = { from, to: this.raft.id, term: this.raft.term, ...body } as Message;
    this.raft.step(message);
    return this.run();
  }

  tick(count = 1): readonly Message[] {
    for (let i = 0; i < count; i++) this.raft.tick();
    return this.run();
  }

  /** Wins an election by the votes of these members. */
  lead(...votes: readonly MemberId[]): readonly Message[] {
    this.raft.campaign();
    this.run();
    return votes.flatMap((from) =>
      this.hear(from, { kind: 'vote-reply', granted: true, commit: ZERO }),
    );
  }

  propose(...texts: readonly string[]): readonly Message[] {
    this.raft.propose(texts.map((text) => new TextEncoder().encode(text)));
    return this.run();
  }

  /** The follower holds everything up to `index`. */
  acknowledge(from: MemberId, index: number): readonly Message[] {
    return this.hear(from, { kind: 'append-reply', accepted: true, index });
  }

  /** The terms of the saved entries, from index 1 on. */
  get terms(): readonly number[] {
    const { log } = this;
    return log.entries(log.firstIndex(), log.lastIndex() + 1, Infinity).map(({ term }) => term);
  }
}

export const ZERO = { term: 0, index: 0 };

export function entry(index: number, term: number): Entry {
  return { term, index, kind: 'normal', data: new Uint8Array(0) };
}

/** The messages of one kind. */
export function only<Kind extends Message['kind']>(
  messages: readonly Message[],
  kind: Kind,
): readonly Extract<Message, { readonly kind: Kind }>[] {
  return messages.filter(
    (message): message is Extract<Message, { readonly kind: Kind }> => message.kind === kind,
  );
}
