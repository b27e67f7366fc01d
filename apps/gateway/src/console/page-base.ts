/** Where the console's root is, as seen from a page of it. */

/**
 * What a page's `<base>` says: a path up to the console's root, so that files and pages are found under whatever path a
 * proxy has put the gateway, which it need not know. `path` is the page's, as it came, without the query.
 */
export function baseOfPage(path: string): string {
  const depth = path.split('/').length - 2;
  return depth <= 0 ? './' : '../'.repeat(depth);
}

/** What `index.html` was built with. */
const BUILT_BASE = '<base href="./" />';

/** The page, for one that is opened at `path`. */
export const pageAt = (index: string, path: string): string =>
  index.replace(BUILT_BASE, `<base href="${baseOfPage(path)}" />`);
