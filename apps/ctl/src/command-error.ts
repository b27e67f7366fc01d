/** How a command fails: a line on stderr that begins with `Error:`, and a status that scripts can tell apart. */

/** etcd's. */
export const exitCodes = {
  success: 0,
  failure: 1,
  /** No member was reached, or none let the user in. */
  badConnection: 2,
  /** What came on stdin makes no sense. */
  badInput: 3,
  /** A flag has a value that the command does not support. */
  badFeature: 4,
  /** What was going on was ended by somebody else. */
  interrupted: 5,
  io: 6,
  badArguments: 128,
} as const;

export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly exitCode: number;

  constructor(message: string, exitCode: number = exitCodes.failure) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** A command line that cannot be read: the usage is shown as well. */
export class UsageError extends CommandError {}

/** What there was to say has been said: the process only ends with the status. */
export class SilentExit extends CommandError {
  constructor(exitCode: number) {
    super('', exitCode);
  }
}

/** Throws `CommandError` with etcd's status for arguments that do not fit. */
export function refuseArguments(message: string): never {
  throw new CommandError(message, exitCodes.badArguments);
}
