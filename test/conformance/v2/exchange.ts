/**
 * One HTTP request and the whole answer, byte by byte where it is the same from server to server: `fetch` would clean
 * paths, add types and follow redirects.
 */
import { request as httpRequest } from 'node:http';

export interface V2Request {
  readonly method?: string;
  /** As it is sent, query included. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Characters stand for bytes. A form, unless the headers say otherwise. */
  readonly body?: string;
  /** Ends the exchange after so many lines of the body, for streams. */
  readonly lines?: number;
  /** Ends the exchange after this time, with what has come until then. */
  readonly milliseconds?: number;
}

export interface V2Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What is not the API's: connections, times, and the guards that all HTTP shares. */
const FOREIGN_HEADERS = /^(?:date|connection|keep-alive|access-control-.*|vary)$/;
/** A wait has an end of its own; anything else is answered at once. */
const ANSWER_MS_MAX = 30_000;

export function exchange(port: number, asked: V2Request): Promise<V2Answer> {
  const { method = 'GET', path, headers = {}, body, lines, milliseconds } = asked;
  const hasType = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest({
      host: '127.0.0.1',
      port,
      method,
      path,
      agent: false,
      headers: {
        ...(body !== undefined && {
          'Content-Length': body.length,
          ...(!hasType && { 'Content-Type': 'application/x-www-form-urlencoded' }),
        }),
        ...headers,
      },
    });
    const patience = setTimeout(() => {
      outgoing.destroy();
      reject(new Error(`${method} ${path} was not answered in ${ANSWER_MS_MAX} ms`));
    }, ANSWER_MS_MAX);
    outgoing.once('error', (error) => {
      clearTimeout(patience);
      reject(error);
    });
    outgoing.once('response', (response) => {
      let text = '';
      const finish = (): void => {
        clearTimeout(patience);
        clearTimeout(timer);
        response.destroy();
        resolve({
          status: response.statusCode ?? 0,
          headers: ownHeaders(response.headers),
          body: text,
        });
      };
      const timer = milliseconds === undefined ? undefined : setTimeout(finish, milliseconds);
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
        if (lines !== undefined && text.split('\n').length > lines) finish();
      });
      response.once('end', finish);
      response.once('error', () => undefined);
    });
    outgoing.end(body === undefined ? undefined : Buffer.from(body, 'latin1'));
  });
}

function ownHeaders(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Readonly<Record<string, string>> {
  const own = Object.entries(headers)
    .filter(([name]) => !FOREIGN_HEADERS.test(name))
    .map(([name, value]) => [name, String(value)] as const);
  return Object.fromEntries(own.sort(([a], [b]) => (a < b ? -1 : 1)));
}
