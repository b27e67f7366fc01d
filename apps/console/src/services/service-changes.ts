/** Changes of services, put into the pages of the list that were read. Pure, so that it can be tested. */
import type { InfiniteData } from '@tanstack/react-query';
import type { LiveEvent } from '../live/event-stream.ts';
import type { ServiceSummary } from './service-queries.ts';

export interface ServicePage {
  readonly items: readonly ServiceSummary[];
  readonly nextCursor?: string;
  readonly count: number;
  readonly revision: number;
}

interface Changes {
  readonly put: ReadonlyMap<string, ServiceSummary>;
  readonly deleted: ReadonlySet<string>;
}

/** What the events change; `undefined` where that is not known, because history was gone. */
export function changesIn(events: readonly LiveEvent[]): Changes | undefined {
  const put = new Map<string, ServiceSummary>();
  const deleted = new Set<string>();
  for (const { kind, data } of events) {
    if (kind === 'snapshot') return undefined;
    const change = data as { put: readonly ServiceSummary[]; deleted: readonly string[] };
    for (const item of change.put) {
      put.set(item.name, item);
      deleted.delete(item.name);
    }
    for (const name of change.deleted) {
      put.delete(name);
      deleted.add(name);
    }
  }
  return { put, deleted };
}

/** The pages with what changed; not `isKnown` where something came or went, so that pages end elsewhere. */
export function patched(
  data: InfiniteData<ServicePage>,
  { put, deleted }: Changes,
): { readonly data: InfiniteData<ServicePage>; readonly isKnown: boolean } {
  const left = new Set(put.keys());
  let isKnown = true;
  const pages = data.pages.map((page) => ({
    ...page,
    items: page.items.map((item) => {
      left.delete(item.name);
      if (deleted.has(item.name)) isKnown = false;
      return put.get(item.name) ?? item;
    }),
  }));
  const last = pages.at(-1)?.items.at(-1)?.name;
  const isAll = pages.at(-1)?.nextCursor === undefined;
  // What lies behind the pages that were read is read when one scrolls there.
  if ([...left].some((name) => isAll || last === undefined || name < last)) isKnown = false;
  return { data: { ...data, pages }, isKnown };
}
