/**
 * Pages of the site are written to be read in the repository, too, where a link is a path. Paths that lead out of `docs/` go to
 * the page of the site that has the same text, or to the repository.
 */
import { dirname, relative, resolve } from 'node:path';
import type { MarkdownRenderer } from 'vitepress';

const REPOSITORY = 'https://github.com/concord/concord/blob/main/';

/** Of packages whose README is a page here. */
const PAGES: ReadonlyMap<string, string> = new Map([
  ['packages/sdk/README.md', 'sdk/index.md'],
  ['packages/registry/BALANCING.md', 'sdk/balancing.md'],
  ...['registry', 'config', 'lock', 'client', 'nestjs', 'testing'].map(
    (name) => [`packages/${name}/README.md`, `sdk/${name}.md`] as const,
  ),
]);
const SOURCES: ReadonlyMap<string, string> = new Map(
  [...PAGES].map(([file, page]) => [page, file]),
);

export function linksOfReadmes(markdown: MarkdownRenderer, docs: string): void {
  const root = resolve(docs, '..');
  markdown.core.ruler.push('links-of-readmes', ({ tokens, env }) => {
    const { relativePath = '' } = env as { relativePath?: string };
    const file = SOURCES.get(relativePath) ?? `docs/${relativePath}`;
    for (const { children } of tokens) {
      for (const token of children ?? []) {
        const href = token.type === 'link_open' ? token.attrGet('href') : null;
        if (href === null || !/^\.{0,2}\/?[\w-]/.test(href) || href.includes(':')) continue;
        token.attrSet('href', onSite(root, file, relativePath, href));
      }
    }
  });
}

function onSite(root: string, file: string, page: string, href: string): string {
  const [path = '', anchor] = href.split('#');
  const target = relative(root, resolve(root, dirname(file), path));
  const suffix = anchor === undefined ? '' : `#${anchor}`;
  const there = PAGES.get(target) ?? (target.startsWith('docs/') ? target.slice(5) : undefined);
  if (there === undefined) return `${REPOSITORY}${target}${suffix}`;
  const way = relative(dirname(`/${page}`), `/${there}`);
  return `${way.startsWith('.') ? way : `./${way}`}${suffix}`;
}
