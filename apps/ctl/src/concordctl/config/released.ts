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

/** A sentence about a release. */
export type Sentence = (release: Release) => string;

/** `Released db/url as release 3`. */
export const asRelease =
  (verb: string): Sentence =>
  ({ item, release, track }) =>
    `${verb} ${item} as release ${release}${track === 'base' ? '' : ` on track ${track}`}`;

/** A sentence each, or columns in the other formats. */
export async function showReleases(
  presenter: Presenter,
  releases: readonly Release[],
  sentence: Sentence,
): Promise<void> {
  if (presenter.format !== 'simple') {
    return showListing(presenter, { columns, rows: releases, document: { releases } });
  }
  const lines = releases.map((release) => `${sentence(release)}\n`);
  await presenter.show({ simple: () => lines.join('') });
}
