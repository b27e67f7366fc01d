/** How a command fails: a line on stderr that begins with `Error:`, and a status that scripts can tell apart. */

/** etcd's. */
export const exitCodes = {
  success: 0,
  failure: 1,
  /** A flag has a value that the command does not support. */
  badFeature: 4,
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
