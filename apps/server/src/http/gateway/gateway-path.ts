/** The path of a request to the gateway: decoded, clean or not, and the RPC that it names. */
import type { IncomingMessage } from 'node:http';
import type { MethodDescriptor } from '@concord/protocol';
import { targetOf } from '../request-target.ts';
import { GATEWAY_ROUTES } from './routes.ts';

/** The path, decoded; as it is where it cannot be, and then there is nothing there. */
export function pathOf(request: IncomingMessage): string {
  const { path } = targetOf(request);
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** @param prefix the one of the API that the path begins with */
export const methodAt = (prefix: string, path: string): MethodDescriptor | undefined =>
  GATEWAY_ROUTES.get(path.slice(prefix.length));

/** Empty segments, and those that mean this folder or the one above. */
const UNCLEAN = /\/\/|\/\.\.?(?:\/|$)/;

export const isClean = (path: string): boolean => !UNCLEAN.test(path);

/** Where a path leads that has such segments. */
export function cleaned(path: string): string {
  const kept: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') kept.pop();
    else if (segment !== '' && segment !== '.') kept.push(segment);
  }
  const end = path.endsWith('/') && kept.length > 0 ? '/' : '';
  return `/${kept.map(encodeURIComponent).join('/')}${end}`;
}
