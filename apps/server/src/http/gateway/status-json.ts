/** How a gRPC status looks over HTTP: its status code and its body. */
import { JsonWriter, StatusCode } from '@concord/protocol';
import type { LocalStatus } from '../../rpc/local-call.ts';

const HTTP_STATUS: ReadonlyMap<number, number> = new Map<number, number>([
  [StatusCode.OK, 200],
  [StatusCode.CANCELLED, 499],
  [StatusCode.INVALID_ARGUMENT, 400],
  [StatusCode.FAILED_PRECONDITION, 400],
  [StatusCode.OUT_OF_RANGE, 400],
  [StatusCode.UNAUTHENTICATED, 401],
  [StatusCode.PERMISSION_DENIED, 403],
  [StatusCode.NOT_FOUND, 404],
  [StatusCode.ALREADY_EXISTS, 409],
  [StatusCode.ABORTED, 409],
  [StatusCode.RESOURCE_EXHAUSTED, 429],
  [StatusCode.UNIMPLEMENTED, 501],
  [StatusCode.UNAVAILABLE, 503],
  [StatusCode.DEADLINE_EXCEEDED, 504],
]);

/** The HTTP status of a gRPC code, as etcd's gateway maps them: 500 for all that say no more than that it failed. */
export const httpStatusOf = (code: number): number => HTTP_STATUS.get(code) ?? 500;

const writer = new JsonWriter();

function object(fields: (writer: JsonWriter) => void): Buffer {
  writer.reset();
  fields(writer);
  return Buffer.from(writer.finish());
}

function codeAndMessage({ code, message }: LocalStatus): void {
  writer.ascii(`"code":${code}`);
  if (message === '') return;
  writer.ascii(',"message":');
  writer.string(message);
}

/**
 * The body of a call that failed. etcd up to 3.5 has the text as `error` as well, from 3.6 on it does not: with it,
 * clients of both find what they look for.
 */
export const errorBody = (status: LocalStatus): Buffer =>
  object(() => {
    writer.ascii('{"error":');
    writer.string(status.message);
    writer.ascii(',');
    codeAndMessage(status);
    writer.ascii('}');
  });

/** The last line of a stream that failed. */
export const errorLine = (status: LocalStatus): Buffer =>
  object(() => {
    writer.ascii('{"error":{');
    codeAndMessage(status);
    writer.ascii('}}\n');
  });
