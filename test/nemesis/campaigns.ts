/** Runs with a name: what is promised in so many words, and measured as it is said. */
import { laggingFollower } from './campaigns/lagging-follower.ts';
import { leaderKills } from './campaigns/leader-kills.ts';
import { describe } from './report.ts';
import type { RunOptions } from './run.ts';

/** Answers with a line of figures; throws where a promise is broken. */
export type Campaign = (options: RunOptions) => Promise<string>;

const ENTRIES_BEHIND = 1_000_000;

export const campaigns: Readonly<Record<string, Campaign>> = {
  'leader-kills': async (options) => describe(await leaderKills(options)),
  'lagging-follower': async (options) =>
    JSON.stringify(await laggingFollower({ ...options, entries: ENTRIES_BEHIND })),
};
