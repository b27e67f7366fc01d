/** A history as lines of JSON, for whoever has to understand a failure. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toByteString } from '@concord/protocol';
import type { History } from './history.ts';

/** Writes `operations.jsonl` and `watches.jsonl`. */
export function writeHistory(directory: string, { operations, watches }: History): void {
  writeLines(join(directory, 'operations.jsonl'), operations);
  writeLines(join(directory, 'watches.jsonl'), watches);
}

function writeLines(file: string, records: readonly object[]): void {
  writeFileSync(file, records.map((record) => `${JSON.stringify(record, readable)}\n`).join(''));
}

function readable(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  return value instanceof Uint8Array ? toByteString(value) : value;
}
