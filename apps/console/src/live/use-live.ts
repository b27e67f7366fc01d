/** What a page shows, kept current by a stream of the gateway while the page is open. */
import { useQueryClient, type QueryKey } from '@tanstack/react-query';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { addressOf } from '../api/gateway.ts';
import { isKeptCurrent } from '../api/paged-list.ts';
import { listen, type LiveEvent, type StreamState } from './event-stream.ts';
import { liveList, type Live } from './live-collections.ts';

/** The items of `path` (such as `v1/services/watch`), live. `nameOf` must be the same for one path. */
export function useLiveCollection<Item>(path: string, nameOf: (item: Item) => string): Live<Item> {
  const list = liveList(path, nameOf);
  return useSyncExternalStore(list.subscribe, list.now);
}

/** Hands each batch of events of `path` to `onEvents`; listens to nothing while `path` is not known. */
export function useEvents(
  path: string | undefined,
  onEvents: (events: readonly LiveEvent[]) => void,
): StreamState {
  const [state, setState] = useState<StreamState>('connecting');
  // The newest callback, without connecting again whenever a component is drawn.
  const newest = useRef(onEvents);
  useEffect(() => {
    newest.current = onEvents;
  });
  useEffect(() => {
    if (path === undefined) return;
    return listen(addressOf(path), {
      onState: setState,
      onEvents: (events) => newest.current(events),
    });
  }, [path]);
  return state;
}

/** Documents are read again once a second at most, however much changes. */
const REREAD_MS_MIN = 1_000;

/** Reads the queries under `keys` again when `path` tells of a change: for documents made from several subjects. */
export function useLiveRefresh(path: string, ...keys: readonly QueryKey[]): StreamState {
  const queries = useQueryClient();
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined);
  const readAtMs = useRef(-REREAD_MS_MIN);
  useEffect(() => () => clearTimeout(waiting.current), []);
  const read = () => {
    waiting.current = undefined;
    readAtMs.current = performance.now();
    for (const queryKey of keys) {
      void queries.invalidateQueries({
        queryKey,
        predicate: ({ state }) => isKeptCurrent(state.data),
      });
    }
  };
  return useEvents(path, (events) => {
    if (waiting.current !== undefined || events.every(({ kind }) => kind === 'snapshot')) return;
    const inMs = readAtMs.current + REREAD_MS_MIN - performance.now();
    if (inMs <= 0) read();
    else waiting.current = setTimeout(read, inMs);
  });
}
