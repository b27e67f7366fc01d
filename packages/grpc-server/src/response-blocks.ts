/**
 * The header blocks of successful answers, precomputed: `:status 200` with `content-type
 * application/grpc` in front, `grpc-status 0` behind. The first answers of a connection insert the two
 * variable fields into the client's HPACK table; from then on a block is one or two bytes.
 *
 * Invariant: blocks are taken in the order in which they are sent, because the index of an entry
 * depends on what was inserted before.
 */
import { encodeFields, encodeIndexedField } from './hpack/encoder.ts';
import { DEFAULT_TABLE_BYTES } from './hpack/dynamic-table.ts';

const STATUS_200 = 0x88;
/** Dynamic index 62, the newest entry, and 63, the one before, as indexed fields. */
const NEWEST = 0x80 | 62;
const SECOND = 0x80 | 63;
/** A dynamic table size update to zero. */
const SIZE_UPDATE_ZERO = 0x20;

const CONTENT_TYPE = ['content-type', 'application/grpc'] as const;
const STATUS_OK = ['grpc-status', '0'] as const;

const LITERAL_HEADERS = Uint8Array.of(STATUS_200, ...encodeFields(CONTENT_TYPE));
const LITERAL_TRAILERS = encodeFields(STATUS_OK);
const INSERTING_HEADERS = Uint8Array.of(STATUS_200, ...encodeIndexedField(...CONTENT_TYPE));
const INSERTING_TRAILERS = encodeIndexedField(...STATUS_OK);
const NEWEST_HEADERS = Uint8Array.of(STATUS_200, NEWEST);
const SECOND_HEADERS = Uint8Array.of(STATUS_200, SECOND);
const NEWEST_TRAILERS = Uint8Array.of(NEWEST);

/** One per connection. */
export class ResponseBlocks {
  /** `indexed`: both entries are in the client's table, so that taking a block changes nothing. */
  #state: 'fresh' | 'content-type' | 'indexed' | 'literal' = 'fresh';
  #sizeUpdateDue = false;

  /** True when {@link headers} and {@link trailers} are the short ones from here on. */
  get settled(): boolean {
    return this.#state === 'indexed' && !this.#sizeUpdateDue;
  }

  /** The client announced SETTINGS_HEADER_TABLE_SIZE; a smaller table than usual is not used at all. */
  onPeerTableBytes(tableBytes: number): void {
    if (tableBytes >= DEFAULT_TABLE_BYTES || this.#state === 'literal') return;
    this.#state = 'literal';
    this.#sizeUpdateDue = true;
  }

  /** The block in front of messages. */
  headers(): Uint8Array {
    switch (this.#state) {
      case 'fresh':
        this.#state = 'content-type';
        return INSERTING_HEADERS;
      case 'content-type':
        return NEWEST_HEADERS;
      case 'indexed':
        return SECOND_HEADERS;
      case 'literal':
        return this.other(LITERAL_HEADERS);
    }
  }

  /** The block behind the last message of a successful call; headers() was taken before. */
  trailers(): Uint8Array {
    switch (this.#state) {
      case 'fresh':
      case 'literal':
        return this.other(LITERAL_TRAILERS);
      case 'content-type':
        this.#state = 'indexed';
        return INSERTING_TRAILERS;
      case 'indexed':
        return NEWEST_TRAILERS;
    }
  }

  /** Any block without table references, preceded by the size update that the client waits for. */
  other(block: Uint8Array): Uint8Array {
    if (!this.#sizeUpdateDue) return block;
    this.#sizeUpdateDue = false;
    return Uint8Array.of(SIZE_UPDATE_ZERO, ...block);
  }
}
