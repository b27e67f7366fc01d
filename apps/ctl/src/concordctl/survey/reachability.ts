/** Why a member does not answer, in words: what a plain connection to it says. */
import { connect } from 'node:net';

const CONNECT_MS_MAX = 1_000;

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there (connection refused)',
  ENOTFOUND: 'its name is not known here',
  EAI_AGAIN: 'its name cannot be looked up: the name server does not answer',
  EHOSTUNREACH: 'there is no way to that host',
  ENETUNREACH: 'there is no way to that network',
  ETIMEDOUT: 'the host does not answer',
  ECONNRESET: 'the connection is closed at once',
};

/** Undefined where a connection is taken, and for what is no host and port. */
async function unreachable(url: string): Promise<string | undefined> {
  const place = placeOf(url);
  if (place === undefined) return undefined;
  const code = await connectionCode(place);
  return code === 'connected' ? undefined : (reasons[code] ?? `no connection (${code})`);
}

/**
 * Asks who is there to be asked: a call would be tried until its time is over, and say that alone.
 *
 * @throws Error with the reason in words
 */
export async function askIfReachable<T>(url: string, ask: () => Promise<T>): Promise<T> {
  const reason = await unreachable(url);
  if (reason !== undefined) throw new Error(reason);
  try {
    return await ask();
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    throw new Error(`it takes connections, and the call failed: ${said}`, { cause: error });
  }
}

function placeOf(url: string): { readonly host: string; readonly port: number } | undefined {
  const text = url.includes('://') ? url : `http://${url}`;
  if (!/^https?:/.test(text) || !URL.canParse(text)) return undefined;
  const { hostname, port, protocol } = new URL(text);
  const usual = protocol === 'https:' ? 443 : 80;
  return { host: hostname.replace(/^\[|\]$/g, ''), port: port === '' ? usual : Number(port) };
}

function connectionCode(place: { readonly host: string; readonly port: number }): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ ...place, timeout: CONNECT_MS_MAX });
    const finish = (code: string): void => {
      socket.destroy();
      resolve(code);
    };
    socket.on('connect', () => finish('connected'));
    socket.on('timeout', () => finish('ETIMEDOUT'));
    socket.on('error', (error: NodeJS.ErrnoException) => finish(error.code ?? error.message));
  });
}
