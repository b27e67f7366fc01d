/**
 * The files that Concord's programs need at run time, and no others: what `npm run build` has bundled, and the packages that
 * stay outside of the bundles with all that they need. What is shipped without npm is made of it: the single-file
 * executable, and the image.
 */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative, resolve, sep } from 'node:path';

export interface TreeFile {
  /** With slashes, from the tree's root: `server/dist/main.js`, `node_modules/lmdb/index.js`. */
  readonly path: string;
  readonly content: Buffer;
}

export type App = 'server' | 'ctl' | 'gateway';

const root = resolve(import.meta.dirname, '..');

/** Every package that is not ours: some are in the bundles already, but which ones is the bundler's business. */
const EXTERNAL: Readonly<Record<App, readonly string[]>> = {
  server: foreignDependencies(join(root, 'apps/server')),
  ctl: foreignDependencies(join(root, 'apps/ctl')),
  gateway: foreignDependencies(join(root, 'apps/gateway')),
};
/** What nothing reads at run time: by its kind alone, as packages call folders what they like. Licences stay. */
const NEEDLESS =
  /\.(?:[cm]?ts|map|md|markdown|flow|tsbuildinfo|c|cc|cpp|h|gyp|gypi|yml)$|musl|^node_modules\/(?:lmdb\/dependencies|yaml\/browser)\//;

/** Files of the bundles that other programs import, or that describe them. */
const NOT_SHIPPED = /^dist\/types\/|^dist\/embedded\.js$|\.map$|\.tsbuildinfo$/;

export function runtimeTree(apps: readonly App[]): readonly TreeFile[] {
  const tree = new Map<string, Buffer>();
  for (const app of apps) {
    const folder = join(root, 'apps', app);
    tree.set(`${app}/package.json`, Buffer.from('{"type":"module"}\n'));
    for (const path of filesIn(folder, 'dist/**/*')) {
      if (!NOT_SHIPPED.test(path)) tree.set(`${app}/${path}`, readFileSync(join(folder, path)));
    }
    for (const name of EXTERNAL[app]) {
      for (const [place, source] of packageFolders(name, folder)) addPackage(tree, place, source);
    }
  }
  tree.set('package.json', Buffer.from('{"type":"module"}\n'));
  return [...tree]
    .map(([path, content]) => ({ path, content }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

function addPackage(tree: Map<string, Buffer>, place: string, source: string): void {
  for (const file of filesIn(source, '**/*')) {
    const path = `${place}/${file}`;
    // Native code for the interface of another major version of Node.
    const abi = /\.abi(\d+)\./.exec(path)?.[1];
    if (abi !== undefined && abi !== process.versions.modules) continue;
    if (!NEEDLESS.test(path)) tree.set(path, readFileSync(join(source, file)));
  }
}

const filesIn = (folder: string, pattern: string): readonly string[] =>
  globSync(pattern, { cwd: folder, exclude: ['**/node_modules'], withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));

/** A package and all that it needs, by their places in the tree, found as Node finds them from `from`. */
function packageFolders(
  name: string,
  from: string,
  found = new Map<string, string>(),
): ReadonlyMap<string, string> {
  const folder = folderOf(name, from);
  if (folder === undefined) return found;
  // A workspace's own copy of a package stands where the workspace's bundle finds it.
  const place = relative(root, folder)
    .split(sep)
    .join('/')
    .replace(/^apps\/(\w+)\/node_modules/, '$1/node_modules');
  if (found.has(place)) return found;
  found.set(place, folder);
  const { dependencies = {}, optionalDependencies = {} } = manifestOf(folder);
  for (const next of Object.keys({ ...dependencies, ...optionalDependencies })) {
    packageFolders(next, folder, found);
  }
  return found;
}

/** Undefined for an optional package that is for other platforms. */
function folderOf(name: string, from: string): string | undefined {
  const places = createRequire(join(from, 'package.json')).resolve.paths(name) ?? [];
  return places
    .map((place) => join(place, name))
    .find((folder) => existsSync(join(folder, 'package.json')));
}

type Dependencies = Readonly<Record<string, string>>;

function manifestOf(folder: string): {
  readonly dependencies?: Dependencies;
  readonly optionalDependencies?: Dependencies;
} {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    dependencies?: Dependencies;
  };
}

/** Of a workspace and of the workspaces that are bundled into it. */
function foreignDependencies(folder: string, found = new Set<string>()): readonly string[] {
  for (const name of Object.keys(manifestOf(folder).dependencies ?? {})) {
    if (found.has(name)) continue;
    found.add(name);
    if (name.startsWith('@concord/')) {
      foreignDependencies(join(root, 'packages', name.slice('@concord/'.length)), found);
    }
  }
  return [...found].filter((name) => !name.startsWith('@concord/'));
}
