/**
 * The titles that a test file declares, of tests and of suites, read from its source. What a title takes from a table
 * (`${…}`) is `…`, so that a reference to it is written the same way.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const repository = resolve(import.meta.dirname, '../..');

const DECLARATION =
  /^[ ]*(?:test|testHere|describe|onEachBackend)\(\s*(?:'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`)/gm;

/** The titles in `file`, a path from the root of the repository; undefined where there is no such file. */
export function titlesOf(file: string): ReadonlySet<string> | undefined {
  const path = join(repository, file);
  if (!existsSync(path)) return undefined;
  const source = readFileSync(path, 'utf8');
  return new Set(
    [...source.matchAll(DECLARATION)].map(([, single, double, template]) =>
      (single ?? double ?? template ?? '').replace(/\$\{[^}]*\}/g, '…').replace(/\\(.)/g, '$1'),
    ),
  );
}

/** Whether a test or a suite of one of these titles may be printed as `title`. */
export const isAmong = (titles: ReadonlySet<string>, title: string): boolean =>
  titles.has(title) ||
  [...titles].some((known) => known.includes('…') && patternOf(known).test(title));

const patternOf = (title: string): RegExp =>
  new RegExp(`^${title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('…', '.*')}$`);

/** The text of `file` and of the files that it imports. */
export function sourceOf(file: string): string {
  const source = readFileSync(join(repository, file), 'utf8');
  const imports = [...source.matchAll(/from '(\.\/[^']+|\.\.\/[^']+)'/g)]
    .map(([, path = '']) => join(dirname(file), path))
    .filter((path) => existsSync(join(repository, path)));
  return [source, ...imports.map((path) => readFileSync(join(repository, path), 'utf8'))].join(
    '\n',
  );
}
