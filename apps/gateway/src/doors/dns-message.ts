/** DNS messages in bytes (RFC 1035, EDNS of RFC 6891): what is asked, and an answer that fits where it goes. */
import {
  AUTHORITATIVE_ANSWER,
  RECURSION_DESIRED,
  TRUNCATED_RESPONSE,
  decode,
  encode,
  type DnsMessage,
  type DnsQuestion,
  type DnsRecord,
} from 'dns-packet';
import type { DnsAnswer } from './dns-zone.ts';

const HEADER_BYTES = 12;
/** Without EDNS. */
const UDP_BYTES_MIN = 512;
/** What passes every network in one piece (DNS flag day 2020). */
export const UDP_BYTES_MAX = 1232;
export const TCP_BYTES_MAX = 65_535;

const codes = {
  NOERROR: 0,
  FORMERR: 1,
  SERVFAIL: 2,
  NXDOMAIN: 3,
  NOTIMP: 4,
  REFUSED: 5,
  BADVERS: 16,
} as const;
export type DnsCode = keyof typeof codes;

export interface DnsQuery {
  readonly id: number;
  readonly isRecursionDesired: boolean;
  readonly question: DnsQuestion;
  readonly hasEdns: boolean;
  /** What the asker takes by UDP. */
  readonly udpBytesMax: number;
}

export type ReadQuery =
  | { readonly kind: 'query'; readonly query: DnsQuery }
  /** To be answered so. */
  | { readonly kind: 'refusal'; readonly bytes: Buffer }
  /** Nothing that an answer could go to. */
  | { readonly kind: 'noise' };

export function readQuery(bytes: Buffer): ReadQuery {
  if (bytes.length < HEADER_BYTES) return { kind: 'noise' };
  const flags = bytes.readUInt16BE(2);
  // Answering answers would never end.
  if ((flags & 0x8000) !== 0) return { kind: 'noise' };
  const opcode = (flags >> 11) & 0xf;
  if (opcode !== 0) return refusal(bytes, 'NOTIMP');
  let message: DnsMessage;
  try {
    message = decode(bytes);
  } catch {
    return refusal(bytes, 'FORMERR');
  }
  const [question] = message.questions;
  if (question === undefined || message.questions.length > 1) return refusal(bytes, 'FORMERR');
  const options = message.additionals.filter(({ type }) => type === 'OPT');
  const [edns] = options;
  if (options.length > 1) return refusal(bytes, 'FORMERR');
  const query: DnsQuery = {
    id: message.id,
    isRecursionDesired: (message.flags & RECURSION_DESIRED) !== 0,
    question,
    hasEdns: edns !== undefined,
    udpBytesMax: Math.min(
      UDP_BYTES_MAX,
      Math.max(UDP_BYTES_MIN, edns?.udpPayloadSize ?? UDP_BYTES_MIN),
    ),
  };
  if ((edns?.ednsVersion ?? 0) > 0) {
    return { kind: 'refusal', bytes: writeFailure(query, 'BADVERS') };
  }
  return { kind: 'query', query };
}

/** The answer in `bytesMax`: what helps is left out first; then it says that it is not all, and TCP is to be asked. */
export function writeAnswer(query: DnsQuery, answer: DnsAnswer, bytesMax: number): Buffer {
  const whole = written(query, answer.code, answer, 0);
  if (whole.length <= bytesMax) return whole;
  const bare = { ...answer, additionals: [] };
  const less = written(query, answer.code, bare, 0);
  if (less.length <= bytesMax) return less;
  const none = { answers: [], authorities: [], additionals: [] };
  return written(query, answer.code, none, TRUNCATED_RESPONSE);
}

export function writeFailure(query: DnsQuery, code: DnsCode): Buffer {
  return written(query, code, { answers: [], authorities: [], additionals: [] }, 0);
}

function written(
  { id, isRecursionDesired, question, hasEdns }: DnsQuery,
  code: DnsCode,
  { answers, authorities, additionals }: Pick<DnsAnswer, 'answers' | 'authorities' | 'additionals'>,
  moreFlags: number,
): Buffer {
  const isOurs = code === 'NOERROR' || code === 'NXDOMAIN';
  const edns: DnsRecord = {
    name: '.',
    type: 'OPT',
    udpPayloadSize: UDP_BYTES_MAX,
    extendedRcode: codes[code] >> 4,
    ednsVersion: 0,
    flags: 0,
    options: [],
  };
  return encode({
    id,
    type: 'response',
    flags:
      (codes[code] & 0xf) |
      (isOurs ? AUTHORITATIVE_ANSWER : 0) |
      (isRecursionDesired ? RECURSION_DESIRED : 0) |
      moreFlags,
    questions: [question],
    answers: [...answers],
    authorities: [...authorities],
    additionals: [...additionals, ...(hasEdns ? [edns] : [])],
  });
}

/** The head of what was sent, with the bits of an answer: all that could be understood. */
function refusal(bytes: Buffer, code: DnsCode): ReadQuery {
  const answer = Buffer.alloc(HEADER_BYTES);
  bytes.copy(answer, 0, 0, 2);
  const flags = bytes.readUInt16BE(2);
  answer.writeUInt16BE(0x8000 | (flags & 0x7900) | codes[code], 2);
  return { kind: 'refusal', bytes: answer };
}
