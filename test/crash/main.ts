/**
 * `npm run crash -- [--rounds N] [--seed S] [--server concord|etcd] [--command PATH]`: kills a server under
 * load again and again and checks that it keeps its promises. `--server etcd` checks the test itself.
 */
import { randomInt } from 'node:crypto';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { concordKind, etcdKind } from '../bench/server-under-test.ts';
import type { ServerKind } from '../bench/server-under-test.ts';
import { runCampaign } from './campaign.ts';

/** What CI can afford; a release deserves 100. */
const ROUNDS_DEFAULT = 10;

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1));

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: String(ROUNDS_DEFAULT) },
    seed: { type: 'string', default: String(randomInt(2 ** 31)) },
    server: { type: 'string', default: 'concord' },
    command: { type: 'string' },
  },
});

function chosenServer(): ServerKind {
  if (values.command !== undefined)
    return { name: basename(values.command), command: values.command };
  const kind = values.server === 'etcd' ? etcdKind() : concordKind();
  if (kind !== undefined) return kind;
  throw new Error(
    `${values.server} is not here: build it (npm run build) or name it with --command`,
  );
}

try {
  const kind = chosenServer();
  const seed = Number(values.seed);
  console.log(`${kind.name}, ${values.rounds} rounds, seed ${seed}`);
  const log = (line: string): void => console.log(line);
  const done = await runCampaign({ kind, rounds: Number(values.rounds), seed, log });
  console.log(
    `${done.rounds} kills survived: ${done.acknowledged} acknowledged operations checked, ` +
      `${done.tookPlaceUnanswered} unanswered ones found whole, revision ${done.revision}, seed ${seed}`,
  );
} catch (error) {
  console.error(error);
  console.error(`FAILED, seed ${values.seed}`);
  process.exitCode = 1;
}
