/**
 * How a member recognises its own proposals when another member has appended them: a forwarded payload begins
 * with who forwarded it and the number that it had there.
 *
 *     byte 0         0xff, which is no kind of command
 *     bytes 1 to 8   the incarnation of the proposer: chance, chosen anew at each start
 *     bytes 9 to 16  the number of the proposal, counted up within the incarnation
 *     the rest       the payload as it was proposed
 *
 * Both numbers are below 2^53, as two big-endian halves.
 */
export interface ProposalOrigin {
  readonly incarnation: number;
  readonly number: number;
}

const FORWARDED = 0xff;
/** Where the command begins in a forwarded payload. */
export const ORIGIN_BYTES = 17;

const TWO_TO_THE_32 = 2 ** 32;

export function withOrigin(
  { incarnation, number }: ProposalOrigin,
  payload: Uint8Array,
): Uint8Array {
  const forwarded = new Uint8Array(ORIGIN_BYTES + payload.length);
  forwarded[0] = FORWARDED;
  const view = new DataView(forwarded.buffer);
  writeNumber(view, 1, incarnation);
  writeNumber(view, 9, number);
  forwarded.set(payload, ORIGIN_BYTES);
  return forwarded;
}

export const isForwarded = (payload: Uint8Array): boolean => payload[0] === FORWARDED;

/** Undefined for a payload that the leader made itself. */
export function originOf(payload: Uint8Array): ProposalOrigin | undefined {
  if (!isForwarded(payload) || payload.length < ORIGIN_BYTES) return undefined;
  const view = new DataView(payload.buffer, payload.byteOffset, ORIGIN_BYTES);
  return { incarnation: readNumber(view, 1), number: readNumber(view, 9) };
}

function writeNumber(view: DataView, at: number, value: number): void {
  view.setUint32(at, Math.floor(value / TWO_TO_THE_32));
  view.setUint32(at + 4, value >>> 0);
}

const readNumber = (view: DataView, at: number): number =>
  view.getUint32(at) * TWO_TO_THE_32 + view.getUint32(at + 4);
