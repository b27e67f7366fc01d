/**
 * A bundle brought into a namespace. What fits into one transaction is released at one revision, or not at all. A larger one
 * takes several, one after the other in the order of the bundle; each is all or nothing. It ends at the first that fails, and
 * may be repeated: what is released already is unchanged then, so that it goes on with what is left.
 */
import {
  decodeRecord,
  itemKey,
  parseContent,
  RELEASE_BYTES_MAX,
  releaseBytes,
  releaseParts,
  type ItemAddress,
} from '@concord/config/records';
import { assertMay, type Actor } from '../access/actor.ts';
import { tellAudit } from '../audit/audit-scope.ts';
import { Problem, type FieldFault } from '../http/problem.ts';
import { problemOf } from '../http/problem-of.ts';
import type { Bundle, Imported } from './bundle-schemas.ts';
import { checkedAddress } from './item-path.ts';
import type { ItemReader } from './item-reader.ts';
import type { Act, ReleaseDesk } from './release-desk.ts';

/** Items that are looked at together. */
const READ_AT_ONCE = 32;
/** A document lists them all; a problem need not. */
const FAULTS_MAX = 50;

type BundleItem = Bundle['items'][number];
type ImportedItem = Imported['items'][number];

/** What becomes of one item. */
interface Change {
  readonly address: ItemAddress;
  readonly item: BundleItem;
  readonly change: ImportedItem['change'];
  /** The release it stands at, 0 for none. */
  readonly base: number;
  /** What it takes of a transaction, at most. */
  readonly bytes: number;
}

interface Done {
  readonly release: number;
  readonly revision: number;
}

export class BundleImport {
  readonly #reader: ItemReader;
  readonly #releases: ReleaseDesk;

  constructor(reader: ItemReader, releases: ReleaseDesk) {
    this.#reader = reader;
    this.#releases = releases;
  }

  /** @throws Problem `invalid-content` before anything is released; of a transaction that failed, saying what was released */
  async run(
    actor: Actor,
    namespace: string,
    bundle: Bundle,
    { dryRun, reason }: { readonly dryRun: boolean; readonly reason?: string | undefined },
  ): Promise<Imported> {
    const changes = await this.#changes(actor, namespace, bundle);
    const parts = releaseParts(changes.filter(({ change }) => change !== 'unchanged'));
    if (dryRun) return documentOf(changes, new Map(), { isDone: false, parts: parts.length });
    const done = new Map<string, Done>();
    const act = { by: actor.name, comment: reason ?? 'imported' };
    for (const part of parts) {
      try {
        await this.#release(part, act, done);
      } catch (error) {
        tell(namespace, changes, done);
        throw done.size === 0 ? error : partlyDone(error, changes, done, parts.length);
      }
    }
    tell(namespace, changes, done);
    return documentOf(changes, done, { isDone: true, parts: parts.length });
  }

  async #release(part: readonly Change[], act: Act, done: Map<string, Done>): Promise<void> {
    const wanted = part.map(({ address, item: { content, format }, base }) => ({
      address,
      content,
      format,
      base,
    }));
    const releases = await this.#releases.releaseAll(wanted, act);
    for (const [index, { release, revision }] of releases.entries())
      done.set(part[index]!.address.path, { release, revision });
  }

  async #changes(actor: Actor, namespace: string, { items }: Bundle): Promise<readonly Change[]> {
    const faults: FieldFault[] = [];
    const paths = new Set<string>();
    const addresses = items.map((item, index) => {
      const address = checkedAddress(namespace, item.path, (part) =>
        part === 'path' ? `body.items.${index}.path` : 'path.namespace',
      );
      assertMay(actor, 'write', itemKey(address));
      const field = `body.items.${index}`;
      const fault = faultOf(item);
      if (fault !== undefined) faults.push({ field: `${field}.content`, message: fault });
      if (paths.has(address.path))
        faults.push({ field: `${field}.path`, message: `${address.path} is there twice` });
      paths.add(address.path);
      return address;
    });
    if (faults.length > 0) throw invalid(faults);
    const changes: Change[] = [];
    for (let at = 0; at < items.length; at += READ_AT_ONCE) {
      const read = addresses.slice(at, at + READ_AT_ONCE);
      changes.push(
        ...(await Promise.all(
          read.map((address, index) => this.#changeOf(address, items[at + index]!)),
        )),
      );
    }
    return changes;
  }

  async #changeOf(address: ItemAddress, item: BundleItem): Promise<Change> {
    const stored = await this.#reader.get(address, []);
    const record = stored.item && decodeRecord(stored.item.text);
    const content = JSON.stringify(item.content);
    const bytes = releaseBytes(item.content, stored.item?.value.length);
    if (record === undefined) return { address, item, change: 'created', base: 0, bytes };
    const isSame = record.format === item.format && JSON.stringify(record.content) === content;
    const change = isSame ? 'unchanged' : 'updated';
    return { address, item, change, base: record.release, bytes };
  }
}

function faultOf({ content, format }: BundleItem): string | undefined {
  if (releaseBytes(content) > RELEASE_BYTES_MAX) {
    return `is too large for a release, which holds it twice: ${RELEASE_BYTES_MAX} bytes are the most`;
  }
  const parsed = typeof content === 'string' ? parseContent(content, format) : undefined;
  if (parsed?.ok !== false) return undefined;
  const { message, line = 1, column = 1 } = parsed.issue;
  return `${message} at line ${line}, column ${column}`;
}

function documentOf(
  changes: readonly Change[],
  done: ReadonlyMap<string, Done>,
  { isDone, parts }: { readonly isDone: boolean; readonly parts: number },
): Imported {
  const revision = Math.max(0, ...[...done.values()].map((one) => one.revision));
  return {
    isDone,
    transactions: parts,
    ...(revision > 0 && { revision }),
    items: itemsOf(changes, done),
  };
}

const itemsOf = (changes: readonly Change[], done: ReadonlyMap<string, Done>): ImportedItem[] =>
  changes.map(({ address: { path }, change }) => {
    const released = done.get(path);
    const outcome =
      released !== undefined ? 'released' : change === 'unchanged' ? 'unchanged' : 'not-released';
    return { path, change, outcome, ...released };
  });

function tell(
  namespace: string,
  changes: readonly Change[],
  done: ReadonlyMap<string, Done>,
): void {
  const after = itemsOf(changes, done).filter(({ outcome }) => outcome === 'released');
  tellAudit({ subject: `configs ${namespace}`, after });
}

function partlyDone(
  error: unknown,
  changes: readonly Change[],
  done: ReadonlyMap<string, Done>,
  parts: number,
): Problem {
  const problem = problemOf(error);
  const changed = changes.filter(({ change }) => change !== 'unchanged').length;
  return new Problem(problem.kind, {
    ...problem.details,
    detail:
      `${done.size} of ${changed} items that differ were released before this (each of the ${parts} transactions is all or nothing): ` +
      `${problem.message}. Import the same bundle again: it goes on with what is left`,
    outcome: 'partly-applied',
    extensions: { items: itemsOf(changes, done) },
    cause: error,
  });
}

const invalid = (faults: readonly FieldFault[]): Problem => {
  const shown = faults.slice(0, FAULTS_MAX);
  return new Problem('invalid-content', {
    detail: shown.map(({ field, message }) => `${field}: ${message}`).join('; '),
    errors: shown,
    outcome: 'not-applied',
  });
};
