/** Where to send requests: by flags, environment or DNS, read as etcdctl of the v2 API reads them. */
import { resolveSrv } from 'node:dns/promises';
import type { FlagSet } from '../line/flag-set.ts';
import { plainFailure } from '../failure.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** 4001 is the port of etcd's first years. */
const defaultEndpoints = 'http://127.0.0.1:2379,http://127.0.0.1:4001';

/** An endpoint as it is shown, and as it is dialled: what has a foreign scheme fails when it is used. */
export interface Endpoint {
  readonly text: string;
  readonly scheme: string;
}

/** The name under which certificates are checked where endpoints came from DNS. */
export function discoveryName(globals: FlagSet, environment: Environment): string | undefined {
  const { domain, isInsecure } = discovery(globals, environment);
  return domain === '' || isInsecure ? undefined : domain;
}

function discovery(
  globals: FlagSet,
  environment: Environment,
): { domain: string; isInsecure: boolean } {
  return {
    domain: globals.string('discovery-srv') || (environment['ETCDCTL_DISCOVERY_SRV'] ?? ''),
    isInsecure:
      globals.bool('insecure-discovery') || Boolean(environment['ETCDCTL_INSECURE_DISCOVERY']),
  };
}

/** Throws `V2Failure`. */
export async function endpointsOf(
  globals: FlagSet,
  environment: Environment,
  complain: (text: string) => void,
): Promise<readonly Endpoint[]> {
  const { domain, isInsecure } = discovery(globals, environment);
  const service = environment['ETCDCTL_DISCOVERY_SRV_NAME'] ?? '';
  const found = domain === '' ? [] : await discover(domain, service);
  const secure = found.filter((text) => {
    const isKept = isInsecure || !text.startsWith('http://');
    if (!isKept) complain(`ignoring discovered insecure endpoint ${JSON.stringify(text)}\n`);
    return isKept;
  });
  const given =
    globals.string('endpoints') ||
    environment['ETCDCTL_ENDPOINTS'] ||
    globals.string('endpoint') ||
    environment['ETCDCTL_ENDPOINT'] ||
    globals.string('peers') ||
    environment['ETCDCTL_PEERS'] ||
    defaultEndpoints;
  return (secure.length > 0 ? secure : given.split(',')).map(parseEndpoint);
}

/** Throws `V2Failure`. */
export function parseEndpoint(text: string): Endpoint {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(text)?.[1]?.toLowerCase();
  if (scheme !== undefined) return { text, scheme };
  const problem = text.startsWith(':')
    ? 'missing protocol scheme'
    : /^[^/]*:/.test(text)
      ? 'first path segment in URL cannot contain colon'
      : undefined;
  if (problem !== undefined) throw plainFailure(`parse ${JSON.stringify(text)}: ${problem}`);
  return { text: `http://${text}`, scheme: 'http' };
}

async function discover(domain: string, name: string): Promise<readonly string[]> {
  const suffix = name === '' ? '' : `-${name}`;
  const lookUp = async (service: string, scheme: string): Promise<string[]> => {
    const records = await resolveSrv(`_${service}${suffix}._tcp.${domain}`);
    return records.map((record) => `${scheme}://${record.name}:${record.port}`);
  };
  const [https, http] = await Promise.allSettled([
    lookUp('etcd-client-ssl', 'https'),
    lookUp('etcd-client', 'http'),
  ]);
  if (https.status === 'rejected' && http.status === 'rejected') {
    const [first, second] = [https.reason, http.reason].map(String);
    throw plainFailure(`dns lookup errors: ${first} and ${second}`);
  }
  return [https, http].flatMap((found) => (found.status === 'fulfilled' ? found.value : []));
}
