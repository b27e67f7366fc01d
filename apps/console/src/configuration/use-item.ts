/** An item as its page reads it: what is live, what is being worked on, and what was live before. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { draftOf, historyOf, item, type Draft, type Item } from './config-requests.ts';
import type { ItemAddress } from './item-address.ts';

export interface ItemReading {
  /** What is live; undefined where nothing was released, and until it is known. */
  readonly shown: Item | undefined;
  readonly draft: Draft | undefined;
  /** The release of the base before the one that is live, if there is one. */
  readonly previous: number | undefined;
  readonly isLoading: boolean;
  readonly error: Error | null;
  readonly retry: () => void;
}

export function useItem(address: ItemAddress, reveals: boolean): ItemReading {
  const live = useQuery(item(address, reveals));
  // What is live tells whether there is a draft; of what was never released only the draft can.
  const hasDraft = live.data === null || live.data?.draft !== undefined;
  const drafted = useQuery({
    ...draftOf(address, reveals, live.data ?? undefined),
    enabled: hasDraft,
    placeholderData: keepPreviousData,
  });
  const history = useQuery(historyOf(address));
  const shown = live.data ?? undefined;
  const before = history.data?.items.find(
    ({ release, track, kind }) =>
      track === 'base' && kind === 'release' && release < (shown?.release ?? 0),
  );
  return {
    shown,
    draft: hasDraft ? (drafted.data ?? undefined) : undefined,
    previous: before?.release,
    isLoading: live.isPending || drafted.isLoading,
    error: live.error,
    retry: () => void live.refetch(),
  };
}
