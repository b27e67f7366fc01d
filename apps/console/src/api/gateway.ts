/** Requests to the gateway: typed by its OpenAPI document, failing as {@link RequestProblem}. */
import createClient from 'openapi-fetch';
import type { paths } from './gen/schema.ts';
import { noteFreshness } from './freshness.ts';
import { gatewayAddress } from './gateway-address.ts';
import { gatewayAway, problemOf } from './problem.ts';

/** Writes by cookie must carry it: a page of somebody else's cannot. */
const CSRF_HEADER = 'x-concord-csrf';

let csrfToken: string | undefined;
let onSignedOut: () => void = () => undefined;

/** Told by the session when it changes. */
export function carryCsrfToken(token: string | undefined): void {
  csrfToken = token;
}

/** Called when the gateway says that nobody is signed in (any more). */
export function whenSignedOut(callback: () => void): void {
  onSignedOut = callback;
}

/** An address of the gateway, from a path such as `v1/services`. */
export const addressOf = (path: string): string =>
  gatewayAddress(document.baseURI) + path.replace(/^\//, '');

async function send(request: Request): Promise<Response> {
  if (csrfToken !== undefined && request.method !== 'GET') {
    request.headers.set(CSRF_HEADER, csrfToken);
  }
  let answer: Response;
  try {
    answer = await fetch(request);
  } catch (error) {
    if (request.signal.aborted) throw error;
    throw gatewayAway(error);
  }
  if (!answer.ok) {
    const problem = await problemOf(answer);
    if (problem.status === 401) onSignedOut();
    throw problem;
  }
  noteFreshness(answer.headers.get('concord-stale'));
  return answer;
}

/** The operations of the OpenAPI document. A failure throws, so that an answer always has its data: see {@link dataOf}. */
export const gateway = createClient<paths>({
  baseUrl: gatewayAddress(document.baseURI),
  fetch: send,
});

/** The document of an answer: `await dataOf(gateway.GET('/v1/services'))`. */
export async function dataOf<Data>(answer: Promise<{ readonly data?: Data }>): Promise<Data> {
  const { data } = await answer;
  return data as Data;
}

/** A request that the OpenAPI document does not describe well, such as a download. */
export const requestOf = (path: string, init?: RequestInit): Promise<Response> =>
  send(new Request(addressOf(path), init));
