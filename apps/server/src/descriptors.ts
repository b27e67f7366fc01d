/** File descriptors of this process: every connection and file takes one, and without any the member is deaf. */
import { readFileSync, readdirSync } from 'node:fs';

/** Connections, files and threads of a member of a small team; etcd's own unit files ask for 65536. */
export const DESCRIPTORS_ADVISED = 16_384;

/** `LimitNOFILE` of the process (soft); undefined where the system does not tell. */
export function descriptorLimit(): number | undefined {
  try {
    const line = /^Max open files\s+(\d+|unlimited)/m.exec(
      readFileSync('/proc/self/limits', 'utf8'),
    );
    const limit = line?.[1];
    return limit === undefined || limit === 'unlimited' ? undefined : Number(limit);
  } catch {
    return undefined;
  }
}

/** How many are in use; undefined where the system does not tell. */
export function descriptorsUsed(): number | undefined {
  try {
    return readdirSync('/proc/self/fd').length;
  } catch {
    return undefined;
  }
}

/** What to tell the operator of a limit; undefined when there is nothing to tell. */
export function descriptorWarning(limit: number | undefined): string | undefined {
  if (limit === undefined || limit >= DESCRIPTORS_ADVISED) return undefined;
  return (
    `this process may have ${limit} open files and connections, and each client connection takes one: raise the ` +
    `limit to ${DESCRIPTORS_ADVISED} or more, by LimitNOFILE=${DESCRIPTORS_ADVISED} in the unit file, or by ` +
    `\`ulimit -n ${DESCRIPTORS_ADVISED}\` before the start`
  );
}
