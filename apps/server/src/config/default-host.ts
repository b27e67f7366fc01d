/**
 * The address by which this machine is most likely reached: that of the interface which the default route leads
 * through, as etcd takes it. IPv4 alone; undefined where there is no such route, or the system does not tell.
 */
import { readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';

const ANY_DESTINATION = '00000000';

export function defaultHost(): string | undefined {
  const name = defaultInterface(routeTable());
  const addresses = name === undefined ? [] : (networkInterfaces()[name] ?? []);
  return addresses.find(({ family }) => family === 'IPv4')?.address;
}

function routeTable(): string {
  try {
    return readFileSync('/proc/net/route', 'utf8');
  } catch {
    return '';
  }
}

/** Of the routes to anywhere the one that costs least. @param table as Linux writes it in `/proc/net/route` */
export function defaultInterface(table: string): string | undefined {
  const routes = table
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t'))
    .filter(
      ([, destination, , , , , , mask]) =>
        destination === ANY_DESTINATION && mask === ANY_DESTINATION,
    )
    .sort(([, , , , , , a], [, , , , , , b]) => Number(a) - Number(b));
  return routes[0]?.[0];
}
