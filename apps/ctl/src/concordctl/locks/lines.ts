/** The lines that there are: locks have no register, a line is found by the places in it. */
import { Buffer } from 'node:buffer';
import { keyBytes, type CallOptions, type Client } from '@concord/client';
import {
  divide,
  isElection,
  kindOfLine,
  Line,
  lineOf,
  type LineKind,
  type Place,
} from '@concord/lock/records';

const SCAN_PAGE = 5_000;
/** Lines that are looked at together. */
const LINES_AT_ONCE = 16;

export interface StandingLine {
  readonly name: string;
  readonly kind: LineKind | 'election';
  /** In the order in which they came. */
  readonly holders: readonly Place[];
  readonly waiters: readonly Place[];
  readonly revision: number;
}

/** Looks at every key below `prefix`, by name alone. */
export async function lineNames(
  client: Client,
  prefix: string,
  call: CallOptions,
): Promise<readonly string[]> {
  const names = new Set<string>();
  const to = prefix === '' ? undefined : endOf(prefix);
  let from: Uint8Array = prefix === '' ? Uint8Array.of(0) : keyBytes(prefix);
  for (;;) {
    const page = await client.kv.range({ from, to }, { limit: SCAN_PAGE, keysOnly: true, ...call });
    for (const entry of page.entries) {
      const name = lineOf(entry);
      if (name !== undefined) names.add(name);
      from = Buffer.concat([entry.keyBytes, Uint8Array.of(0)]);
    }
    if (!page.more) return [...names];
  }
}

/** Those that still have somebody in them. */
export async function readLines(
  client: Client,
  names: readonly string[],
  call: CallOptions,
): Promise<readonly StandingLine[]> {
  const lines: StandingLine[] = [];
  for (let at = 0; at < names.length; at += LINES_AT_ONCE) {
    const some = names.slice(at, at + LINES_AT_ONCE);
    lines.push(...(await Promise.all(some.map((name) => readLine(client, name, call)))));
  }
  return lines.filter(({ holders }) => holders.length > 0);
}

export async function readLine(
  client: Client,
  name: string,
  call: CallOptions,
): Promise<StandingLine> {
  const { revision, places } = await new Line(client, name).ahead(undefined, call);
  const oldestFirst = places.toReversed();
  if (isElection(oldestFirst)) {
    const [leader, ...candidates] = oldestFirst;
    const holders = leader === undefined ? [] : [leader];
    return { name, kind: 'election', holders, waiters: candidates, revision };
  }
  return { name, kind: kindOfLine(name, oldestFirst), ...divide(oldestFirst), revision };
}

/** The first key after those with `prefix`: the last byte of UTF-8 is never the greatest. */
function endOf(prefix: string): Uint8Array {
  const end = Uint8Array.from(keyBytes(prefix));
  end[end.length - 1]! += 1;
  return end;
}
