/** The process itself. What every process has is `prom-client`'s; here is what etcd adds to it. */
import { readFileSync } from 'node:fs';
import { descriptorLimit, descriptorsUsed } from '../descriptors.ts';
import { gauge, type Family } from './family.ts';

export const processFamilies = (): readonly Family[] => [
  gauge('os_fd_used', 'The number of used file descriptors.', () => descriptorsUsed() ?? 0),
  gauge('os_fd_limit', 'The file descriptor limit.', () => descriptorLimit() ?? 0),
  gauge(
    'process_virtual_memory_max_bytes',
    'Maximum amount of virtual memory available in bytes.',
    addressSpaceLimit,
  ),
];

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
