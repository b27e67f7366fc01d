/**
 * The HEADERS blocks of one connection's gRPC calls. The first call of a path spells its fields out and
 * has the server remember them (HPACK "literal with incremental indexing"), as grpc-go does; every later
 * call is seven bytes of indexes, computed once.
 *
 * Invariant: the entries inserted stay below the table's 4,096 bytes, so none is ever evicted and an
 * entry's index grows only by later insertions.
 */
import assert from 'node:assert/strict';

/** Size of HPACK's static table; dynamic indexes begin after it. */
const STATIC_ENTRIES = 61;
const INDEXED_METHOD_POST = 0x83;
const INDEXED_SCHEME_HTTP = 0x86;
/** Static indexes of the names that the literals use; 0 spells the name out. */
const NAME_AUTHORITY = 1;
const NAME_PATH = 4;
const NAME_CONTENT_TYPE = 31;
const NAME_USER_AGENT = 58;
/** Longest string whose length fits HPACK's one-byte form. */
const STRING_BYTES_MAX = 126;
/** Paths that fit the table beside the common fields: (4,096 - 5 x 80) / (32 + 60), rounded down. */
const PATHS_MAX = 32;

/** The header blocks of the calls of one connection. */
export class RequestHeaders {
  readonly #common: readonly (readonly [number, string, string])[];
  /** Texts in the order of their insertion into the peer's dynamic table. */
  readonly #inserted: string[] = [];
  readonly #blocks = new Map<string, Buffer>();

  constructor(authority: string) {
    this.#common = [
      [NAME_AUTHORITY, ':authority', authority],
      [NAME_CONTENT_TYPE, 'content-type', 'application/grpc'],
      [NAME_USER_AGENT, 'user-agent', 'concord-bench'],
      [0, 'te', 'trailers'],
    ];
  }

  /** The block for the next call of this path; blocks must be sent in the order in which they are asked for. */
  next(path: string): Buffer {
    return this.#blocks.get(path) ?? this.#first(path);
  }

  #first(path: string): Buffer {
    assert(this.#blocks.size < PATHS_MAX, 'a connection calls a handful of methods');
    const parts: Buffer[] = [Buffer.from([INDEXED_METHOD_POST, INDEXED_SCHEME_HTTP])];
    for (const [nameIndex, name, value] of [[NAME_PATH, ':path', path] as const, ...this.#common]) {
      parts.push(
        this.#inserted.includes(value) ? this.#indexed(value) : literal(nameIndex, name, value),
      );
      if (!this.#inserted.includes(value)) this.#inserted.push(value);
    }
    this.#blocks.set(path, Buffer.alloc(0));
    for (const known of this.#blocks.keys()) this.#blocks.set(known, this.#allIndexed(known));
    return Buffer.concat(parts);
  }

  #allIndexed(path: string): Buffer {
    const values = [path, ...this.#common.map(([, , value]) => value)];
    return Buffer.concat([
      Buffer.from([INDEXED_METHOD_POST, INDEXED_SCHEME_HTTP]),
      ...values.map((value) => this.#indexed(value)),
    ]);
  }

  /** The newest insertion has the lowest dynamic index. */
  #indexed(value: string): Buffer {
    const age = this.#inserted.length - 1 - this.#inserted.indexOf(value);
    return Buffer.from([0x80 | (STATIC_ENTRIES + 1 + age)]);
  }
}

function literal(nameIndex: number, name: string, value: string): Buffer {
  const nameBytes = nameIndex === 0 ? string(name) : Buffer.alloc(0);
  return Buffer.concat([Buffer.from([0x40 | nameIndex]), nameBytes, string(value)]);
}

function string(text: string): Buffer {
  assert(text.length <= STRING_BYTES_MAX, 'header texts of a bench call are short');
  return Buffer.concat([Buffer.from([text.length]), Buffer.from(text, 'latin1')]);
}
