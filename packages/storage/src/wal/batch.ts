/**
 * One record in the making. Everything that is appended while the disk is busy is encoded straight into the
 * memory that the disk will be handed, so an entry's data is copied once and the caller's buffer is free.
 */
import type { Entry, HardState, LogPosition } from '@concord/raft';
import {
  batchPreambleBytes,
  entryPreambleBytes,
  snapshotPayloadBytes,
  writeBatchPreamble,
  writeEntryPreamble,
  writePosition,
} from './payload.ts';
import {
  headerBytes,
  recordBytes,
  recordTypes,
  sealRecord,
  sectorBytes,
  type RecordPlace,
  type RecordType,
} from './record.ts';

/** Allocates memory that the disk takes without copying it. */
export type Allocate = (bytes: number) => Uint8Array;

/** Holds a hundred small entries; doubled as needed. */
const initialBytes = 64 * 1024;

export class PendingRecord {
  readonly type: RecordType;
  /** Called in the order of their appends once the record is durable. */
  readonly callbacks: (() => void)[] = [];
  hardState: HardState | undefined;
  /** The index of the last entry, where there is one. */
  lastIndex: number | undefined;
  /** The position that a snapshot record marks, or that the log begins anew behind. */
  snapshot: LogPosition | undefined;
  #memory: Uint8Array;
  #view: DataView;
  #end = headerBytes;
  #entryCount = 0;
  readonly #allocate: Allocate;

  private constructor(type: RecordType, memory: Uint8Array, allocate: Allocate) {
    this.type = type;
    this.#allocate = allocate;
    this.#memory = memory;
    this.#view = viewOf(memory);
  }

  /** A batch of entries; `memory` is reused from a record that is durable. */
  static batch(allocate: Allocate, memory = allocate(initialBytes)): PendingRecord {
    const record = new PendingRecord(recordTypes.batch, memory, allocate);
    record.#end += batchPreambleBytes;
    return record;
  }

  static snapshot(allocate: Allocate, position: LogPosition): PendingRecord {
    const record = new PendingRecord(recordTypes.snapshot, allocate(sectorBytes), allocate);
    writePosition(record.#view, headerBytes, position);
    record.#end += snapshotPayloadBytes;
    record.snapshot = position;
    return record;
  }

  /** Stands for a segment that begins the log anew; the rotation writes its header itself. */
  static reset(allocate: Allocate, position: LogPosition): PendingRecord {
    const record = new PendingRecord(recordTypes.segment, new Uint8Array(headerBytes), allocate);
    record.snapshot = position;
    return record;
  }

  static seal(allocate: Allocate): PendingRecord {
    return new PendingRecord(recordTypes.seal, allocate(sectorBytes), allocate);
  }

  /** What the record will occupy in the file. */
  get bytes(): number {
    return recordBytes(this.#end - headerBytes);
  }

  get memory(): Uint8Array {
    return this.#memory;
  }

  add(hardState: HardState | undefined, entries: readonly Entry[]): void {
    if (hardState !== undefined) this.hardState = hardState;
    for (const entry of entries) {
      const end = this.#end + entryPreambleBytes + entry.data.length;
      if (end > this.#memory.length - sectorBytes) this.#grow(end);
      this.#memory.set(entry.data, writeEntryPreamble(this.#view, this.#end, entry));
      this.#end = end;
    }
    this.#entryCount += entries.length;
    this.lastIndex = entries.at(-1)?.index ?? this.lastIndex;
  }

  /** Completes header and padding. The memory must not change any more until it is on disk. */
  seal(place: RecordPlace): { readonly bytes: Uint8Array; readonly checksum: number } {
    if (this.type === recordTypes.batch) {
      writeBatchPreamble(this.#view, headerBytes, this.hardState, this.#entryCount);
    }
    const bytes = this.#memory.subarray(0, this.bytes);
    bytes.fill(0, this.#end);
    return { bytes, checksum: sealRecord(this.#view, this.type, this.#end - headerBytes, place) };
  }

  #grow(end: number): void {
    let capacity = this.#memory.length * 2;
    while (end > capacity - sectorBytes) capacity *= 2;
    const memory = this.#allocate(capacity);
    memory.set(this.#memory.subarray(0, this.#end));
    this.#memory = memory;
    this.#view = viewOf(memory);
  }
}

function viewOf(memory: Uint8Array): DataView {
  return new DataView(memory.buffer, memory.byteOffset, memory.byteLength);
}
