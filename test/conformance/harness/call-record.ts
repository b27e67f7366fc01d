/**
 * Which test called which RPC of Concord: one line each, `title TAB path`, in the file that `CONCORD_CALLS` names; nothing
 * where it is not set. `test/compatibility/verify.ts` reads it.
 */
import { appendFileSync } from 'node:fs';

const file = process.env['CONCORD_CALLS'];
let title = '';

/** Tests of a file run one after the other. */
export function recordTest(name: string): void {
  title = name;
}

export function recordCall(path: string): void {
  if (file !== undefined) appendFileSync(file, `${title}\t${path}\n`);
}
