/** Members in v2's JSON, and the body that adds or moves one. */
import { decodeUtf8, goString } from './go-json.ts';
import type { ByteString, Member } from '@concord/protocol';

/** etcd writes ids without leading zeros. */
export const idText = (id: bigint): string => id.toString(16);

export function memberJson({ ID, name, peerURLs, clientURLs }: Member): string {
  const urls = (list: readonly string[]): string => JSON.stringify(list);
  return `{"id":"${idText(ID)}","name":${goString(toUtf8(name))},"peerURLs":${urls(peerURLs)},"clientURLs":${urls(clientURLs)}}`;
}

const toUtf8 = (text: string): ByteString => Buffer.from(text, 'utf8').toString('latin1');

/** The peer URLs, or what is wrong with the body, in Go's words as far as they are known. */
export function readPeerUrls(body: ByteString): readonly string[] | { readonly wrong: string } {
  if (body.trim() === '') return { wrong: 'unexpected end of JSON input' };
  let value: unknown;
  try {
    value = JSON.parse(decodeUtf8(body));
  } catch {
    return { wrong: goSyntaxError(body) };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return value === null ? { wrong: NO_URLS } : wrongType(value, 'value', '{ PeerURLs []string }');
  const urls = (value as { readonly peerURLs?: unknown }).peerURLs ?? [];
  if (!Array.isArray(urls)) return wrongType(urls, 'field .peerURLs', '[]string');
  const wrong: unknown = urls.find((url) => typeof url !== 'string');
  if (wrong !== undefined) return wrongType(wrong, 'field .peerURLs', 'string');
  return checkUrls(urls as readonly string[]);
}

const NO_URLS = 'no valid URLs given';

function checkUrls(urls: readonly string[]): readonly string[] | { readonly wrong: string } {
  if (urls.length === 0) return { wrong: NO_URLS };
  const trimmed = urls.map((url) => url.trim());
  for (const url of trimmed) {
    const [, scheme = '', host = '', path = ''] =
      /^(?:([a-z]+):\/\/)?([^/]*)([^]*)$/.exec(url) ?? [];
    if (!/^(?:http|https|unix|unixs)$/.test(scheme))
      return { wrong: `URL scheme must be http, https, unix, or unixs: ${url}` };
    if (!scheme.startsWith('unix') && !/^(?:\[[^\]]*\]|[^:]*):\d+$/.test(host))
      return { wrong: `URL address does not have the form "host:port": ${url}` };
    if (path !== '') return { wrong: `URL must not contain a path: ${url}` };
  }
  return trimmed.toSorted();
}

function wrongType(value: unknown, where: string, wanted: string): { readonly wrong: string } {
  const kind = Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value;
  const into =
    where === 'value'
      ? `Go value of type struct ${wanted}`
      : `Go struct ${where} of type ${wanted}`;
  return { wrong: `json: cannot unmarshal ${kind} into ${into}` };
}

/** Of the commonest mistakes: something else where a value begins, or no end. */
function goSyntaxError(body: ByteString): string {
  const first = body.trim()[0] ?? '';
  const isCut = first === '{' || first === '[' || first === '"';
  if (isCut) return 'unexpected end of JSON input';
  return `invalid character '${first}' looking for beginning of value`;
}
