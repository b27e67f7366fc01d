/** A setting that cannot be meant. */

/** Its message names the option, what was given, and what is allowed. */
export class OptionsError extends Error {
  override readonly name = 'OptionsError';
}
