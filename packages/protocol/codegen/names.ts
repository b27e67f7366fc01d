/**
 * How a name in a `.proto` file reads in JSON (and in our TypeScript) and in Go (and so in etcd's errors).
 */

/** The lowerCamelCase name of protobuf's JSON mapping: `prev_kv` becomes `prevKv`, `ID` stays. */
export function jsonName(name: string): string {
  return name.replace(/_+([^_]?)/g, (_, letter: string) => letter.toUpperCase());
}

/**
 * The name that Go's generator gives: `prev_kv` becomes `PrevKv`. An underscore stays unless a lower-case
 * letter follows it: `remaining_TTL` becomes `Remaining_TTL`.
 */
export function goName(name: string): string {
  return name
    .replace(/^_/, 'X')
    .replace(/(^|_)([a-z])/g, (_, _underscore: string, letter: string) => letter.toUpperCase());
}

/** `LeaseGrant` becomes `leaseGrant`, `HashKV` becomes `hashKV`. */
export function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
