/** The chart as it came out of Helm, kept in `rendered/`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

/** As much of Kubernetes' objects as is looked at here. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly data?: Readonly<Record<string, string>>;
  readonly spec?: Readonly<Record<string, unknown>>;
}

export const renderedFile = (name: string): string =>
  join(import.meta.dirname, 'rendered', `${name}.yaml`);

export const readRendered = (name: string): readonly Manifest[] =>
  manifestsOf(readFileSync(renderedFile(name), 'utf8'));

export const manifestsOf = (text: string): readonly Manifest[] =>
  parseAllDocuments(text)
    .map((document) => document.toJSON() as Manifest | null)
    .filter((manifest) => manifest !== null);

export function manifest(manifests: readonly Manifest[], kind: string, name?: string): Manifest {
  const found = manifests.find(
    ({ kind: has, metadata }) => has === kind && (name === undefined || metadata.name === name),
  );
  if (found === undefined) throw new Error(`no ${kind} ${name ?? ''} was rendered`);
  return found;
}
