/** One thing that is wrong with a value: said to people, and to the acknowledgement that operators read. */

export interface Issue {
  /** What is wrong. Quotes nothing of the content unless a schema's own text does. */
  readonly message: string;
  /** Where in the value: `pool.max`, `hosts.0`. */
  readonly path?: string;
  /** Where in the document, from one. */
  readonly line?: number;
  readonly column?: number;
  /** What the parser said, which may quote the content: not shown for secrets. */
  readonly detail?: string;
}

/** Acknowledgements are many and small; what a schema says of a large value is not. */
export const ISSUES_TEXT_MAX = 1000;
const ISSUES_SHOWN_MAX = 5;

/** `issues` as one line, at most 1000 characters. Of a secret only places are told, since schemas quote what they reject. */
export function issuesText(issues: readonly Issue[], isSecret: boolean): string {
  const shown = issues.slice(0, ISSUES_SHOWN_MAX).map((issue) => issueText(issue, isSecret));
  if (issues.length > shown.length) shown.push(`and ${issues.length - shown.length} more`);
  const text = shown.join('; ');
  return text.length > ISSUES_TEXT_MAX ? `${text.slice(0, ISSUES_TEXT_MAX - 1)}…` : text;
}

/** The issues of a secret without what may quote it. */
export function withheld(issues: readonly Issue[]): readonly Issue[] {
  return issues.map(({ message, path, line, column }) => ({
    message: path === undefined ? message : SECRET_ISSUE,
    ...(path === undefined ? {} : { path }),
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
  }));
}

const SECRET_ISSUE = 'its schema rejects it (text withheld: the item is secret)';

function issueText(issue: Issue, isSecret: boolean): string {
  const { path, line, column, detail } = issue;
  const place = line === undefined ? '' : ` at line ${line}, column ${column ?? 1}`;
  if (isSecret && path !== undefined) return `${path || 'the value'}: ${SECRET_ISSUE}`;
  const message = `${issue.message}${place}`;
  const said = detail === undefined || isSecret ? message : `${message}: ${detail}`;
  return path === undefined || path === '' ? said : `${path}: ${said}`;
}
