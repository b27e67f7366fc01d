/**
 * The header that stands first in nearly every response: ids and term change rarely, so their bytes are made
 * once; the revision is written each time. Field numbers are those of `etcdserverpb.ResponseHeader`.
 */
import { Writer } from '@concord/protocol';

const CLUSTER_ID = 1 << 3;
const MEMBER_ID = 2 << 3;
const REVISION = 3 << 3;
const RAFT_TERM = 4 << 3;
/** Field 1 of every response, length-delimited. */
const HEADER = (1 << 3) | 2;

export class ResponseHeaderWriter {
  readonly #ids: Uint8Array;
  readonly #term: () => number;

  constructor(clusterId: bigint, memberId: bigint, term: () => number) {
    const writer = new Writer();
    writer.int64(CLUSTER_ID, clusterId);
    writer.int64(MEMBER_ID, memberId);
    this.#ids = writer.finish();
    this.#term = term;
  }

  /** As field 1 of the message being written. A revision of 0 is left out, as proto3 does. */
  write(writer: Writer, revision: number): void {
    const start = writer.open(HEADER);
    this.#writeFields(writer, revision);
    writer.close(start);
  }

  /** The header alone, for whoever embeds it. */
  encode(revision: number): Uint8Array {
    const writer = new Writer();
    this.#writeFields(writer, revision);
    return writer.finish();
  }

  #writeFields(writer: Writer, revision: number): void {
    writer.raw(this.#ids);
    if (revision !== 0) writer.int64Number(REVISION, revision);
    const term = this.#term();
    if (term !== 0) writer.int64Number(RAFT_TERM, term);
  }
}

/** The header of a response inside a transaction's: the revision and nothing else. */
export function writeNestedHeader(writer: Writer, revision: number): void {
  const start = writer.open(HEADER);
  if (revision !== 0) writer.int64Number(REVISION, revision);
  writer.close(start);
}
