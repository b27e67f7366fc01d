/** `concordctl version`. */
import type { Command } from './command.ts';

export const OWN_VERSION = '0.1.0';
/** The level of etcd's API that is spoken. */
export const API_VERSION = '3.6';
/** What `etcdctl version` of that level says first: scripts look for it. */
export const PROGRAM_VERSION = '3.6.14';

export const versionCommand: Command = {
  usage: '',
  flags: {},
  run({ print }) {
    print(`etcdctl version: ${PROGRAM_VERSION}\nAPI version: ${API_VERSION}\n`);
  },
};
