/**
 * Finds the lines that there are: locks, elections and barriers have no register. A place is recognised by its key: it is
 * bound to a lease, and its last segment is that lease in hexadecimal, as etcd's concurrency package has it and the SDK, too.
 */
import { Buffer } from 'node:buffer';
import { keyBytes, type Client } from '@concord/client';
import { lineOf } from '@concord/lock/records';
import { z } from 'zod';
import { decodeCursor, encodeCursor } from '../http/page.ts';

/** Keys that one request looks at: names alone, a few milliseconds of the server's time. */
const SCANNED_MAX = 20_000;
const SCAN_PAGE = 5_000;

export interface LinePage {
  readonly names: readonly string[];
  readonly revision: number;
  /** Where to go on; undefined: everything was looked at. */
  readonly nextCursor: string | undefined;
}

const position = z.object({ after: z.base64() });

export class LineScan {
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  /** @param isWanted - asked of each name once */
  async names(
    prefix: string,
    limit: number,
    cursor: string | undefined,
    isWanted: (name: string) => boolean,
  ): Promise<LinePage> {
    const to = prefix === '' ? undefined : endOf(prefix);
    let from: Uint8Array = startOf(prefix, cursor);
    const names = new Map<string, boolean>();
    let revision = 0;
    let found = 0;
    for (let scanned = 0; scanned < SCANNED_MAX; scanned += SCAN_PAGE) {
      const page = await this.#client.kv.range({ from, to }, { limit: SCAN_PAGE, keysOnly: true });
      revision = page.revision;
      for (const entry of page.entries) {
        const name = lineOf(entry);
        if (name !== undefined && !names.has(name)) {
          const wanted = isWanted(name);
          if (wanted && found === limit) return pageOf(names, revision, from);
          names.set(name, wanted);
          if (wanted) found += 1;
        }
        from = Buffer.concat([entry.keyBytes, Uint8Array.of(0)]);
      }
      if (!page.more) return pageOf(names, revision, undefined);
    }
    return pageOf(names, revision, from);
  }
}

function pageOf(
  names: ReadonlyMap<string, boolean>,
  revision: number,
  from: Uint8Array | undefined,
): LinePage {
  return {
    names: [...names].filter(([, wanted]) => wanted).map(([name]) => name),
    revision,
    nextCursor:
      from === undefined
        ? undefined
        : encodeCursor({ after: Buffer.from(from).toString('base64') }),
  };
}

/** Never before the prefix, whatever a client has made of the cursor. */
function startOf(prefix: string, cursor: string | undefined): Uint8Array {
  const first = prefix === '' ? Uint8Array.of(0) : keyBytes(prefix);
  if (cursor === undefined) return first;
  const after = Buffer.from(decodeCursor(cursor, position).after, 'base64');
  return Buffer.compare(after, Buffer.from(first)) < 0 ? first : after;
}

/** The first key after those with `prefix`: the last byte of UTF-8 is never the greatest. */
function endOf(prefix: string): Uint8Array {
  const end = Uint8Array.from(keyBytes(prefix));
  end[end.length - 1]! += 1;
  return end;
}
