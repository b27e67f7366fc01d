/** What a check has to say. */

/** `problem`: something does not work, or will not for long. `warning`: it works, and should not be left like that. */
export type Severity = 'problem' | 'warning';

export interface Finding {
  readonly severity: Severity;
  /** What it is about: a member, an endpoint, a file. */
  readonly subject: string;
  /** What is wrong, in a sentence without a full stop; begins in lower case. */
  readonly what: string;
  /** What to do about it, where that takes words. */
  readonly advice?: string;
  /** What to type, in this order. */
  readonly commands: readonly string[];
}

export type Verdict =
  | {
      readonly state: 'judged';
      /** What was seen, in a few words, whether it is well or not. */
      readonly summary: string;
      readonly findings: readonly Finding[];
    }
  | { readonly state: 'skipped'; readonly why: string };

export const skipped = (why: string): Verdict => ({ state: 'skipped', why });

export const judged = (summary: string, findings: readonly Finding[]): Verdict => ({
  state: 'judged',
  summary,
  findings,
});

/** `1 member`, `3 members`. */
export const counted = (count: number, noun: string): string =>
  `${count} ${noun}${count === 1 ? '' : 's'}`;

export const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
