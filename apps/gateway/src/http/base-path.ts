/** The gateway under a path of a host that it shares: for proxies that hand paths on as they are. */

/**
 * `url` as the routes know it. One that is not below the path is left as it is: health checks and proxies that cut
 * the path off themselves ask so.
 *
 * @param basePath - without a slash at its end; empty where there is none
 */
export function withoutBasePath(url: string, basePath: string): string {
  if (basePath === '' || !url.startsWith(basePath)) return url;
  const rest = url.slice(basePath.length);
  if (rest === '' || rest.startsWith('?')) return `/${rest}`;
  return rest.startsWith('/') ? rest : url;
}

/** Whether a browser has to be sent on to the path with its slash, so that what the page names is found beside it. */
export const lacksSlash = (url: string, basePath: string): boolean =>
  basePath !== '' && url.split('?', 1)[0] === basePath;
