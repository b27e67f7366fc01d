/** The first record of a segment, and the file that waits to become one. */
import type { FileSystem } from '../file-system.ts';
import { segmentPayloadBytes, writeSegmentPayload, type SegmentPayload } from './payload.ts';
import { headerBytes, recordTypes, sealRecord, sectorBytes, type RecordPlace } from './record.ts';
import { preparedName } from './segment.ts';

/** Encodes the header record for `place`, and says where the record after it goes. */
export function segmentHeader(
  fileSystem: FileSystem,
  place: RecordPlace,
  payload: Omit<SegmentPayload, 'formatVersion'>,
): { readonly bytes: Uint8Array; readonly next: RecordPlace } {
  const bytes = fileSystem.allocate(sectorBytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  writeSegmentPayload(view, headerBytes, payload);
  const previous = sealRecord(view, recordTypes.segment, segmentPayloadBytes, place);
  const next = {
    segment: place.segment,
    offset: place.offset + sectorBytes,
    previous,
    number: place.number + 1,
  };
  return { bytes, next };
}

/** What a crash left of a segment in preparation holds nothing. */
export function removePrepared(fileSystem: FileSystem, directory: string): void {
  if (fileSystem.list(directory).includes(preparedName)) {
    fileSystem.remove(`${directory}/${preparedName}`);
  }
}
