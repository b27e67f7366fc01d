/** The versions that a member reports: the level of etcd's API that it implements, and its own. */

/** Clients gate features on it, Kubernetes' API server among them, so it is a plain semantic version. */
export const ETCD_VERSION = '3.6.14';
export const CLUSTER_VERSION = '3.6.0';
export const CONCORD_VERSION = '0.1.0';

export function versionText(): string {
  return [
    `etcd Version: ${ETCD_VERSION}`,
    `Concord Version: ${CONCORD_VERSION}`,
    `Node Version: ${process.versions.node}`,
    `OS/Arch: ${process.platform}/${process.arch}`,
    '',
  ].join('\n');
}
