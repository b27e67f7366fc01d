/**
 * A reference page's code as one program. Its examples build on each other and take for granted what a reader has: so
 * each is in the scope of those before it, and a comment that begins with `<!-- ts` declares the rest.
 */

const CODE = /^(?:```|<!-- )ts\n([\s\S]*?)\n(?:```|-->)$/gm;
/** A function has no exports. */
const EXPORT = /^export (?=class|const|function|async)/gm;
const IMPORT = /^import (?:\{([^}]*)\} from )?'([^']+)';$/gm;

/** How many examples a reader sees. */
export const countExamples = (document: string): number => document.match(/^```ts$/gm)?.length ?? 0;

/** TypeScript that ends with the process. */
export function programOf(document: string): string {
  const imports = new Map<string, Set<string>>();
  const bodies = [...document.matchAll(CODE)].map(([, code = '']) =>
    code.replace(EXPORT, '').replace(IMPORT, (_, names: string | undefined, from: string) => {
      const known = imports.get(from) ?? new Set();
      for (const name of names?.split(',') ?? []) if (name.trim() !== '') known.add(name.trim());
      imports.set(from, known);
      return '';
    }),
  );
  const head = [...imports].map(([from, names]) =>
    names.size === 0 ? `import '${from}';` : `import { ${[...names].join(', ')} } from '${from}';`,
  );
  return [
    ...head,
    'async function examples() {',
    bodies.join('\n{\n'),
    '}'.repeat(bodies.length),
    'await examples();',
    'process.exit();',
  ].join('\n');
}
