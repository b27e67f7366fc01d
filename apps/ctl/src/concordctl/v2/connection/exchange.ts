/** One request to one endpoint, and its answer. */
import { request as httpRequest, Agent as HttpAgent, type IncomingMessage } from 'node:http';
import { request as httpsRequest, Agent as HttpsAgent } from 'node:https';
import type { Endpoint } from './endpoints.ts';
import { DeadlineError, networkError } from './network-error.ts';

export interface V2Request {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  /** Below the endpoint, escaped. */
  readonly path: string;
  /** Of its parameters, escaped and in order. */
  readonly query?: string;
  readonly body?: string;
  readonly contentType?: string;
  /** Its answer comes when there is news: no time is set for it. */
  readonly isWait?: boolean;
  /** `--debug` does not show it. */
  readonly isQuiet?: boolean;
}

export interface V2Answer {
  readonly status: number;
  readonly header: (name: string) => string | undefined;
  readonly body: string;
}

export interface ExchangeOptions {
  /** For the head of an answer. 0 is no limit. */
  readonly headerTimeoutMs: number;
  /** PEM. */
  readonly tls: { readonly ca?: Buffer; readonly cert?: Buffer; readonly key?: Buffer };
  readonly serverName: string | undefined;
  readonly credentials: string | undefined;
  /** Is told each request as a cURL command. */
  readonly debug: ((line: string) => void) | undefined;
}

/** The largest listing that a v2 store can be asked for is a small part of this; a foreign server may send more. */
const BODY_BYTES_MAX = 512 * 1024 * 1024;

/** As etcd's client. */
const REDIRECTS_MAX = 10;

export class Exchange implements Disposable {
  readonly #options: ExchangeOptions;
  readonly #http = new HttpAgent({ keepAlive: true });
  readonly #https: HttpsAgent;

  constructor(options: ExchangeOptions) {
    this.#options = options;
    const servername = options.serverName === undefined ? {} : { servername: options.serverName };
    this.#https = new HttpsAgent({
      keepAlive: true,
      // As in Go, whatever certificate one trusts may be the end of a chain.
      allowPartialTrustChain: true,
      ...options.tls,
      ...servername,
    });
  }

  /** Rejects in the words of etcd's client; with `DeadlineError` when the deadline aborts. */
  async send(endpoint: Endpoint, request: V2Request, deadline: AbortSignal): Promise<V2Answer> {
    let url = urlOf(endpoint, request);
    for (let redirects = 0; ; redirects++) {
      if (redirects > REDIRECTS_MAX) throw new Error('client: too many redirects');
      const answer = await this.#sendTo(url, endpoint, request, deadline);
      if (Math.floor(answer.status / 100) !== 3) return answer;
      const location = answer.header('location');
      if (location === undefined) throw new Error('location header not set');
      url = location;
    }
  }

  async #sendTo(
    url: string,
    endpoint: Endpoint,
    request: V2Request,
    deadline: AbortSignal,
  ): Promise<V2Answer> {
    const { method, body, contentType, isWait = false } = request;
    const { headerTimeoutMs, credentials, debug } = this.#options;
    const data = body === undefined ? '' : ` -d ${JSON.stringify(body)}`;
    if (request.isQuiet !== true) debug?.(`cURL Command: curl -X ${method} ${url}${data}\n`);
    const isHttps = url.startsWith('https:');
    if (!isHttps && !url.startsWith('http:')) {
      throw new Error(`unsupported protocol scheme ${JSON.stringify(endpoint.scheme)}`);
    }
    const send = isHttps ? httpsRequest : httpRequest;
    const headLimit = new AbortController();
    const limitMs = isWait ? 0 : headerTimeoutMs;
    const timer = limitMs > 0 ? setTimeout(() => headLimit.abort(), limitMs) : undefined;
    try {
      deadline.throwIfAborted();
      const response = await new Promise<IncomingMessage>((resolve, reject) => {
        const headers = {
          ...(contentType !== undefined && { 'content-type': contentType }),
          ...(body !== undefined && { 'content-length': Buffer.byteLength(body) }),
        };
        const agent = isHttps ? this.#https : this.#http;
        const signal = AbortSignal.any([deadline, headLimit.signal]);
        const auth = credentials === undefined ? {} : { auth: credentials };
        send(url, { method, headers, agent, signal, ...auth })
          .on('error', reject)
          .on('response', resolve)
          .end(body);
      });
      clearTimeout(timer);
      return {
        status: response.statusCode ?? 0,
        header: (name) => response.headers[name] as string | undefined,
        body: await bodyOf(response),
      };
    } catch (error) {
      if (deadline.aborted) throw new DeadlineError();
      if (headLimit.signal.aborted) {
        throw new Error(`client: endpoint ${endpoint.text} exceeded header timeout`);
      }
      throw networkError(error);
    } finally {
      clearTimeout(timer);
    }
  }

  [Symbol.dispose](): void {
    this.#http.destroy();
    this.#https.destroy();
  }
}

function urlOf({ text }: Endpoint, { path, query }: V2Request): string {
  return `${text.replace(/\/$/, '')}${path}${query === undefined ? '' : `?${query}`}`;
}

async function bodyOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > BODY_BYTES_MAX)
      throw new Error(`client: an answer of over ${BODY_BYTES_MAX} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
