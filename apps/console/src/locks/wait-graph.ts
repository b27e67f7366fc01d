/**
 * Who waits for whom: cycles among locks mean that nobody in them moves until a lease ends. A session stands in one line
 * only, so claims are put together by the program that made them (its name and its label). Two replicas with the same
 * label look like one, so a cycle is a warning, never a verdict.
 */

/** What of a claim tells its program. */
export interface Claim {
  readonly lease: string;
  readonly app?: string | undefined;
  readonly label?: string | undefined;
}

export interface Line {
  readonly name: string;
  readonly holders: readonly Claim[];
  readonly waiters: readonly Claim[];
}

/** One link: `waiter` wants `lock`, which `holder` has. */
export interface WaitLink {
  readonly waiter: string;
  readonly lock: string;
  readonly holder: string;
}

/** Each cycle once, as the links that close it, the shortest way around first. */
export function cyclesAmong(lines: readonly Line[]): readonly (readonly WaitLink[])[] {
  const links = linksOf(lines);
  const cycles = new Map<string, readonly WaitLink[]>();
  for (const start of new Set(links.map(({ waiter }) => waiter))) {
    const cycle = shortestCycle(links, start);
    if (cycle === undefined) continue;
    const identity = cycle
      .map(({ waiter, lock }) => `${waiter}\n${lock}`)
      .sort()
      .join('\n');
    if (!cycles.has(identity)) cycles.set(identity, cycle);
  }
  return [...cycles.values()].sort((one, other) => one.length - other.length);
}

/** The program behind a claim, for people; its lease where it does not say who it is. */
export const ownerOf = ({ app, label, lease }: Claim): string =>
  app === undefined ? (label ?? lease) : label === undefined ? app : `${app} (${label})`;

function linksOf(lines: readonly Line[]): readonly WaitLink[] {
  return lines.flatMap(({ name, holders, waiters }) =>
    waiters.flatMap((waiter) =>
      holders
        .map((holder) => ({ waiter: ownerOf(waiter), lock: name, holder: ownerOf(holder) }))
        // A program that waits for itself is a queue of its replicas, which is what locks are for.
        .filter((link) => link.waiter !== link.holder),
    ),
  );
}

/** Breadth first, so that the first way back to `start` is a shortest. */
function shortestCycle(links: readonly WaitLink[], start: string): readonly WaitLink[] | undefined {
  const ways: (readonly WaitLink[])[] = [[]];
  const seen = new Set<string>();
  for (const way of ways) {
    const at = way.at(-1)?.holder ?? start;
    for (const link of links) {
      if (link.waiter !== at) continue;
      if (link.holder === start) return [...way, link];
      if (seen.has(link.holder)) continue;
      seen.add(link.holder);
      ways.push([...way, link]);
    }
  }
  return undefined;
}
