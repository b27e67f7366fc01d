/** How releases are told of. */
import type { Release } from '@concord/config';
import type { ListingColumn } from '../listing/listing.ts';
import { showListing } from '../listing/listing.ts';
import type { Presenter } from '../output/presenter.ts';

const columns: readonly ListingColumn<Release>[] = [
  { title: 'item', value: ({ item }) => item },
  { title: 'release', value: ({ release }) => release },
  { title: 'track', value: ({ track }) => track },
  { title: 'revision', value: ({ revision }) => revision },
  { title: 'at', value: ({ at }) => at },
];

/** A sentence each, `Released db/url as release 3`; columns in the other formats. */
export async function showReleases(
  presenter: Presenter,
  releases: readonly Release[],
  verb: string,
): Promise<void> {
  if (presenter.format !== 'simple') {
    return showListing(presenter, { columns, rows: releases, document: { releases } });
  }
  const lines = releases.map(({ item, release, track }) => {
    const where = track === 'base' ? '' : ` on track ${track}`;
    return `${verb} ${item} as release ${release}${where}\n`;
  });
  await presenter.show({ simple: () => lines.join('') });
}
