/**
 * The HPACK static table (RFC 7541 appendix A): 61 predefined header fields, addressed from 1.
 */

/** Number of static entries; dynamic entries are addressed from here + 1. */
export const STATIC_ENTRIES = 61;

const FIELDS: readonly (readonly [name: string, value?: string])[] = [
  [':authority'],
  [':method', 'GET'],
  [':method', 'POST'],
  [':path', '/'],
  [':path', '/index.html'],
  [':scheme', 'http'],
  [':scheme', 'https'],
  [':status', '200'],
  [':status', '204'],
  [':status', '206'],
  [':status', '304'],
  [':status', '400'],
  [':status', '404'],
  [':status', '500'],
  ['accept-charset'],
  ['accept-encoding', 'gzip, deflate'],
  ['accept-language'],
  ['accept-ranges'],
  ['accept'],
  ['access-control-allow-origin'],
  ['age'],
  ['allow'],
  ['authorization'],
  ['cache-control'],
  ['content-disposition'],
  ['content-encoding'],
  ['content-language'],
  ['content-length'],
  ['content-location'],
  ['content-range'],
  ['content-type'],
  ['cookie'],
  ['date'],
  ['etag'],
  ['expect'],
  ['expires'],
  ['from'],
  ['host'],
  ['if-match'],
  ['if-modified-since'],
  ['if-none-match'],
  ['if-range'],
  ['if-unmodified-since'],
  ['last-modified'],
  ['link'],
  ['location'],
  ['max-forwards'],
  ['proxy-authenticate'],
  ['proxy-authorization'],
  ['range'],
  ['referer'],
  ['refresh'],
  ['retry-after'],
  ['server'],
  ['set-cookie'],
  ['strict-transport-security'],
  ['transfer-encoding'],
  ['user-agent'],
  ['vary'],
  ['via'],
  ['www-authenticate'],
];

/** Field names by static index; index 0 is unused because HPACK counts from 1. */
export const staticNames: readonly string[] = ['', ...FIELDS.map(([name]) => name)];

/** Field values by static index, empty where the table defines only a name. */
export const staticValues: readonly string[] = ['', ...FIELDS.map(([, value]) => value ?? '')];

const indexByName = new Map<string, number>();
const indexByField = new Map<string, number>();
for (let index = STATIC_ENTRIES; index >= 1; index--) {
  indexByName.set(staticNames[index]!, index);
  indexByField.set(`${staticNames[index]!}\n${staticValues[index]!}`, index);
}

/** The lowest index whose name is `name`, or 0. */
export const staticIndexOfName = (name: string): number => indexByName.get(name) ?? 0;

/** The index of the entry that equals the whole field, or 0. */
export const staticIndexOfField = (name: string, value: string): number =>
  indexByField.get(`${name}\n${value}`) ?? 0;
