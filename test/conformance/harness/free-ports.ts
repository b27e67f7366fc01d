/**
 * Ports nobody listens on at the moment of asking, by letting the system choose them. Another process may
 * take one before its user binds it: starting a backend therefore tries again with new ones.
 */
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

/** `count` distinct free TCP ports of 127.0.0.1; all are held until the last is known. */
export async function freePorts(count: number): Promise<number[]> {
  const holders = Array.from({ length: count }, () => createServer());
  const ports = await Promise.all(
    holders.map(
      (holder) =>
        new Promise<number>((resolve, reject) => {
          holder.once('error', reject);
          holder.listen(0, '127.0.0.1', () => resolve((holder.address() as AddressInfo).port));
        }),
    ),
  );
  await Promise.all(holders.map((holder) => new Promise((resolve) => holder.close(resolve))));
  return ports;
}
