/**
 * `concordutl migrate`. etcd writes the version of its storage into its database, and takes rows out of it that an older
 * release would not know. A data directory of Concord has a format of its own, which every release either reads or
 * refuses, and which version of etcd can read a snapshot of it is decided when that is taken. So there is one target that
 * is reached already, and nothing to convert for any other: the command says what to do instead.
 */
import { StorageError, useStoppedMember } from '@concord/storage';
import { CommandError, exitCodes } from '../command-error.ts';
import type { Flags } from '../flags.ts';
import { apiVersion } from '../version.ts';
import type { Command } from './command.ts';

const flags = {
  'data-dir': { kind: 'string', default: '', help: 'Path to the data directory' },
  force: {
    kind: 'bool',
    default: false,
    help: "Taken for etcdutl's sake; there is nothing that could be forced",
  },
  'target-version': {
    kind: 'string',
    default: '',
    help: 'Target storage version of etcd. Minimal value 3.5. Format "X.Y" for example 3.6.',
  },
} satisfies Flags;

const minorMin = 5;

export const migrateCommand: Command<typeof flags> = {
  usage: 'migrate',
  summary: 'Says how the data of a data directory becomes that of another version of etcd',
  flags,
  required: ['data-dir', 'target-version'],
  run: ({ values, tell }) => {
    const target = parseTarget(values['target-version']);
    const directory = values['data-dir'];
    try {
      // Whether it is the data of a member at all, of a format that is known here.
      useStoppedMember(directory, {}, () => undefined);
    } catch (error) {
      throw error instanceof StorageError ? new CommandError(error.message) : error;
    }
    if (target !== apiVersion) throw new CommandError(explanation(directory, target));
    tell(`storage version up-to-date\t{"storage-version": "${apiVersion}"}`);
    return Promise.resolve();
  },
};

function parseTarget(text: string): string {
  const fail = (message: string): never => {
    throw new CommandError(message, exitCodes.badArguments);
  };
  if (text.split('.').length !== 2) {
    fail(`wrong target version format, expected "X.Y", got ${JSON.stringify(text)}`);
  }
  const [, major, minor] = /^(\d+)\.(\d+)$/.exec(text) ?? [];
  if (major === undefined) {
    const [bad = ''] = text.split('.').filter((part) => !/^\d+$/.test(part));
    fail(`failed to parse target version: strconv.ParseInt: parsing "${bad}": invalid syntax`);
  }
  const isOld = Number(major) < 3 || (Number(major) === 3 && Number(minor) < minorMin);
  if (isOld) fail(`target version "${text}" not supported. Minimal "3.${minorMin}"`);
  return `${Number(major)}.${Number(minor)}`;
}

const explanation = (directory: string, target: string): string =>
  `${directory} is a data directory of Concord, at storage version ${apiVersion}, and cannot be made one of etcd ${target}. ` +
  `Nothing was changed. To move to etcd ${target}, run \`etcdctl snapshot save FILE\` against the running member and ` +
  '`etcdutl snapshot restore FILE` with the tool of that release.';
