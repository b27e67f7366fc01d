/** `concordutl verify --data-dir DIR`: whether everything that a stopped member has on disk is what it wrote. */
import { StorageError, checkMember, type MemberChecks } from '@concord/storage';
import { CommandError } from '../command-error.ts';
import type { Flags } from '../flags.ts';
import { verificationOf, verificationPrinter } from '../verify/verification.ts';
import type { Command } from './command.ts';

const flags = {
  'data-dir': {
    kind: 'string',
    default: '',
    help: 'Required. Data directory of a member that does not run',
  },
  'wal-dir': {
    kind: 'string',
    default: '',
    help: 'Path to the WAL directory (use --data-dir if none given)',
  },
} satisfies Flags;

/** Statuses of this command, for whoever runs it before a start. 0 is a sound directory. */
const damaged = 1;
/** There is nothing to say about it: missing, in use, not a member's, or of a format that is not known. */
const unchecked = 2;

export const verifyCommand: Command<typeof flags> = {
  usage: 'verify',
  summary: 'Checks the log and the store of a member that does not run, and says what is wrong',
  flags,
  required: ['data-dir'],
  arity: 0,
  run: ({ values, writeOut, print }) => {
    const printReport = verificationPrinter(writeOut);
    const directory = values['data-dir'];
    const verification = verificationOf(directory, checked(directory, values['wal-dir']));
    print(printReport(verification));
    if (verification.fault === undefined) return Promise.resolve();
    throw new CommandError(verification.fault, damaged);
  },
};

function checked(directory: string, walPath: string): MemberChecks {
  try {
    return checkMember(directory, walPath === '' ? {} : { walPath });
  } catch (error) {
    if (error instanceof StorageError) throw new CommandError(error.message, statusOf(error));
    throw error;
  }
}

const statusOf = ({ code }: StorageError): number =>
  code.endsWith('-corrupt') || code === 'wal-mismatch' ? damaged : unchecked;
