/** A promise that the cluster broke, in one sentence. */
export class Violation extends Error {
  override readonly name = 'Violation';
}

/** Throws where `holds` is false. */
export function promised(holds: boolean, sentence: () => string): asserts holds {
  if (!holds) throw new Violation(sentence());
}
