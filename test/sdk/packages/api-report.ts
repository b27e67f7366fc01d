/**
 * What a package offers, as text: the declarations of all that its entry points export, by name, without comments and
 * private parts. Kept in the package as `api.md`, so that a change of what users see is seen in review.
 */
import { readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import ts from 'typescript';
import { ROOT, directoryOf, manifestOf, type Published } from './published.ts';

export const UPDATE_COMMAND = 'node_modules/.bin/node test/sdk/packages/update-api.ts';

const printer = ts.createPrinter({ removeComments: true, newLine: ts.NewLineKind.LineFeed });

/** The reports of packages, of what was compiled last. One program for all: most of its time is the same for each. */
export class ApiReports {
  readonly #program: ts.Program;

  constructor(names: readonly Published[]) {
    const files = names.flatMap((name) => [...entriesOf(name).values()]);
    this.#program = ts.createProgram(files, {
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      target: ts.ScriptTarget.ES2024,
      skipLibCheck: true,
      types: ['node'],
    });
  }

  of(name: Published): string {
    const parts = [...entriesOf(name)].map(([entry, file]) => {
      const exported = exportsOf(this.#program, file);
      const declarations = exported.map((symbol) => describe(this.#program, name, symbol));
      return `## ${entry}\n\n\`\`\`ts\n${declarations.join('\n\n')}\n\`\`\`\n`;
    });
    const title = `# What ${manifestOf(name).name} exports\n\nMade by \`${UPDATE_COMMAND}\`; a test compares.\n`;
    return [title, ...parts].join('\n');
  }
}

export const reportFile = (name: Published): string => join(directoryOf(name), 'api.md');

export function keptReport(name: Published): string {
  try {
    return readFileSync(reportFile(name), 'utf8');
  } catch {
    return '';
  }
}

/** The declaration files of the entry points, by what users write. */
function entriesOf(name: Published): ReadonlyMap<string, string> {
  const { name: packageName, exports } = manifestOf(name);
  const entries = new Map<string, string>();
  for (const [subpath, target] of Object.entries(exports)) {
    if (typeof target === 'string' || target['types'] === undefined) continue;
    entries.set(`${packageName}${subpath.slice(1)}`, join(directoryOf(name), target['types']));
  }
  return entries;
}

function exportsOf(program: ts.Program, file: string): readonly ts.Symbol[] {
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  const module = source && checker.getSymbolAtLocation(source);
  if (module === undefined) return [];
  // By code unit, not by the order of a locale.
  return checker.getExportsOfModule(module).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function describe(program: ts.Program, owner: Published, exported: ts.Symbol): string {
  const checker = program.getTypeChecker();
  const isAlias = (exported.flags & ts.SymbolFlags.Alias) !== 0;
  const symbol = isAlias ? checker.getAliasedSymbol(exported) : exported;
  const declarations = symbol.declarations ?? [];
  const origin = originOf(owner, declarations[0]);
  if (origin !== undefined) return `export { ${exported.name} } from '${origin}';`;
  return declarations.map((declaration) => print(declaration, exported.name)).join('\n');
}

/** The package of ours that something comes from, where it is another one. */
function originOf(owner: Published, declaration: ts.Declaration | undefined): string | undefined {
  const file = declaration?.getSourceFile().fileName ?? '';
  const [top, folder, ...rest] = relative(ROOT, file).split(sep);
  if (top === 'packages' && folder !== owner) return `@concord/${folder ?? ''}`;
  if (top === 'node_modules') return rest.length > 0 ? (folder ?? '') : undefined;
  return undefined;
}

function print(declaration: ts.Declaration, name: string): string {
  const isVariable = ts.isVariableDeclaration(declaration);
  const node = isVariable ? declaration.parent.parent : declaration;
  const text = printer.printNode(ts.EmitHint.Unspecified, node, declaration.getSourceFile());
  const publicLines = text.split('\n').filter((line) => !/^\s*(?:#private|private )/.test(line));
  const own = (declaration as ts.NamedDeclaration).name?.getText();
  const renamed = own !== undefined && own !== name ? `\nexport { ${own} as ${name} };` : '';
  return publicLines.join('\n') + renamed;
}
