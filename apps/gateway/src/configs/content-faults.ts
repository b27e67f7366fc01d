/** What is wrong with a content, as fields of the request, each with its place in the document. */
import { ConcordError } from '@concord/client';
import {
  formatOfPath,
  parseContent,
  type Format,
  type Issue,
  type ItemAddress,
} from '@concord/config/records';
import { Problem } from '../http/problem.ts';

/** The refusal of a content by its format, with the place of the fault; undefined for any other error. */
export function contentProblem(
  error: unknown,
  {
    content,
    format,
    secret,
  }: { content: unknown; format?: Format | undefined; secret?: boolean | undefined },
  { path }: Pick<ItemAddress, 'path'>,
  field = 'body.content',
): Problem | undefined {
  if (!ConcordError.is(error, 'CONFIG_INVALID')) return undefined;
  const known = format ?? formatOfPath(path);
  const parsed =
    typeof content === 'string' && known !== undefined ? parseContent(content, known) : undefined;
  const issue: Issue =
    parsed?.ok === false ? parsed.issue : { message: error.message.replace(/^[^:]*: /, '') };
  const { detail, ...rest } = issue;
  const told = secret === true || detail === undefined ? rest : { ...rest, detail };
  return new Problem('invalid-content', {
    detail: `${field}: ${textOf(told)}`,
    errors: [{ field, message: textOf(told) }],
    outcome: 'not-applied',
    cause: error,
  });
}

function textOf({ message, path, line, column, detail }: Issue): string {
  const place = line === undefined ? '' : ` at line ${line}, column ${column ?? 1}`;
  const said = detail === undefined ? '' : `: ${detail}`;
  return `${path === undefined || path === '' ? '' : `${path}: `}${message}${place}${said}`;
}
