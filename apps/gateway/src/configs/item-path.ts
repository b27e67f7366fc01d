/**
 * How items are named in URLs: `/v1/configs/{namespace}/{path}`, where the slashes of a path may be left as they are or be
 * percent-encoded. The router knows the encoded way alone; the other is made into it before it is asked.
 */
import { ConcordError } from '@concord/client';
import { itemAddress, type ItemAddress } from '@concord/config/records';
import type { PathParameters } from '../access/permission.ts';
import { Problem } from '../http/problem.ts';

/** What can stand behind a path. */
const OPERATIONS: ReadonlySet<string> = new Set([
  'acknowledgements',
  'diff',
  'draft',
  'effective',
  'history',
  'release',
  'rollback',
  'rollout',
  'schemas',
  'validate',
  'watch',
]);

/**
 * `/v1/configs/default/db/url/history` as the router knows it: `/v1/configs/default/db%2Furl/history`. The last segment is an
 * operation if it is the name of one; an item that is called like one is written with `%2F`, in front of it at the least.
 */
export function routedConfigUrl(url: string): string {
  const parts = /^(\/v1\/configs\/[^/?]+\/)([^?]+)(.*)$/s.exec(url);
  if (parts === null) return url;
  const [, front, rest, query] = parts as unknown as [string, string, string, string];
  const segments = rest.split('/');
  // Who encodes slashes encodes all of them: what stands behind is an operation, or nothing that there is.
  if (segments.length === 1 || /%2f/i.test(rest)) return url;
  const last = segments.at(-1)!;
  const operation = OPERATIONS.has(last) ? `/${last}` : '';
  const path = operation === '' ? segments : segments.slice(0, -1);
  return `${front}${path.join('%2F')}${operation}${query}`;
}

/** The item that a path names. @throws Problem `invalid-request` naming the part of the path that can't be meant */
export function addressOf({ namespace = '', path = '' }: PathParameters): ItemAddress {
  return checkedAddress(namespace, path, (part) => `path.${part}`);
}

/** The item that a body names. @param field - what its path is called in the request */
export function checkedAddress(
  namespace: string,
  path: string,
  field: (part: 'namespace' | 'path') => string,
): ItemAddress {
  try {
    return itemAddress('configs', path, namespace);
  } catch (error) {
    if (!ConcordError.is(error, 'INVALID_ARGUMENT')) throw error;
    const part = error.message.includes('"namespace"') ? 'namespace' : 'path';
    const message = error.message.replace(/^configs: /, '');
    throw new Problem('invalid-request', {
      detail: `${field(part)}: ${message}`,
      errors: [{ field: field(part), message }],
    });
  }
}
