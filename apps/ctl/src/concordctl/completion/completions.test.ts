import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Flags } from '../../flags.ts';
import type { CommandEntry, CommandGroup } from '../command.ts';
import { completionsOf } from './completions.ts';

const entry = (name: string, flags: Flags = {}): CommandEntry => ({
  name,
  summary: `does ${name}`,
  load: () => Promise.resolve({ usage: '', flags, run: () => undefined }),
});

const tree: readonly (CommandEntry | CommandGroup)[] = [
  entry('get', { prefix: { kind: 'bool', default: false, help: 'all below' } }),
  entry('completion'),
  { ...entry('__complete'), isHidden: true },
  { name: 'service', summary: 'services', commands: [entry('list'), entry('drain')] },
];

const valuesOf = async (...words: readonly string[]): Promise<readonly string[]> =>
  (await completionsOf(words, tree)).candidates.map(({ value }) => value);

test('at the beginning there are commands, without those for scripts alone', async () => {
  assert.deepEqual(await valuesOf(''), ['get', 'completion', 'service']);
  assert.deepEqual(await valuesOf('s'), ['service']);
  assert.deepEqual(await valuesOf('service', ''), ['list', 'drain']);
});

test('flags before a command are stepped over with their values', async () => {
  assert.deepEqual(await valuesOf('--endpoints', 'a:1', '-w', 'json', 'g'), ['get']);
  assert.deepEqual(await valuesOf('--endpoints=a:1', 'service', 'd'), ['drain']);
});

test('flags are those of the command and of the program', async () => {
  assert.deepEqual(await valuesOf('get', '--pre'), ['--prefix']);
  assert.deepEqual(await valuesOf('get', '--endp'), ['--endpoints']);
  assert.deepEqual(await valuesOf('--pre'), []);
});

test('values of flags stand behind them or behind the equals sign; files are the shell’s', async () => {
  assert.deepEqual(await valuesOf('-w', 'js'), ['json']);
  assert.deepEqual(await valuesOf('get', '--write-out=t'), ['--write-out=table']);
  assert.equal((await completionsOf(['get', '--cacert', ''], tree)).isFile, true);
});

test('arguments that the cluster knows are asked for with those before them', async () => {
  const found = await completionsOf(['service', 'drain', 'orders', ''], tree);
  assert.equal(found.wanted, 'instance');
  assert.deepEqual(found.args, ['orders']);
  assert.equal((await completionsOf(['get', ''], tree)).wanted, 'key');
  assert.deepEqual(await valuesOf('completion', 'z'), ['zsh']);
});

test('a command cut short is completed as it would be run, and nothing is a flag behind two dashes', async () => {
  assert.equal((await completionsOf(['serv', 'dr', ''], tree)).wanted, 'service');
  assert.equal((await completionsOf(['get', '--', '-'], tree)).wanted, 'key');
});
