/**
 * Everything that is generated, as text by path: the modules in `src/gen/`, and the part of `src/index.ts`
 * that exports their names.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { emitDescriptors } from './emit-descriptors.ts';
import { emitFile, modulePath } from './emit-file.ts';
import { emitJsonFields, JSON_FIELDS } from './emit-json-fields.ts';
import { loadSchema, type ProtoFile } from './schema.ts';
import { LINE_WIDTH } from './text.ts';

/** Where the `.proto` files are. */
export const PROTO_DIRECTORY: string = join(import.meta.dirname, '../../../proto');

/** What generated paths are relative to. */
export const SOURCE_DIRECTORY: string = join(import.meta.dirname, '../src');

/** The API that is also spoken in JSON. */
const JSON_FOLDER = 'etcd/';

const INDEX = 'index.ts';
const INDEX_BEGIN = '// Generated from here to the end by codegen/main.ts.\n';

/** Generated files by path below `SOURCE_DIRECTORY`. */
export function generate(): Map<string, string> {
  const files = loadSchema(PROTO_DIRECTORY);
  const index = readFileSync(join(SOURCE_DIRECTORY, INDEX), 'utf8');
  const begin = index.indexOf(INDEX_BEGIN);
  if (begin < 0) throw new Error(`expected the line "${INDEX_BEGIN.trim()}" in src/${INDEX}`);
  return new Map([
    ...files.map((file) => [modulePath(file.path), emitFile(file)] as const),
    ['gen/descriptors.ts', emitDescriptors(PROTO_DIRECTORY)],
    [JSON_FIELDS, emitJsonFields(files.filter(({ path }) => path.startsWith(JSON_FOLDER)))],
    [INDEX, index.slice(0, begin) + INDEX_BEGIN + emitExports(files)],
  ]);
}

function emitExports(files: readonly ProtoFile[]): string {
  const owners = new Map<string, string>();
  return files
    .map((file) => {
      const names = [...file.messages, ...file.enums, ...file.services].map(({ name }) => name);
      for (const name of names) claim(owners, name, file.path);
      return exportLines(names.sort(), modulePath(file.path));
    })
    .join('');
}

/** As prettier would have it. */
function exportLines(names: readonly string[], path: string): string {
  const oneLine = `export { ${names.join(', ')} } from './${path}';\n`;
  if (oneLine.length <= LINE_WIDTH + 1) return oneLine;
  return `export {\n${names.map((name) => `  ${name},\n`).join('')}} from './${path}';\n`;
}

/** All names share the package's one name space. */
function claim(owners: Map<string, string>, name: string, path: string): void {
  const owner = owners.get(name);
  if (owner !== undefined) throw new Error(`${name} is declared in ${owner} and in ${path}`);
  owners.set(name, path);
}
