/** A flag's value is not usable. The message completes the sentence "invalid value … for flag …: …". */
export class FlagError extends Error {
  override readonly name = 'FlagError';
}
