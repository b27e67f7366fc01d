/**
 * What others are told where nobody has said it: a member that listens on every interface and is left to its default would
 * tell them `localhost`. As in etcd it tells them the host of the default route then, with the port that it listens on.
 */
import type { Address } from './address.ts';
import { flags, type FlagValues } from './flags.ts';

const EVERY_INTERFACE = '0.0.0.0';

const pairs = [
  ['listen-peer-urls', 'initial-advertise-peer-urls'],
  ['listen-client-urls', 'advertise-client-urls'],
] as const;

export interface Advertised {
  readonly values: FlagValues;
  readonly warnings: readonly string[];
}

/** @param defaultHost asked only where it is needed; undefined where there is none */
export function withAdvertisedAddresses(
  values: FlagValues,
  defaultHost: () => string | undefined,
): Advertised {
  const warnings: string[] = [];
  let told = values;
  for (const [listen, advertise] of pairs) {
    const listened = values[listen].find(({ host }) => host === EVERY_INTERFACE);
    const [advertised, ...others] = values[advertise];
    const isDefault = others.length === 0 && advertised?.text === flags[advertise].initial;
    if (listened === undefined || advertised === undefined || !isDefault) continue;
    const host = defaultHost();
    if (host === undefined) {
      warnings.push(
        `--${advertise} is ${advertised.text}, where no other machine finds this member, and there is no default ` +
          `route that would tell an address; give --${advertise}`,
      );
      continue;
    }
    const address = at(host, advertised, listened);
    told = { ...told, [advertise]: [address] };
    warnings.push(
      `advertising using detected default host "${host}": --${advertise} is ${address.text}, since it was not given ` +
        `and --${listen} takes every interface`,
    );
  }
  return { values: told, warnings };
}

const at = (host: string, { scheme }: Address, { port }: Address): Address => ({
  text: `${scheme}://${host}:${port}`,
  scheme,
  host,
  port,
});
