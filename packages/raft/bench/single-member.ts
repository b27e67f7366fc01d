/**
 * How many entries a second one replica takes from `propose` to `committed`, with the disk left out:
 * what the algorithm itself costs on the hot path. Run it with
 * `node packages/raft/bench/single-member.ts`.
 */
import { createConfiguration, MemoryLog, Raft } from '../src/index.ts';

const BATCH = 100;
const ENTRIES = 2_000_000;
/** A member keeps this many entries in memory for followers that lag. */
const KEPT = 10_000;
const ROUNDS = 5;

function round(): number {
  const log = new MemoryLog();
  const hardState = { term: 0, votedFor: 0n, commit: 0 };
  const config = { id: 1n, random: Math.random };
  const raft = new Raft(config, log, hardState, createConfiguration([1n]), 0);
  const payloads = Array.from({ length: BATCH }, () => new Uint8Array(256));
  let committed = 0;
  const turn = (): void => {
    while (raft.hasReady()) {
      const ready = raft.ready();
      log.append(ready.entries);
      if (ready.mustPersist) raft.persisted(ready.number);
      const last = ready.committed.at(-1);
      if (last === undefined) continue;
      committed += ready.committed.length;
      raft.applied(last.index);
      if (last.index - log.firstIndex() > 2 * KEPT) log.compact(last.index - KEPT);
    }
  };
  raft.campaign();
  turn();
  const start = performance.now();
  for (let i = 0; i < ENTRIES / BATCH; i++) {
    raft.propose(payloads);
    turn();
  }
  const seconds = (performance.now() - start) / 1000;
  if (committed !== ENTRIES + 1) throw new Error(`committed ${String(committed)} entries`);
  return ENTRIES / seconds;
}

const rates = Array.from({ length: ROUNDS }, round).sort((a, b) => a - b);
const median = rates[Math.floor(ROUNDS / 2)] ?? 0;
process.stdout.write(
  `${(median / 1e6).toFixed(2)} million entries/s in batches of ${String(BATCH)}\n`,
);
