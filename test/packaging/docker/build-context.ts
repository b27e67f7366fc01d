/** What `docker build` would send: the files of a folder, but for those that its .dockerignore names. */
import { globSync, readFileSync } from 'node:fs';
import { join, matchesGlob, sep } from 'node:path';

interface Rule {
  readonly pattern: string;
  readonly isException: boolean;
}

export class BuildContext {
  readonly folder: string;
  readonly #rules: readonly Rule[];

  constructor(folder: string) {
    this.folder = folder;
    this.#rules = readFileSync(join(folder, '.dockerignore'), 'utf8')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => ({ pattern: line.replace(/^!/, ''), isException: line.startsWith('!') }));
  }

  /** The last rule that names a file, or a folder that it is in, decides. */
  ignores(path: string): boolean {
    const parts = path.split('/');
    const folders = parts.map((_, i) => parts.slice(0, i + 1).join('/'));
    let isIgnored = false;
    for (const { pattern, isException } of this.#rules) {
      if (folders.some((each) => matchesGlob(each, pattern))) isIgnored = !isException;
    }
    return isIgnored;
  }

  files(): readonly string[] {
    const skipped = new Set(['node_modules', '.git', 'dist']);
    return globSync('**/*', {
      cwd: this.folder,
      withFileTypes: true,
      // Not looked into, for time's sake: the rules say the same.
      exclude: ({ name }) => skipped.has(name),
    })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) =>
        path
          .slice(this.folder.length + 1)
          .split(sep)
          .join('/'),
      )
      .concat(
        globSync('.[a-z]*', { cwd: this.folder, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map(({ name }) => name),
      )
      .filter((path) => !this.ignores(path));
  }
}
