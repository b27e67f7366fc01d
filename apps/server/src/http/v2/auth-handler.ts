/**
 * `/v2/auth`: what etcd answers as long as nobody has used v2's own authentication. It cannot be used here: v3's
 * users and roles guard the store, and with it the v2 tree.
 */
import type { ByteString } from '@concord/protocol';
import { goString } from './go-json.ts';
import { json, methodNotAllowed, notFound, type V2Reply } from './reply.ts';

const ROOT_ROLE = '{"role":"root","permissions":{"kv":{"read":["/*"],"write":["/*"]}}}';
const UNSUPPORTED =
  'auth: v2 users and roles are not supported; use v3 authentication (etcdctl user, role, auth)';

/** @param path what follows `/v2/auth` */
export function answerAuth(
  method: string,
  path: ByteString,
  headers: Readonly<Record<string, string>>,
): V2Reply {
  const message = (status: number, text: ByteString): V2Reply =>
    json(status, `{"message":${goString(text)}}`, headers);
  const [, kind = '', name = '', ...more] = path.replace(/\/$/, '').split('/');
  const isKnown = path === '/enable' || kind === 'users' || kind === 'roles';
  if (!isKnown) return notFound();
  if (more.length > 0) return json(400, '{"message":"Invalid path"}');
  const methods = kind === 'enable' || name !== '' ? ['GET', 'PUT', 'DELETE'] : ['GET'];
  if (!methods.includes(method)) return methodNotAllowed({ Allow: methods.join() });
  if (kind === 'enable') {
    if (method === 'GET') return json(200, '{"enabled":false}\n', headers);
    return method === 'PUT'
      ? message(409, 'auth: No root user available, please create one')
      : message(409, 'auth: already disabled');
  }
  if (name === '') {
    const body = kind === 'users' ? '{"users":null}\n' : `{"roles":[${ROOT_ROLE}]}\n`;
    return json(200, body, headers);
  }
  if (method === 'PUT') return message(501, UNSUPPORTED);
  if (kind === 'users') {
    const end = method === 'GET' ? '.' : '';
    return message(404, `auth: User ${name} does not exist${end}`);
  }
  if (name === 'root') {
    if (method === 'GET') return json(200, `${ROOT_ROLE}\n`, headers);
    return message(403, 'auth: Cannot modify role root: is root role.');
  }
  return message(
    404,
    method === 'GET' ? `auth: Role ${name} does not exist.` : `auth: Role ${name} doesn't exist.`,
  );
}
