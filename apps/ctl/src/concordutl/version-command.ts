/** `concordutl version`. */
import { apiVersion, concordVersion } from '../version.ts';
import type { Command } from './command.ts';

const flags = {};

export const versionCommand: Command<typeof flags> = {
  usage: 'version',
  summary: 'Prints the version of concordutl',
  flags,
  run: ({ print }) => {
    print(`concordutl version: ${concordVersion}\nAPI version: ${apiVersion}\n`);
    return Promise.resolve();
  },
};
