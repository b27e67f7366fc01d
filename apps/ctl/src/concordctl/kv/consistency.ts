/** `--consistency`: whether a read has to be the newest. */
import { CommandError, exitCodes } from '../../command-error.ts';

/** Throws `CommandError`. */
export function isSerializable(consistency: string): boolean {
  if (consistency === 's') return true;
  if (consistency === 'l') return false;
  throw new CommandError(`unknown consistency flag "${consistency}"`, exitCodes.badFeature);
}
