/**
 * Plays the narrated scripts in `testdata` and compares every line of what they print. A script is
 * prose; a line that begins with `> ` is a command, and the lines after it, up to the next blank
 * one, are what it must answer.
 *
 * `REWRITE_TRANSCRIPTS=1` writes the answers anew. Commit a rewritten script only if you can explain
 * every line that changed: the transcripts are the specification of the protocol.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Script } from './harness/script.ts';

const folder = join(import.meta.dirname, 'testdata');

for (const name of readdirSync(folder).sort()) {
  test(`the transcript ${name} is what happens`, () => {
    const path = join(folder, name);
    const expected = readFileSync(path, 'utf8');
    const actual = play(expected);
    if (process.env['REWRITE_TRANSCRIPTS'] === '1') writeFileSync(path, actual);
    else assert.equal(actual, expected);
  });
}

/** The script with every answer replaced by what really happens. */
function play(text: string): string {
  const script = new Script();
  const output: string[] = [];
  let answering = false;
  for (const line of text.split('\n')) {
    if (line.startsWith('> ')) {
      output.push(line, ...script.run(line.slice(2)));
      answering = true;
    } else if (line === '') {
      output.push(line);
      answering = false;
    } else if (!answering) {
      output.push(line);
    }
  }
  return output.join('\n');
}
