/** `concordctl locks inspect NAME`. */
import { refuseArguments } from '../../command-error.ts';
import type { Flags } from '../../flags.ts';
import type { Command } from '../command.ts';
import { showListing } from '../listing/listing.ts';
import { without } from '../listing/without.ts';
import { withClient } from '../sdk/with-client.ts';
import { readLine } from './lines.ts';
import { placeDocument, withTimes, type PlaceDocument } from './place-text.ts';

/** Each lease is a question of its own. */
const TIMES_MAX = 200;

const flags = {} satisfies Flags;

interface Row extends PlaceDocument {
  readonly place: 'holder' | 'waiter';
}

export const locksInspectCommand: Command<typeof flags> = {
  usage: '<name>',
  description: `Shows everybody at a lock in the order in which they came: their leases, fencing tokens, what they call themselves, and
how much of their time is left. A lock that nobody stands at is free, whether it was ever used or not.`,
  flags,
  async run(invocation) {
    const { args, signal } = invocation;
    const [name, ...more] = args;
    if (name === undefined || more.length > 0) {
      refuseArguments('locks inspect needs the name of a lock as its argument');
    }
    const { line, rows } = await withClient(invocation, async (client) => {
      const line = await readLine(client, name, { signal });
      const places = [
        ...line.holders.map((place) => ({ place, as: 'holder' as const })),
        ...line.waiters.map((place) => ({ place, as: 'waiter' as const })),
      ];
      const rows = await Promise.all(
        places.map(async ({ place, as }, at): Promise<Row> => {
          const document = placeDocument(line, place);
          const timed =
            at < TIMES_MAX ? await withTimes(client, place, document, signal) : document;
          return { place: as, ...timed };
        }),
      );
      return { line, rows };
    });
    if (rows.length === 0 && invocation.presenter().format === 'simple') {
      invocation.print(`${name} is free\n`);
      return;
    }
    await showListing<Row>(invocation.presenter(), {
      columns: [
        { title: 'place', value: ({ place }) => place },
        { title: 'lease', value: ({ lease }) => lease },
        { title: 'token', value: ({ token }) => token },
        { title: 'mode', value: ({ mode }) => mode },
        { title: 'app', value: ({ app }) => app },
        { title: 'label', value: ({ label, value }) => label ?? value },
        { title: 'since', value: ({ since }) => since },
        { title: 'left', value: ({ remainingMs }) => leftText(remainingMs) },
      ],
      rows,
      document: {
        name,
        kind: line.kind,
        revision: line.revision,
        holders: rows.filter(({ place }) => place === 'holder').map(documentOf),
        waiters: rows.filter(({ place }) => place === 'waiter').map(documentOf),
      },
    });
  },
};

const documentOf = (row: Row): PlaceDocument => without(row, 'place');

const leftText = (ms: number | undefined): string | undefined =>
  ms === undefined ? undefined : `${Math.round(ms / 1000)}s`;
