/** `concordutl defrag --data-dir DIR`: gives the free pages of a store back, while its member does not run. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { StorageError, defragmentMember, type DefragmentationReport } from '@concord/storage';
import { CommandError } from '../command-error.ts';
import type { Flags } from '../flags.ts';
import { humanBytes } from '../human-bytes.ts';
import type { Command } from './command.ts';

const flags = {
  'data-dir': {
    kind: 'string',
    default: '',
    help: 'Required. Defragments a data directory not in use by a member.',
  },
} satisfies Flags;

/** How often a directory that is in use is looked at. */
const retryMs = 500;

export const defragCommand: Command<typeof flags> = {
  usage: 'defrag',
  summary: 'Defragments the storage of a member that does not run',
  flags,
  required: ['data-dir'],
  arity: 0,
  async run({ values, tell }) {
    const directory = values['data-dir'];
    const fail = (reason: string): never => {
      throw new CommandError(`Failed to defragment etcd data[${directory}] (${reason})`);
    };
    const database = join(directory, 'member', 'db', 'data.mdb');
    if (!existsSync(database)) fail(`stat ${database}: no such file or directory`);
    try {
      const { bytesBefore, bytesAfter } = await defragmentUnlocked(directory, tell);
      tell(
        `finished defragmenting directory ${database}: from ${humanBytes(bytesBefore)} to ${humanBytes(bytesAfter)}`,
      );
    } catch (error) {
      fail(error instanceof Error ? error.message : String(error));
    }
  },
};

/** Waits for a member that runs to end, as etcdutl does. */
async function defragmentUnlocked(
  directory: string,
  tell: (line: string) => void,
): Promise<DefragmentationReport> {
  for (let tries = 0; ; tries++) {
    try {
      return await defragmentMember(directory);
    } catch (error) {
      if (!(error instanceof StorageError) || error.code !== 'directory-locked') throw error;
    }
    if (tries === 1) {
      tell(
        `waiting for the member to close and release its lock on "${directory}". ` +
          'To defrag a running member, use `concordctl defrag` instead.',
      );
    }
    await delay(retryMs);
  }
}
