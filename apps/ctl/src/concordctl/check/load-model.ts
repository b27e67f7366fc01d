/** The loads that a cluster is checked with, under etcdctl's names. */
import { CommandError, exitCodes } from '../../command-error.ts';

const names: Readonly<Record<string, 's' | 'm' | 'l' | 'xl'>> = {
  ...{ s: 's', small: 's', m: 'm', medium: 'm' },
  ...{ l: 'l', large: 'l', xl: 'xl', xLarge: 'xl' },
};

/** Writes a second, by so many clients at once. */
const writeLoads = {
  s: { perSecond: 150, clients: 50 },
  m: { perSecond: 1_000, clients: 200 },
  l: { perSecond: 8_000, clients: 500 },
  xl: { perSecond: 15_000, clients: 1_000 },
} as const;

/** So many pairs of 1 kB. */
const dataLoads = {
  s: { pairs: 10_000, clients: 50 },
  m: { pairs: 100_000, clients: 200 },
  l: { pairs: 1_000_000, clients: 500 },
  xl: { pairs: 3_000_000, clients: 1_000 },
} as const;

export interface WriteLoad {
  readonly perSecond: number;
  readonly clients: number;
}

export interface DataLoad {
  readonly pairs: number;
  readonly clients: number;
}

/** Throws `CommandError` for a load that there is not. */
export const writeLoad = (name: string): WriteLoad => writeLoads[known(name)];
export const dataLoad = (name: string): DataLoad => dataLoads[known(name)];

function known(name: string): 's' | 'm' | 'l' | 'xl' {
  const load = Object.hasOwn(names, name) ? names[name] : undefined;
  if (load === undefined) {
    throw new CommandError(`unknown load option ${name}`, exitCodes.badFeature);
  }
  return load;
}
