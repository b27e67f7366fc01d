/**
 * What a malformed message is refused with.
 *
 * The texts are those of the decoder in etcd's server: clients and logs see them behind
 * `grpc: error unmarshalling request: `, with status INTERNAL, so they count as part of the protocol.
 */

/** A message that can't be decoded. `message` is the text etcd would give, without gRPC's prefix. */
export class ProtocolDecodeError extends Error {
  override readonly name = 'ProtocolDecodeError';
}

/** The message, or a part of it, ends in the middle of a field. */
export const unexpectedEnd = (): ProtocolDecodeError => new ProtocolDecodeError('unexpected EOF');

/** A varint goes on after 64 bits. */
export const integerOverflow = (): ProtocolDecodeError =>
  new ProtocolDecodeError('proto: integer overflow');

/** A length doesn't fit the sender's signed 64-bit integers. */
export const negativeLength = (): ProtocolDecodeError =>
  new ProtocolDecodeError('proto: negative length found during unmarshaling');

/** An unknown group ends that never began. */
export const unexpectedGroupEnd = (): ProtocolDecodeError =>
  new ProtocolDecodeError('proto: unexpected end of group');

/** An unknown field has wire type 6 or 7, which don't exist. */
export const illegalWireType = (wireType: number): ProtocolDecodeError =>
  new ProtocolDecodeError(`proto: illegal wireType ${wireType}`);

/** A group ends in a message, where none can have begun. */
export const groupEndOutsideGroup = (message: string): ProtocolDecodeError =>
  new ProtocolDecodeError(`proto: ${message}: wiretype end group for non-group`);

/**
 * A field number is zero or negative.
 *
 * @param tag the tag as sent: field number and wire type in one unsigned 64-bit integer
 */
export const illegalTag = (message: string, field: number, tag: bigint): ProtocolDecodeError =>
  new ProtocolDecodeError(`proto: ${message}: illegal tag ${field} (wire type ${tag})`);

/** A known field has the wire type of another type. `field` is its name in Go. */
export const wrongWireType = (wireType: number, field: string): ProtocolDecodeError =>
  new ProtocolDecodeError(`proto: wrong wireType = ${wireType} for field ${field}`);

/** Messages are nested deeper than the decoder's stack allows. */
export const nestedTooDeeply = (levelsMax: number): ProtocolDecodeError =>
  new ProtocolDecodeError(`proto: messages are nested more than ${levelsMax} levels deep`);
