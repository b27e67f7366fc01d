/** Whole namespaces: taken away as one document, brought back in one transaction, searched through. */
import {
  decodeRecord,
  itemKey,
  itemsPrefix,
  parseContent,
  RELEASE_ITEMS_MAX,
  type ItemAddress,
} from '@concord/config/records';
import { parse, stringify } from 'yaml';
import { assertMay, type Actor } from '../access/actor.ts';
import { Problem, type FieldFault } from '../http/problem.ts';
import {
  BUNDLE_KIND,
  bundleSchema,
  type Bundle,
  type Found,
  type Imported,
} from './bundle-schemas.ts';
import { checkedAddress } from './item-path.ts';
import type { ItemReader } from './item-reader.ts';
import type { ReleaseDesk } from './release-desk.ts';

const READ_AT_ONCE = 1_000;
/** An export is made in memory. */
const EXPORT_BYTES_MAX = 64 * 1024 * 1024;
const LINES_SHOWN = 5;
const LINE_CHARACTERS_MAX = 200;

interface Change {
  readonly address: ItemAddress;
  readonly item: Bundle['items'][number];
  readonly change: 'created' | 'updated' | 'unchanged';
  /** The release it stands at, 0 for none. */
  readonly base: number;
}

export class BundleDesk {
  readonly #reader: ItemReader;
  readonly #releases: ReleaseDesk;

  constructor(reader: ItemReader, releases: ReleaseDesk) {
    this.#reader = reader;
    this.#releases = releases;
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
        return { kind: BUNDLE_KIND, namespace, revision: page.revision, items };
      }
      cursor = page.nextCursor;
    }
  }

  /** Releases what differs, all at one revision, or nothing. @throws Problem `invalid-content`, `conflict`, `too-large` */
  async import(
    actor: Actor,
    namespace: string,
    bundle: Bundle,
    { dryRun, reason }: { readonly dryRun: boolean; readonly reason?: string | undefined },
  ): Promise<Imported> {
    const changes = await this.#changes(actor, namespace, bundle);
    const changed = changes.filter(({ change }) => change !== 'unchanged');
    if (changed.length > RELEASE_ITEMS_MAX) {
      throw new Problem('too-large', {
        detail: `${changed.length} items differ, and ${RELEASE_ITEMS_MAX} are the most that can be released at once: import the bundle in parts`,
      });
    }
    const documents = changes.map(({ address, change }) => ({ path: address.path, change }));
    if (dryRun || changed.length === 0) return { isDone: !dryRun, items: documents };
    const wanted = changed.map(({ address, item: { content, format }, base }) => ({
      address,
      content,
      format,
      base,
    }));
    const releases = await this.#releases.releaseAll(wanted, {
      by: actor.name,
      comment: reason ?? 'imported',
    });
    const numbers = new Map(
      changed.map(({ address }, index) => [address.path, releases[index]!.release]),
    );
    return {
      isDone: true,
      revision: releases[0]!.revision,
      items: documents.map((document) => {
        const release = numbers.get(document.path);
        return { ...document, ...(release !== undefined && { release }) };
      }),
    };
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

  async #changes(actor: Actor, namespace: string, { items }: Bundle): Promise<readonly Change[]> {
    const faults: FieldFault[] = [];
    const changes: Change[] = [];
    const paths = new Set<string>();
    for (const [index, item] of items.entries()) {
      const address = checkedAddress(namespace, item.path, (part) =>
        part === 'path' ? `body.items.${index}.path` : 'path.namespace',
      );
      assertMay(actor, 'write', itemKey(address));
      const parsed =
        typeof item.content === 'string' ? parseContent(item.content, item.format) : undefined;
      if (parsed?.ok === false) {
        const { message, line = 1, column = 1 } = parsed.issue;
        faults.push({
          field: `body.items.${index}.content`,
          message: `${message} at line ${line}, column ${column}`,
        });
      }
      if (paths.has(address.path))
        faults.push({
          field: `body.items.${index}.path`,
          message: `${address.path} is there twice`,
        });
      paths.add(address.path);
      changes.push(await this.#changeOf(address, item));
    }
    if (faults.length === 0) return changes;
    throw new Problem('invalid-content', {
      detail: faults.map(({ field, message }) => `${field}: ${message}`).join('; '),
      errors: faults,
      outcome: 'not-applied',
    });
  }

  async #changeOf(address: ItemAddress, item: Bundle['items'][number]): Promise<Change> {
    const stored = await this.#reader.get(address, []);
    const record = stored.item && decodeRecord(stored.item.text);
    if (record === undefined) return { address, item, change: 'created', base: 0 };
    const isSame =
      record.format === item.format &&
      JSON.stringify(record.content) === JSON.stringify(item.content);
    return { address, item, change: isSame ? 'unchanged' : 'updated', base: record.release };
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
