/**
 * Which characters a header field may hold over HTTP/2 (RFC 9113 section 8.2.1): names are lower-case
 * tokens, a pseudo-header's colon first; values hold no NUL, CR or LF and neither start nor end with
 * white space.
 */

const NAME = /^:?[!#$%&'*+\-.^_`|~0-9a-z]+$/;
const VALUE_FORBIDDEN = new RegExp('[\\0\\r\\n]|^[ \\t]|[ \\t]$');

/** Whether `name` may be a field name, pseudo-header names included. */
export const isFieldName = (name: string): boolean => NAME.test(name);

/** Whether `value` may be a field value. */
export const isFieldValue = (value: string): boolean => !VALUE_FORBIDDEN.test(value);
