/**
 * Ports nobody listens on at the moment of asking. Another process may take one before its user binds it: starting a
 * backend therefore tries again with new ones.
 */
import { randomInt } from 'node:crypto';
import { createServer, type Server } from 'node:net';

/** Below what the kernel gives to connections that go out (Linux: 32,768 and above), so none of them can take one. */
const PORTS = { first: 12_000, end: 32_000 } as const;

/** No port is given twice: who asked for it first may not have bound it yet. */
const given = new Set<number>();

/** `count` distinct free TCP ports of 127.0.0.1; all are held until the last is known. */
export async function freePorts(count: number): Promise<number[]> {
  const holders = new Map<number, Server>();
  while (holders.size < count) {
    const port = randomInt(PORTS.first, PORTS.end);
    if (given.has(port)) continue;
    given.add(port);
    const holder = await hold(port);
    if (holder !== undefined) holders.set(port, holder);
  }
  const closed = [...holders.values()].map(
    (holder) => new Promise((resolve) => holder.close(resolve)),
  );
  await Promise.all(closed);
  return [...holders.keys()];
}

function hold(port: number): Promise<Server | undefined> {
  return new Promise((resolve) => {
    const holder = createServer();
    holder.once('error', () => resolve(undefined));
    holder.listen(port, '127.0.0.1', () => resolve(holder));
  });
}
