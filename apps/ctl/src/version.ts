/** What the two programs say of themselves. */
export const concordVersion = '0.1.0';
/** The level of etcd's API and of its snapshots that they speak. */
export const apiVersion = '3.6';
/** The etcdctl whose commands these are: what it calls itself is what scripts look for. */
export const etcdctlVersion = '3.6.14';
