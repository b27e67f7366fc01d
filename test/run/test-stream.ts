/** The events of Node's test runner as outcomes. */
import type { run } from 'node:test';
import { finished } from 'node:stream/promises';
import type { Outcome } from './tally.ts';

export interface Listener {
  ended(outcome: Outcome): void;
  lasted(file: string, durationMs: number): void;
}

/** Resolves when all tests have ended. Suites are not counted, the tests in them are. */
export async function follow(stream: ReturnType<typeof run>, listener: Listener): Promise<void> {
  stream.on('test:pass', ({ name, details, skip, file }) => {
    if (details.type === 'suite') return;
    const place = { name, file: String(file) };
    if (skip === undefined) listener.ended({ kind: 'passed', ...place });
    else listener.ended({ kind: 'skipped', ...place, cause: String(skip) });
  });
  stream.on('test:fail', ({ name, details, file }) => {
    if (details.type === 'suite') return;
    const { error } = details;
    const cause =
      error.cause instanceof Error ? (error.cause.stack ?? error.cause.message) : error.message;
    listener.ended({ kind: 'failed', name, file: String(file), cause });
  });
  stream.on('test:summary', ({ file, duration_ms }) => {
    if (file !== undefined) listener.lasted(file, duration_ms);
  });
  stream.on('test:stderr', ({ message }) => process.stderr.write(message));
  await finished(stream.resume());
}
