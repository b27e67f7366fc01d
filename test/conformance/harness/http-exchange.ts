/**
 * HTTP requests as bytes and answers as bytes: the gateway's clients are programs of every kind, so nothing here helps.
 */
import { request, type ClientRequest, type IncomingHttpHeaders } from 'node:http';

export interface HttpQuestion {
  readonly path: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly trailers: NodeJS.Dict<string>;
  readonly body: string;
}

/** No answer takes longer, unless the server has lost the request. */
const ANSWER_MS_MAX = 20_000;

/** Asks, and resolves with the whole answer. */
export function exchange(port: number, question: HttpQuestion): Promise<HttpAnswer> {
  const opened = new OpenExchange(port, question);
  opened.end(question.body ?? '');
  return opened.whole();
}

/** A request whose body is sent bit by bit, and an answer that is read line by line. */
export class OpenExchange {
  readonly #request: ClientRequest;
  readonly #answer = Promise.withResolvers<HttpAnswer>();
  readonly #lines: string[] = [];
  #body = '';
  #news = news();

  constructor(port: number, { path, method = 'POST', headers = {}, body = '' }: HttpQuestion) {
    const length = Buffer.byteLength(body);
    this.#request = request({
      host: '127.0.0.1',
      port,
      path,
      method,
      headers: { ...headers, ...(length > 0 && { 'Content-Length': length }) },
      agent: false,
      timeout: ANSWER_MS_MAX,
    });
    this.#answer.promise.catch(() => undefined);
    this.#request.on('timeout', () => this.#request.destroy(new Error(`no answer to ${path}`)));
    this.#request.on('error', (error) => this.#fail(error));
    this.#request.on('response', (response) => {
      response.setEncoding('utf8');
      response.on('data', (text: string) => this.#take(text));
      response.on('error', (error) => this.#fail(error));
      response.on('end', () => {
        const { statusCode = 0, headers, trailers } = response;
        this.#answer.resolve({ status: statusCode, headers, trailers, body: this.#body });
        this.#news.reject(new Error(`the answer to ${path} has ended`));
      });
    });
  }

  send(text: string): void {
    this.#request.write(text);
  }

  end(text: string | Buffer = ''): void {
    this.#request.end(text);
  }

  /** Goes away, as a client that is killed does. */
  cut(): void {
    this.#request.destroy();
  }

  /** The next line of the answer. */
  async line(): Promise<string> {
    for (;;) {
      const line = this.#lines.shift();
      if (line !== undefined) return line;
      await this.#news.promise;
    }
  }

  whole(): Promise<HttpAnswer> {
    return this.#answer.promise;
  }

  #take(text: string): void {
    const begun = this.#body.slice(this.#body.lastIndexOf('\n') + 1);
    this.#body += text;
    this.#lines.push(...(begun + text).split('\n').slice(0, -1));
    this.#news.resolve();
    this.#news = news();
  }

  #fail(error: Error): void {
    this.#answer.reject(error);
    this.#news.reject(error);
  }
}

/** Something has come, or nothing more will; nobody need be waiting. */
function news(): PromiseWithResolvers<void> {
  const promised = Promise.withResolvers<void>();
  promised.promise.catch(() => undefined);
  return promised;
}

/**
 * The JSON of a gateway's answer without what is the server's own. Everything else stays, byte for byte, but for two
 * things that are allowed to differ:
 *
 * - From 3.6 on etcd writes a space after commas or it does not, by the build: protobuf's library makes sure that nobody
 *   relies on it. The same goes for the space after `proto:`, which may be a no-break space. Concord writes none.
 * - The text of an error is in `message` and, up to 3.5, in `error` too, with `code` last. Concord has all three, `code`
 *   first, for clients of either.
 */
export function canonicalJson(json: string): string {
  return json
    .split('\n')
    .map((line) =>
      withoutSpaces(line)
        .replaceAll('\u00a0', ' ')
        .replace(/"(cluster_id|member_id|raft_term)":"\d+"/g, '"$1":"#"')
        .replace(ERROR_KEY, '{')
        .replace(/^\{"message":("(?:[^"\\]|\\.)*"),"code":(\d+)\}$/, '{"code":$2,"message":$1}'),
    )
    .join('\n');
}

const ERROR_KEY = /^\{"error":"(?:[^"\\]|\\.)*",/;

/** Takes spaces out that stand between tokens, not those in strings. */
export const withoutSpaces = (json: string): string =>
  json.replace(/("(?:[^"\\]|\\.)*")|, /g, (_, text: string | undefined) => text ?? ',');
