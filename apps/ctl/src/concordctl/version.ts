/** `concordctl version`. */
import { apiVersion, etcdctlVersion } from '../version.ts';
import type { Command } from './command.ts';

export const versionCommand: Command = {
  usage: '',
  flags: {},
  run({ print }) {
    print(`etcdctl version: ${etcdctlVersion}\nAPI version: ${apiVersion}\n`);
  },
};
