/** The path of a request as Go's server takes it: decoded, and sent back to its clean form where it is not clean. */
import type { ByteString } from '@concord/protocol';
import { firstBadEscape, unescapePercent } from './form.ts';
import { cleanPath } from './key-path.ts';
import { badRequest, type V2Reply } from './reply.ts';

export interface RequestPath {
  /** Decoded and clean; may end with a slash. */
  readonly path: ByteString;
  /** As it was sent, without the question mark. */
  readonly query: ByteString;
}

/** What to go on with, or the answer of a request that goes no further. */
export function readRequestPath(url: string, method: string | undefined): RequestPath | V2Reply {
  const [, target = '', query = ''] =
    /^(?:[a-z][a-z0-9+.-]*:\/\/[^/?]*)?([^?]*)\??([^]*)$/i.exec(url) ?? [];
  if (firstBadEscape(target) !== undefined) return badRequest();
  // etcd answers what browsers ask first before it looks where a request goes.
  if (method === 'OPTIONS') return { status: 200, body: '' };
  const path = unescapePercent(target);
  const clean = cleanPath(path);
  const kept = path.endsWith('/') && clean !== '/' ? `${clean}/` : clean;
  if (kept === path) return { path, query };
  return moved(escapePath(kept) + (query === '' ? '' : `?${query}`), method);
}

function moved(location: string, method: string | undefined): V2Reply {
  const hasBody = method === 'GET' || method === 'HEAD';
  return {
    status: 301,
    headers: { Location: location },
    ...(hasBody && { contentType: 'text/html; charset=utf-8' }),
    body: hasBody ? `<a href="${escapeHtml(location)}">Moved Permanently</a>.\n\n` : '',
  };
}

/** What Go leaves as it is in a path. */
const escapePath = (path: ByteString): string =>
  path.replace(/[^A-Za-z0-9\-_.~$&+,/:;=@]/g, (byte) => {
    const hex = byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0');
    return `%${hex}`;
  });

const htmlEscapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&#34;',
  "'": '&#39;',
};

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => htmlEscapes[character] ?? character);
