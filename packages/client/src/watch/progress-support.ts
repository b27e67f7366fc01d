/**
 * Which servers can be asked for progress. Before 3.4.25 and 3.5.8 etcd's answer went around its queue of events, and
 * could tell a revision whose events had not been sent; the last holes were closed in 3.4.31 and 3.5.13.
 */
export function canRequestProgress(version: string): boolean {
  const match = /^(\d+)\.(\d+)\.(\d+)/.exec(version);
  if (match === null) return false;
  const [major, minor, patch] = match.slice(1).map(Number) as [number, number, number];
  if (major !== 3) return major > 3;
  if (minor > 5) return true;
  return (minor === 5 && patch >= 13) || (minor === 4 && patch >= 31);
}
