/** Lists of services and instances, searched, filtered and paged in memory. */
import type { InstanceState } from '@concord/registry';
import { z } from 'zod';
import { decodeCursor, encodeCursor } from '../http/page.ts';
import { hasInstances, instanceDocument, serviceDocument } from './instance-document.ts';
import { assertSelector } from './picker.ts';
import type { ListedInstance, ServiceDirectory } from './service-directory.ts';
import type { InstanceDocument, ServiceDocument } from './service-schemas.ts';

interface Page {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

interface InstanceFilter {
  readonly state?: InstanceState | undefined;
  readonly zone?: string | undefined;
  readonly label?: string | undefined;
}

interface Paged<Item> {
  readonly items: Item[];
  /** Of all pages. */
  readonly count: number;
  readonly nextCursor?: string;
}

const cursorSchema = z.object({ after: z.string() });

export class ServicePages {
  readonly #directory: ServiceDirectory;

  constructor(directory: ServiceDirectory) {
    this.#directory = directory;
  }

  services(
    query: Page & InstanceFilter & { readonly search?: string | undefined },
    isVisible: (service: string) => boolean,
  ): Paged<ServiceDocument> {
    const { entries } = this.#directory.source;
    const search = query.search?.toLowerCase() ?? '';
    const isWanted = isWantedBy(query);
    const isFiltered = isWanted !== undefined;
    const found = this.#directory
      .names()
      .filter(
        (name) =>
          name.toLowerCase().includes(search) && isVisible(name) && hasInstances(name, entries),
      );
    // Only what is shown is counted, unless what is counted says what is shown.
    const documentOf = (name: string): ServiceDocument =>
      serviceDocument(name, entries, isWanted ?? (() => true));
    if (!isFiltered) return pageOf(found, query, (name) => name, documentOf);
    const matching = found.map(documentOf).filter(({ instances }) => totalOf(instances) > 0);
    return pageOf(
      matching,
      query,
      ({ name }) => name,
      (document) => document,
    );
  }

  instances(
    service: string,
    query: Page & InstanceFilter & { readonly search?: string | undefined },
  ): Paged<InstanceDocument> {
    return instancePage(this.#directory.instances(service), query);
  }

  /** The instances as they were at `revision`. @throws ConcordError `COMPACTED` */
  async pastInstances(
    service: string,
    revision: number,
    query: Page & InstanceFilter & { readonly search?: string | undefined },
  ): Promise<Paged<InstanceDocument>> {
    return instancePage(await this.#directory.instancesAt(service, revision), query);
  }
}

function instancePage(
  instances: readonly ListedInstance[],
  query: Page & InstanceFilter & { readonly search?: string | undefined },
): Paged<InstanceDocument> {
  const search = query.search?.toLowerCase() ?? '';
  const isWanted = isWantedBy(query) ?? (() => true);
  const found = instances
    .filter(
      (one) =>
        isWanted(one) &&
        (one.instance.id.toLowerCase().includes(search) ||
          one.instance.endpoint.toLowerCase().includes(search)),
    )
    .sort((one, other) => (one.instance.id < other.instance.id ? -1 : 1));
  return pageOf(found, query, ({ instance }) => instance.id, instanceDocument);
}

const totalOf = (instances: ServiceDocument['instances']): number =>
  instances.starting + instances.serving + instances.draining;

function isWantedBy({ state, zone, label }: InstanceFilter) {
  if (state === undefined && zone === undefined && label === undefined) return undefined;
  const isMet = label === undefined ? () => true : assertSelector(label);
  return ({ instance }: ListedInstance): boolean =>
    (state === undefined || instance.state === state) &&
    (zone === undefined || instance.zone === zone) &&
    isMet(instance.labels);
}

/** @param sorted - by `keyOf` */
function pageOf<Found, Item>(
  sorted: readonly Found[],
  { limit, cursor }: Page,
  keyOf: (found: Found) => string,
  itemOf: (found: Found) => Item,
): Paged<Item> {
  const after = cursor === undefined ? undefined : decodeCursor(cursor, cursorSchema).after;
  const first = after === undefined ? 0 : firstAfter(sorted, keyOf, after);
  const page = sorted.slice(first, first + limit);
  const last = page.at(-1);
  const isMore = first + limit < sorted.length && last !== undefined;
  return {
    items: page.map(itemOf),
    count: sorted.length,
    ...(isMore && { nextCursor: encodeCursor({ after: keyOf(last) }) }),
  };
}

function firstAfter<Found>(
  sorted: readonly Found[],
  keyOf: (found: Found) => string,
  after: string,
): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (keyOf(sorted[middle]!) > after) high = middle;
    else low = middle + 1;
  }
  return low;
}
