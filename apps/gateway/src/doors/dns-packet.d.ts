/** What is used of dns-packet, which has no types of its own. */
declare module 'dns-packet' {
  export interface DnsQuestion {
    name: string;
    type: string;
    class: string;
  }

  export interface DnsRecord {
    name: string;
    type: string;
    class?: string;
    ttl?: number;
    data?: unknown;
    udpPayloadSize?: number;
    extendedRcode?: number;
    ednsVersion?: number;
    flags?: number;
    options?: unknown[];
  }

  export interface DnsMessage {
    id: number;
    type: 'query' | 'response';
    flags: number;
    opcode?: string;
    questions: DnsQuestion[];
    answers: DnsRecord[];
    authorities: DnsRecord[];
    additionals: DnsRecord[];
  }

  export const AUTHORITATIVE_ANSWER: number;
  export const TRUNCATED_RESPONSE: number;
  export const RECURSION_DESIRED: number;
  export function decode(bytes: Uint8Array): DnsMessage;
  export function encode(message: Omit<DnsMessage, 'opcode'>): Buffer;
}
