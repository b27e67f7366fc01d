/** What somebody wants to release, made into what is stored: a document of the item's format, checked, sealed if secret. */
import { ConcordError } from '@concord/client';
import type { Item } from '../item/item.ts';
import { formatOfPath, parseContent, serialize, type Format } from '../item/format.ts';
import { issuesText, withheld, type Issue } from '../item/issue.ts';
import { validateValue } from '../item/schema.ts';
import type { KeyRing, Unsealed } from '../secret/key-ring.ts';
import { missingKey } from '../secret/key-ring.ts';
import { isSealed, type Sealed } from '../secret/sealed.ts';
import type { NewContent, Standing } from './next-record.ts';
import type { Content } from './record.ts';

export interface ContentOptions {
  /** By the definition, the item as it stands, the path's suffix; else text for a string and JSON for other content. */
  readonly format?: Format | undefined;
  /** Seals the content. By the definition, or as the item stands: a secret item stays secret. */
  readonly secret?: boolean | undefined;
}

/**
 * @throws ConcordError `CONFIG_INVALID` for content that the format or the definition's schema refuses,
 * `INVALID_ARGUMENT` for what the format can't express and for secrets without keys
 */
export async function newContent(
  operation: string,
  item: Item,
  content: unknown,
  options: ContentOptions,
  standing: Standing,
  keys: KeyRing | undefined,
): Promise<NewContent> {
  const { definition, address, name } = item;
  const format =
    options.format ??
    definition.format ??
    standing.record?.format ??
    formatOfPath(address.path) ??
    (definition.schema === undefined && typeof content === 'string' ? 'text' : 'json');
  const secret =
    options.secret ?? (definition.secret !== false || standing.record?.secret === true);
  if (isSealed(content)) return sealedContent(operation, item, content, format, keys);
  const text = serialize(operation, content, format);
  const issues = await contentIssues(item, text, format);
  if (issues.length > 0) throw refusedContent(operation, item, issues, secret);
  if (!secret) return { content: text, format, secret };
  if (keys === undefined) {
    throw new ConcordError('INVALID_ARGUMENT', {
      operation,
      subject: name,
      problem: `${name} is secret, and there is no key to seal it with`,
      remedy: 'give the configuration the option "keys"',
    });
  }
  return { content: keys.seal(text, `${address.namespace}/${address.path}`), format, secret };
}

/** Content that was sealed elsewhere, such as by an export of this very item: checked where its key is here. */
async function sealedContent(
  operation: string,
  item: Item,
  content: Sealed,
  format: Format,
  keys: KeyRing | undefined,
): Promise<NewContent> {
  const opened = openContent(item, content, keys);
  // Without the key nobody can judge it here; consumers do.
  if (!opened.ok && keys !== undefined) {
    throw refusedContent(operation, item, [{ message: opened.problem }], true);
  }
  const issues = opened.ok ? await contentIssues(item, opened.text, format) : [];
  if (issues.length > 0) throw refusedContent(operation, item, issues, true);
  return { content, format, secret: true };
}

export function refusedContent(
  operation: string,
  { name }: Item,
  issues: readonly Issue[],
  isSecret: boolean,
): ConcordError {
  return new ConcordError('CONFIG_INVALID', {
    operation,
    subject: name,
    problem: `the content for ${name} is refused: ${issuesText(issues, isSecret)}`,
    remedy: 'nothing was changed; mend the content',
  });
}

/** What format and schema have against a document. Of an item that is merged with others, the syntax alone is judged. */
export async function contentIssues(
  { definition }: Item,
  text: string,
  format: Format,
): Promise<readonly Issue[]> {
  const parsed = parseContent(text, format);
  if (!parsed.ok) return [parsed.issue];
  if (definition.merge) return [];
  const validated = await validateValue(definition.schema, parsed.value);
  if (validated.ok) return [];
  return definition.secret === false ? validated.issues : withheld(validated.issues);
}

/** The document in stored content. */
export function openContent(
  { address }: Pick<Item, 'address'>,
  content: Content,
  keys: KeyRing | undefined,
): Unsealed {
  if (!isSealed(content)) return { ok: true, text: content };
  if (keys === undefined) return { ok: false, problem: `it is sealed with ${missingKey(content)}` };
  return keys.open(content, `${address.namespace}/${address.path}`);
}
