/** The process itself. What every process has is `prom-client`'s; here is what etcd adds to it. */
import { readFileSync } from 'node:fs';
import { descriptorLimit, descriptorsUsed } from '../descriptors.ts';
import { counter, gauge, type Family } from './family.ts';

export const processFamilies = (): readonly Family[] => [
  gauge('os_fd_used', 'The number of used file descriptors.', () => descriptorsUsed() ?? 0),
  gauge('os_fd_limit', 'The file descriptor limit.', () => descriptorLimit() ?? 0),
  gauge(
    'process_virtual_memory_max_bytes',
    'Maximum amount of virtual memory available in bytes.',
    addressSpaceLimit,
  ),
  counter(
    'process_network_receive_bytes_total',
    'Number of bytes received by the process over the network.',
    () => networkBytes('InOctets'),
  ),
  counter(
    'process_network_transmit_bytes_total',
    'Number of bytes sent by the process over the network.',
    () => networkBytes('OutOctets'),
  ),
];

/** As Go's library: of all that share the process' network, since that came up. 0 where the system tells nothing. */
function networkBytes(field: 'InOctets' | 'OutOctets'): number {
  try {
    const lines = readFileSync('/proc/self/net/netstat', 'utf8').split('\n');
    const [names = [], values = []] = lines
      .filter((line) => line.startsWith('IpExt: '))
      .map((line) => line.split(' '));
    return Number(values[names.indexOf(field)] ?? 0);
  } catch {
    return 0;
  }
}

/** As Go's library: the largest number where there is no limit, or none is told. */
function addressSpaceLimit(): number {
  const unlimited = 2 ** 64;
  try {
    const limits = readFileSync('/proc/self/limits', 'utf8');
    return Number(/^Max address space\s+(\d+)/m.exec(limits)?.[1] ?? unlimited);
  } catch {
    return unlimited;
  }
}
