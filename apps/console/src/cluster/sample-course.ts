/** The samples of the last minutes, with those that came since. Pure, so that it can be tested. */
import type { Sample, SampleList } from './cluster-status.ts';

/** As long as the gateway remembers. */
const REMEMBERED_MS = 10 * 60_000;
/** Looks take their time: a sample is missing only where there would have been room for another. */
const GAP_INTERVALS = 2.5;

/** `list` with `newer`; `undefined` where samples are missing between the two, and have to be asked for. */
export function withSamples(list: SampleList, newer: readonly Sample[]): SampleList | undefined {
  const items = [...list.items];
  for (const sample of newer) {
    const last = items.at(-1);
    if (last !== undefined && sample.at <= last.at) continue;
    if (last !== undefined && between(last, sample) > GAP_INTERVALS * list.intervalMs)
      return undefined;
    items.push(sample);
  }
  const newest = items.at(-1);
  if (newest === undefined) return list;
  return { ...list, items: items.filter((sample) => between(sample, newest) <= REMEMBERED_MS) };
}

const between = (earlier: Sample, later: Sample): number =>
  Date.parse(later.at) - Date.parse(earlier.at);
