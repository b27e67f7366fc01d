/**
 * What neither compiler nor linter sees: sizes that creep, files that nothing uses, packages that lack a usual part,
 * dependencies that nobody argued for, and pure packages that would compile with Node's types.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { test } from 'node:test';

const root = resolve(import.meta.dirname, '..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const files = (...patterns: string[]): string[] =>
  globSync(patterns, {
    cwd: root,
    exclude: (name) => /node_modules|\/dist|\/gen$/.test(name),
  }).sort();

const sources = files('packages/*/src/**/*.ts', 'apps/*/src/**/*.ts').filter(
  (file) => !file.includes('/gen/') && !file.endsWith('.test.ts'),
);
const projects = files('packages/*/package.json', 'apps/*/package.json').map((file) =>
  dirname(file),
);

/** The sources of what other packages import by name. */
function exportedBy(project: string): string[] {
  const { exports = {} } = JSON.parse(read(`${project}/package.json`)) as {
    exports?: Record<string, string | Record<string, string>>;
  };
  return Object.values(exports)
    .map((target) => (typeof target === 'string' ? target : target['@concord/source']))
    .filter((path) => path !== undefined)
    .map((path) => join(project, path));
}

/** A file is one noun; longer ones are two. */
const FILE_LINES_MAX = 400;
/** A function fits a screen. */
const FUNCTION_LINES_MAX = 70;

test('no source file is longer than one noun needs', () => {
  const long = sources.filter((file) => read(file).split('\n').length > FILE_LINES_MAX);
  assert.deepEqual(long, []);
});

test('every function fits a screen', () => {
  const start =
    /^(\s{0,4})(?:export )?(?:(?:public|private|static|override|async|readonly|get|set) )*(?:function\b.*|#?[A-Za-z_$][\w$]*(?:<[^>]*>)?\(.*)\{$/;
  const long: string[] = [];
  for (const file of sources) {
    let open: { line: number; indent: string } | undefined;
    read(file)
      .split('\n')
      .forEach((text, line) => {
        const match = start.exec(text);
        if (match !== null && !/^\s*(?:if|for|while|switch|catch|return)\b/.test(text)) {
          open = { line, indent: match[1] ?? '' };
        } else if (open !== undefined && text.startsWith(`${open.indent}}`)) {
          if (line - open.line > FUNCTION_LINES_MAX) long.push(`${file}:${open.line + 1}`);
          open = undefined;
        }
      });
  }
  assert.deepEqual(long, []);
});

test('every source file is imported by another, or is an entry', () => {
  // Declarations of packages that have none of their own are found by the compiler.
  const entries = /\/(?:main|embedded|sync-thread|store-thread|incoming-thread)\.ts$|\.d\.ts$/;
  const imported = new Set(projects.flatMap(exportedBy));
  for (const file of files('packages/**/*.ts', 'apps/**/*.{ts,tsx}', 'test/**/*.ts', 'bin/*.ts')) {
    for (const [, path = ''] of read(file).matchAll(/(?:from |import\()'(\.[^']+)'/g)) {
      imported.add(relative(root, resolve(root, dirname(file), path)));
    }
  }
  assert.deepEqual(
    sources.filter((file) => !entries.test(file) && !imported.has(file)),
    [],
  );
});

test('every project has a README and a test beside its source', () => {
  for (const project of projects) {
    assert.ok(existsSync(join(root, project, 'README.md')), `${project} lacks a README.md`);
    assert.ok(
      files(`${project}/src/**/*.test.ts`).length > 0,
      `${project} has no test beside its source`,
    );
  }
});

test('no comment postpones work', () => {
  const marks = /\b(?:TODO|FIXME|XXX|HACK)\b/;
  assert.deepEqual(
    sources.filter((file) => marks.test(read(file))),
    [],
  );
});

test('CONTRIBUTING says of every dependency why it is there', () => {
  const contributing = read('CONTRIBUTING.md');
  const names = new Set<string>();
  for (const file of [
    'package.json',
    'test/package.json',
    'docs/package.json',
    ...projects.map((project) => `${project}/package.json`),
  ]) {
    const manifest = JSON.parse(read(file)) as Record<string, Record<string, string> | undefined>;
    for (const kind of [
      'dependencies',
      'devDependencies',
      'optionalDependencies',
      'peerDependencies',
    ]) {
      for (const name of Object.keys(manifest[kind] ?? {})) names.add(name);
    }
  }
  const unexplained = [...names].filter(
    (name) => !name.startsWith('@concord/') && !contributing.includes(`\`${name}\``),
  );
  assert.deepEqual(unexplained, []);
});

test('a pure package that reaches for the world does not compile', () => {
  for (const name of ['protocol', 'raft', 'kv']) {
    const directory = join(root, 'node_modules/.cache/purity', name);
    mkdirSync(directory, { recursive: true });
    for (const [i, line] of [
      `import 'node:fs';`,
      `setTimeout(() => {}, 1);`,
      `process.exit();`,
      `Buffer.alloc(1);`,
      `console.log(1);`,
    ].entries()) {
      const file = join(directory, `impure-${i}.ts`);
      writeFileSync(file, `${line}\nexport {};\n`);
      writeFileSync(
        join(directory, 'tsconfig.json'),
        JSON.stringify({
          extends: join(root, 'packages', name, 'tsconfig.json'),
          compilerOptions: {
            noEmit: true,
            composite: false,
            rootDir: '/',
            incremental: false,
            tsBuildInfoFile: null,
          },
          include: [file],
          references: [],
        }),
      );
      const { status } = spawnSync(process.execPath, [
        join(root, 'node_modules/.bin/tsc'),
        '-p',
        directory,
      ]);
      assert.notEqual(status, 0, `"${line}" compiled in packages/${name}`);
    }
    rmSync(directory, { recursive: true });
  }
});
