/**
 * How proxies tell of each other, in the layout of etcd's naming package: a key of the prefix, a slash and the address, and
 * JSON as the value.
 */

export interface RegisteredProxy {
  /** What clients are told. */
  readonly address: string;
  /** The host's name. */
  readonly name: string;
}

/** The prefix of all of them. */
export const registrationPrefix = (prefix: string): string => `${prefix}/`;

export const registrationKey = (prefix: string, address: string): string =>
  registrationPrefix(prefix) + address;

export const formatRegistration = ({ address, name }: RegisteredProxy): string =>
  JSON.stringify({ Op: 0, Addr: address, Metadata: JSON.stringify({ name }) });

/** Undefined for what is none. */
export function parseRegistration(text: string): RegisteredProxy | undefined {
  try {
    const { Addr: address, Metadata: metadata } = JSON.parse(text) as Record<string, unknown>;
    if (typeof address !== 'string' || address === '') return undefined;
    const parsed: unknown = typeof metadata === 'string' ? JSON.parse(metadata) : undefined;
    const name =
      typeof parsed === 'object' && parsed !== null && 'name' in parsed ? parsed.name : '';
    return { address, name: typeof name === 'string' ? name : '' };
  } catch {
    return undefined;
  }
}
