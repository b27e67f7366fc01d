/** What is said to a fault proxy, checked: errors name the verb, the value and what is allowed. */

/** @throws TypeError unless `target` is a `host:port`; IPv6 hosts stand in brackets */
export function parseAddress(target: string): { readonly host: string; readonly port: number } {
  const [, host, port] = /^(\[[^\]]+\]|[^:/\s]+):(\d{1,5})$/.exec(target) ?? [];
  if (host === undefined || Number(port) < 1 || Number(port) > 65_535) {
    throw new TypeError(
      `FaultProxy.start: target ${JSON.stringify(target)} is no "host:port"; give one such as "127.0.0.1:2379"`,
    );
  }
  return { host: host.replace(/^\[|\]$/g, ''), port: Number(port) };
}

/** @throws RangeError unless `value` is a number of at least `least` */
export function parseAmount(verb: string, name: string, value: number, least = 0): number {
  if (typeof value === 'number' && value >= least) return value;
  throw new RangeError(`${verb}: ${name} is ${String(value)}; give a number of at least ${least}`);
}
