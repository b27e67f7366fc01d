/**
 * Documents of the gateway, read and written by their paths. Beside the typed client: for operations whose path, query or
 * headers are put together by the page, as keys (bytes) and lists in pages are.
 */
import { requestOf } from './gateway.ts';
import type { operations } from './gen/schema.ts';

type Responses<Operation extends keyof operations> = operations[Operation]['responses'];

/** The document that an operation answers with, by the name that it has in the OpenAPI document. */
export type Answer<Operation extends keyof operations> =
  Responses<Operation> extends { 200: { content: { 'application/json': infer Document } } }
    ? Document
    : Responses<Operation> extends { 201: { content: { 'application/json': infer Document } } }
      ? Document
      : never;

export type QueryValues = Readonly<
  Record<string, string | number | boolean | readonly string[] | undefined>
>;

/** `path` with `query`; parameters that are undefined or an empty text are left out. */
export function pathWith(path: string, query: QueryValues = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === '') continue;
    for (const one of typeof value === 'object' ? value : [String(value)])
      parameters.append(name, one);
  }
  const text = parameters.toString();
  return text === '' ? path : `${path}?${text}`;
}

/** @throws RequestProblem */
export async function readDocument<Document>(
  path: string,
  query?: QueryValues,
  signal?: AbortSignal,
): Promise<Document> {
  const answer = await requestOf(pathWith(path, query), {
    ...(signal !== undefined && { signal }),
  });
  return (await answer.json()) as Document;
}

export type WriteMethod = 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What the write answered; `undefined` where it answers nothing. @throws RequestProblem */
export async function writeDocument<Document = unknown>(
  method: WriteMethod,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Document> {
  const answer = await requestOf(path, {
    method,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return (text === '' ? undefined : JSON.parse(text)) as Document;
}

/** The header of a write that is meant for one revision alone; 0: for what is not there yet. */
export const onlyAt = (revision: number): Readonly<Record<string, string>> =>
  revision === 0 ? { 'if-none-match': '*' } : { 'if-match': `"${revision}"` };
