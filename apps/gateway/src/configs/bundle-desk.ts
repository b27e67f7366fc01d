/** Whole namespaces: taken away as one document, and searched through; `bundle-import.ts` brings them back. */
import { decodeRecord, EXPORT_KIND, itemsPrefix } from '@concord/config/records';
import { parse, stringify } from 'yaml';
import { assertMay, type Actor } from '../access/actor.ts';
import { Problem } from '../http/problem.ts';
import { bundleSchema, type Bundle, type Found } from './bundle-schemas.ts';
import type { ItemReader } from './item-reader.ts';

const READ_AT_ONCE = 1_000;
/** An export is made in memory. */
const EXPORT_BYTES_MAX = 64 * 1024 * 1024;
const LINES_SHOWN = 5;
const LINE_CHARACTERS_MAX = 200;

export class BundleDesk {
  readonly #reader: ItemReader;

  constructor(reader: ItemReader) {
    this.#reader = reader;
  }

  /** The live contents of everybody, all of one revision; secrets as they are sealed. */
  async export(actor: Actor, namespace: string, prefix = ''): Promise<Bundle> {
    assertMay(actor, 'read', { prefix: itemsPrefix(namespace) + prefix });
    const items: Bundle['items'] = [];
    let bytes = 0;
    for (let cursor: string | undefined; ;) {
      const page = await this.#reader.list({ namespace, prefix, limit: READ_AT_ONCE, cursor });
      for (const { address, item } of page.items) {
        const record = decodeRecord(item.text);
        if (record === undefined) continue;
        bytes += item.value.length;
        const { format, content, comment } = record;
        items.push({
          path: address.path,
          format,
          content,
          ...(comment !== undefined && { comment }),
        });
      }
      if (bytes > EXPORT_BYTES_MAX) {
        throw new Problem('too-large', {
          detail: `the items hold more than ${EXPORT_BYTES_MAX} bytes: export them in parts, by "prefix"`,
        });
      }
      if (page.nextCursor === undefined) {
        return { kind: EXPORT_KIND, namespace, revision: page.revision, items };
      }
      cursor = page.nextCursor;
    }
  }

  /** Contents that hold a text. Secrets are not looked into. */
  async search(
    actor: Actor,
    namespace: string,
    query: {
      readonly content: string;
      readonly prefix?: string | undefined;
      readonly limit: number;
      readonly cursor?: string | undefined;
    },
  ): Promise<Found> {
    const { prefix = '', content, limit, cursor } = query;
    assertMay(actor, 'read', { prefix: itemsPrefix(namespace) + prefix });
    const page = await this.#reader.list({ namespace, prefix, limit, cursor });
    const items = page.items.flatMap(({ address, item }) => {
      const record = decodeRecord(item.text);
      if (record === undefined || record.secret === true || typeof record.content !== 'string')
        return [];
      if (!record.content.includes(content)) return [];
      return [
        { path: address.path, release: record.release, ...linesWith(record.content, content) },
      ];
    });
    return {
      items,
      revision: page.revision,
      ...(page.nextCursor !== undefined && { nextCursor: page.nextCursor }),
    };
  }
}

export const bundleYaml = (bundle: Bundle): string => stringify(bundle);

/** @throws Problem `invalid-request` for what is no bundle */
export function bundleOfYaml(text: string): Bundle {
  let value: unknown;
  try {
    value = parse(text, { maxAliasCount: 0 });
  } catch {
    throw noBundle('it is not valid YAML');
  }
  const result = bundleSchema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw noBundle(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
}

const noBundle = (message: string): Problem =>
  new Problem('invalid-request', {
    detail: `body.yaml: ${message}`,
    errors: [{ field: 'body.yaml', message }],
  });

function linesWith(
  text: string,
  part: string,
): { lines: { line: number; text: string }[]; lineCount: number } {
  const all = text
    .split('\n')
    .flatMap((line, index) =>
      line.includes(part) ? [{ line: index + 1, text: line.slice(0, LINE_CHARACTERS_MAX) }] : [],
    );
  return { lines: all.slice(0, LINES_SHOWN), lineCount: Math.max(1, all.length) };
}
