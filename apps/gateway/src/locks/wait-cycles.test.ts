/** Who waits for whom: lines written as words, `name: holders | waiters`. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findCycles, type WaitingLine } from './wait-cycles.ts';

const place = (letter: string): { lease: bigint } => ({ lease: BigInt(letter.charCodeAt(0)) });
function line(text: string): WaitingLine {
  const [name = '', rest = ''] = text.split(': ');
  const [holders = '', waiters = ''] = rest.split('|');
  return { name, holders: Array.from(holders, place), waiters: Array.from(waiters, place) };
}
const cyclesOf = (...lines: string[]): string[] =>
  findCycles(lines.map(line)).map((cycle) =>
    cycle
      .map(({ lease, waitsFor }) => `${String.fromCharCode(parseInt(lease, 16))}>${waitsFor}`)
      .join(' '),
  );

test('two that wait for each other are a circle, and so are three', () => {
  assert.deepEqual(cyclesOf('x: a|b', 'y: b|a'), ['a>y b>x']);
  assert.deepEqual(cyclesOf('x: a|c', 'y: b|a', 'z: c|b'), ['a>y b>z c>x']);
});

test('a queue, however long, is none', () => {
  assert.deepEqual(cyclesOf('x: a|bcd', 'y: b|cd', 'z: c|d'), []);
  assert.deepEqual(cyclesOf('x: ab|c', 'y: c|d'), []);
  assert.deepEqual(cyclesOf(), []);
});

test('a circle is told once, and those who only wait for it are not in it', () => {
  assert.deepEqual(cyclesOf('x: a|bc', 'y: b|a', 'z: c|'), ['a>y b>x']);
  assert.deepEqual(cyclesOf('x: a|b', 'y: b|a', 'p: c|d', 'q: d|c'), ['a>y b>x', 'c>q d>p']);
});

test('of several readers one that waits in turn is enough', () => {
  assert.deepEqual(cyclesOf('x: ab|c', 'y: c|b'), ['b>y c>x']);
});
