/**
 * Goal: a cluster of real processes keeps its promises through the faults that cost least time. `npm run nemesis` runs
 * longer, with all of them. Method: the command itself, in a process of its own, since it moves into a network of its
 * own where the machine lets it.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { concordKind } from '../bench/server-under-test.ts';

const main = fileURLToPath(new URL('main.ts', import.meta.url));
const skip = concordKind() === undefined && 'the server is not built: npm run build';

/** Seeds that were seen to bring several faults at a time. */
const runs: Record<string, readonly string[]> = {
  'three members, killed and cut off from each other': [
    ...['--seed', '7', '--seconds', '8', '--lanes', '2'],
    ...['--faults', 'kill-leader,kill-follower,isolate-leader,one-way,bridge,pause'],
  ],
  'members that come and go while others are restarted': [
    ...['--seed', '3', '--seconds', '8', '--lanes', '2'],
    ...['--faults', 'replace-member,rolling-restart,move-leader,compact'],
  ],
};

for (const [name, options] of Object.entries(runs)) {
  test(`${name}, keep every promise`, { skip }, async (context) => {
    const child = spawn(process.execPath, ['--conditions=@concord/source', main, ...options], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    }
    const [status] = (await once(child, 'close')) as [number | null];
    context.diagnostic(output);
    assert.equal(status, 0, output);
  });
}
