import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { test } from 'node:test';
import { wellSurvey } from '../survey/survey.fixture.ts';
import { LiveTop } from './live-top.ts';
import { enter, keyOf, leave, type Terminal } from './terminal.ts';

class FakeTerminal extends EventEmitter implements Terminal {
  readonly isInteractive = true;
  size = { columns: 120, rows: 20 };
  written: string[] = [];

  write(text: string): void {
    this.written.push(text);
    this.emit('written', text);
  }

  onKey(listener: (key: string) => void): () => void {
    this.on('key', listener);
    return () => this.off('key', listener);
  }

  onResize(listener: () => void): () => void {
    this.on('resize', listener);
    return () => this.off('resize', listener);
  }
}

const live = (
  take: () => Promise<ReturnType<typeof wellSurvey>>,
  signal = new AbortController().signal,
) => {
  const terminal = new FakeTerminal();
  const top = new LiveTop({ terminal, take, intervalMs: 1, hasColour: false, signal });
  return { terminal, running: top.run() };
};

test('it draws, and a key leaves the terminal as it was', async () => {
  const { terminal, running } = live(() => Promise.resolve(wellSurvey()));
  const [text] = (await once(terminal, 'written')) as [string];
  assert.match(text, /leader m1/);
  terminal.emit('key', 'q');
  await running;
  assert.equal(terminal.written[0], enter);
  assert.equal(terminal.written.at(-1), leave);
  assert.equal(terminal.listenerCount('key') + terminal.listenerCount('resize'), 0);
});

test('arrows sort, another size is drawn at once, and a pause stops looking', async () => {
  let looks = 0;
  const { terminal, running } = live(() => {
    looks += 1;
    return Promise.resolve(wellSurvey());
  });
  await once(terminal, 'written');
  terminal.emit('key', '\x1b[C');
  assert.match(terminal.written.at(-1) ?? '', /ROLE▲/);
  terminal.emit('key', '\x1b[A');
  assert.match(terminal.written.at(-1) ?? '', /ROLE▼/);
  terminal.emit('key', 'p');
  assert.match(terminal.written.at(-1) ?? '', /go on \(paused\)/);
  const before = looks;
  terminal.size = { columns: 10, rows: 4 };
  terminal.emit('resize');
  assert.equal((terminal.written.at(-1) ?? '').split('\r\n').length, 4);
  // Turns of the loop while it is paused.
  for (let turn = 0; turn < 3; turn++) await once(terminal, 'written');
  assert.ok(looks <= before + 1);
  terminal.emit('key', '\x03');
  await running;
});

test('a cluster that cannot be asked is told of, and asked again; a signal ends it', async () => {
  const ending = new AbortController();
  let looks = 0;
  const { terminal, running } = live(() => {
    looks += 1;
    return looks === 1
      ? Promise.reject(new Error('nobody answers'))
      : Promise.resolve(wellSurvey());
  }, ending.signal);
  const [text] = (await once(terminal, 'written')) as [string];
  assert.match(text, /could not be asked: nobody answers/);
  const [better] = (await once(terminal, 'written')) as [string];
  assert.doesNotMatch(better, /could not/);
  ending.abort();
  await running;
  assert.equal(terminal.written.at(-1), leave);
});

test('keys are those of arrows and letters', () => {
  assert.deepEqual(['q', 'p', '\x1b[D', '\x1bOC', 'r', 'x'].map(keyOf), [
    'quit',
    'pause',
    'left',
    'right',
    'turn',
    'other',
  ]);
});
