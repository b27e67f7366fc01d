/**
 * Takes out of an output what is different every time: ids, ports, terms, indices, sizes, hashes and durations. All else has
 * to be the same, byte by byte.
 */
import { jsonOfWire } from '@concord/protocol';
import type { Outcome } from '../harness/running-program.ts';
import type { Step } from './script.ts';

/** What of an outcome is compared. */
export interface Recorded {
  readonly line: string;
  readonly exitCode: number;
  readonly stdout: string;
  /** The line that begins with `Error:`, if there is one. */
  readonly error?: string;
}

const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/("(?:raft_term|raftTerm|raftIndex|raftAppliedIndex)":"?)\d+/g, '$1<n>'],
  [/("(?:RaftTerm|RaftIndex|RaftAppliedIndex)" : )\d+/g, '$1<n>'],
  [/("(?:dbSize|dbSizeInUse|dbSizeQuota|hash)":"?)\d+/g, '$1<n>'],
  [/("(?:DBSize|DBSizeInUse|DBSizeQuota|Hash)" : )\d+/g, '$1<n>'],
  [/\b(took(?: =|":"|"? :)? ?"?)[\d.]+(?:ns|Âµs|ms|m?s)+\b/gi, '$1<time>'],
  [/\| +[\d.]+(?:Âµs|ms|s) \|/g, '| <time> |'],
  [/\b[\d.]+ [kMGT]?B\b/g, '<size>'],
  [/\b\d+%/g, '<percent>'],
  [/(?<=(?:true|false), (?:true|false), )\d+, \d+, \d+(?=, )/g, '<term>, <index>, <index>'],
  [/(?<=\| +(?:true|false) \| +(?:true|false) \|) +\d+ \| +\d+ \| +\d+ \|/g, ' <n> | <n> | <n> |'],
  [
    /^(\|? *(?:http:\/\/)?<endpoint>(?:, | +\| +))\d{2,}(?=(?:, | +\| +)\d+(?: \|)?$)/gm,
    '$1<hash>',
  ],
  [/(?<=^lease )[0-9a-f]{16}\b/gm, '<id>'],
  [/(?<=\b(?:jobs|board)\/)[0-9a-f]{15,16}\b/g, '<id>'],
  [/(?<="Lease" : |"lease":)\d{16,}/g, '<id>'],
  [/(?<="ID":)\d{10,}/g, '<id>'],
  [/\(\d+ vs\. 10\)/g, '(<n> vs. 10)'],
  [/remaining\(\d+s\)/g, 'remaining(<s>)'],
  [/("ttl":|"TTL" : )(?:[1-9]\d*)/g, '$1<s>'],
  [/\b3\.6\.\d+\b/g, '3.6.<patch>'],
];

export class Normaliser {
  readonly #names = new Map<string, string>();

  /** From here on, `text` is shown as `<name>`, or as `shown`. */
  learn(text: string, name: string, shown = `<${name}>`): void {
    this.#names.set(text, shown);
  }

  /** An id in all forms that outputs have of it. */
  learnId(id: bigint, name: string): void {
    const hex = id.toString(16);
    for (const text of [hex.padStart(16, '0'), hex, String(id)]) this.learn(text, name);
    // In a column of 16, behind the space that stands before it anyway.
    if (hex.length < 16) this.learn(` ${hex.padStart(16)}`, name, ` <${name}>`);
  }

  recorded({ line, message, isUnordered }: Step, { exitCode, stdout, stderr }: Outcome): Recorded {
    const text = message === undefined ? stdout.toString('latin1') : jsonOf(message, stdout);
    const error = stderr.split('\n').find((one) => one.startsWith('Error: '));
    return {
      line,
      // What a signal ends, a shell says to have ended with 130.
      exitCode: exitCode ?? 130,
      // Help is in words of our own: its sections alone are compared.
      stdout: text.startsWith('NAME:\n') ? sections(text) : this.#comparable(text, isUnordered),
      ...(error !== undefined && {
        error: this.#normalised(error).replace(/etcdctl/g, 'concordctl'),
      }),
    };
  }

  #comparable(text: string, isUnordered = false): string {
    const normal = this.#normalised(text);
    return isUnordered
      ? normal
          .split(/[\n{},"]+/)
          .sort()
          .join('\n')
      : normal;
  }

  #normalised(text: string): string {
    let normal = text;
    const byLength = [...this.#names].sort(([a], [b]) => b.length - a.length);
    for (const [known, name] of byLength) normal = normal.replaceAll(known, name);
    for (const [pattern, replacement] of PATTERNS) normal = normal.replace(pattern, replacement);
    return normal.replace(/^[+|].*$/gm, (line) => line.replace(/-+/g, '-').replace(/ +/g, ' '));
  }
}

const jsonOf = (message: string, bytes: Buffer): string =>
  Buffer.from(jsonOfWire(message, bytes)).toString('latin1');

const sections = (help: string): string =>
  (help.match(/^[A-Z ]+:$/gm) ?? []).filter((title) => title !== 'DESCRIPTION:').join('\n');
