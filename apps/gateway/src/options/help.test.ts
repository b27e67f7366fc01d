import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { helpText, optionRows } from './help.ts';
import { flagOf, isSecret, optionNames } from './option-names.ts';

const README = join(import.meta.dirname, '../../README.md');
const [BEGIN, END] = ['<!-- options: made by help.test.ts -->', '<!-- /options -->'];

/** As prettier would write it. */
function table(): string {
  const rows = [['Option', 'Default', 'What it does'], ...optionRows()];
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]!.length)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [line(rows[0]!), rule, ...rows.slice(1).map(line)].join('\n');
}

test('the README lists the options as they are; CONCORD_UPDATE=1 writes them anew', () => {
  const text = readFileSync(README, 'utf8');
  const [before = '', rest = ''] = text.split(BEGIN);
  const [, after = ''] = rest.split(END);
  const wanted = `${before}${BEGIN}\n\n${table()}\n\n${END}${after}`;
  if (process.env['CONCORD_UPDATE'] === '1') writeFileSync(README, wanted);
  assert.equal(readFileSync(README, 'utf8'), wanted);
});

test('help names every option, and secrets by their variables alone', () => {
  const text = helpText();
  for (const name of optionNames) {
    const head = new RegExp(`^  ${flagOf(name)} `, 'm');
    if (isSecret(name)) assert.doesNotMatch(text, head);
    else assert.match(text, head);
  }
});
