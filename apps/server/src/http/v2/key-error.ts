/**
 * What a request to `/v2/keys` fails with: v2's numbered errors, with etcd's texts and HTTP statuses. They are a
 * vocabulary of their own, older than the v3 table.
 */
import type { ByteString } from '@concord/protocol';
import { goString } from './go-json.ts';

const rows = {
  keyNotFound: [100, 404, 'Key not found'],
  compareFailed: [101, 412, 'Compare failed'],
  notAFile: [102, 403, 'Not a file'],
  notADirectory: [104, 400, 'Not a directory'],
  alreadyExists: [105, 412, 'Key already exists'],
  rootIsReadOnly: [107, 400, 'Root is read only'],
  directoryNotEmpty: [108, 403, 'Directory not empty'],
  unauthorized: [110, 401, 'The request requires user authentication'],
  prevValueRequired: [201, 400, 'PrevValue is Required in POST form'],
  ttlNotANumber: [202, 400, 'The given TTL in POST form is not a number'],
  indexNotANumber: [203, 400, 'The given index in POST form is not a number'],
  invalidField: [209, 400, 'Invalid field'],
  invalidForm: [210, 400, 'Invalid POST form'],
  valueOnRefresh: [211, 400, 'Value provided on refresh'],
  ttlRequiredOnRefresh: [212, 400, 'A TTL must be provided on refresh'],
  raftInternal: [300, 500, 'Raft Internal Error'],
  eventIndexCleared: [401, 400, 'The event in requested index is outdated and cleared'],
} as const satisfies Record<string, readonly [code: number, status: number, message: string]>;

export type KeyErrorName = keyof typeof rows;

export class KeyError extends Error {
  override readonly name: KeyErrorName;
  /** v2's number. */
  readonly code: number;
  /** Of the HTTP answer. */
  readonly status: number;
  override readonly cause: ByteString;
  /** The index at which it was found out; 0 for requests that cannot be read. */
  readonly index: number;

  constructor(name: KeyErrorName, cause: ByteString, index = 0) {
    const [code, status, message] = rows[name];
    super(message);
    this.name = name;
    this.code = code;
    this.status = status;
    this.cause = cause;
    this.index = index;
  }

  /** The body of the answer, newline included. */
  get body(): string {
    const cause = this.cause === '' ? '' : `,"cause":${goString(this.cause)}`;
    return `{"errorCode":${this.code},"message":${goString(this.message)}${cause},"index":${this.index}}\n`;
  }
}
