/** Members by their ids, as they stand on the command line and in answers. */
import { refuseArguments } from '../../command-error.ts';
import { IntegerError, parseInteger } from '../../go-format/integer.ts';

/** Reads the one argument that names a member. Throws `CommandError`. */
export function memberIdOf(args: readonly string[]): bigint {
  const [text] = args;
  if (text === undefined || args.length !== 1) refuseArguments('member ID is not provided');
  try {
    return parseInteger(text, 'ParseUint', 16);
  } catch (error) {
    if (!(error instanceof IntegerError)) throw error;
    return refuseArguments(`bad member ID arg (${error.message}), expecting ID in Hex`);
  }
}

/** In a column of 16. */
export const paddedId = (id: bigint): string => id.toString(16).padStart(16);
