/** What a session with etcdctl printed, freed of what two runs of one server may differ in. */
import { etcdctl } from './etcdctl.ts';

/** Times, sizes and counters of the log. Ids stay: the same flags give the same ids. */
const VARYING: readonly (readonly [RegExp, string])[] = [
  // Whichever member the client has chosen answers.
  [/"member_id":\d+/g, '"member_id":ANY'],
  [/"MemberID" : \d+/g, '"MemberID" : ANY'],
  // An id is padded, or not.
  [/\bMember +/g, 'Member '],
  [/"(raft_term|raftTerm)":\d+/g, '"$1":TERM'],
  [/"(RaftTerm|RaftIndex|RaftAppliedIndex|DBSize\w*)" : \d+/g, '"$1" : N'],
  [/"(version|Version)"( : |:)"[^"]*"/g, '"$1"$2VERSION'],
  [/"(dbSize\w*|raft\w*)":\d+/g, '"$1":N'],
  [/"StorageVersion" : .*\n/g, ''],
  [/, \d+\.\d+\.\d+, /g, ', VERSION, '],
  [/took = [0-9.]+[mµn]?s/g, 'took = TIME'],
  [/"took":"[^"]*"/g, '"took":TIME'],
  [/[0-9.]+ [kM]?B/g, 'SIZE'],
  // The last columns of a status: term, index, applied index, errors.
  [/(true|false), (true|false), \d+, \d+, \d+, /g, '$1, $2, N, N, N, '],
  [/remaining\(\d+s\)/g, 'remaining(REST)'],
];

export interface Entry {
  /** What was typed, and where. */
  readonly command: string;
  readonly status: number;
  readonly output: string;
  /** The line that says why, without the notes of etcdctl's own retries. */
  readonly error: string;
}

export class Transcript {
  readonly entries: Entry[] = [];
  readonly #names = new Map<string, string>();

  /** What stands in the transcript for a text that differs between runs. */
  name(text: string, name: string): void {
    this.#names.set(text, name);
  }

  /** Runs one command and notes what it printed; answers its output as it was. */
  async run(where: string, endpoints: readonly string[], line: string): Promise<string> {
    const parameters = line.split(' ').map((word) => (word === "''" ? '' : word));
    const { status, stdout, stderr } = await etcdctl(endpoints, ...parameters);
    const complaints = stderr
      .split('\n')
      .filter((text) => text.startsWith('Error') || text.startsWith('Failed'));
    this.entries.push({
      command: this.#blank(`etcdctl ${line} (at ${where})`),
      status,
      output: line === 'member list' ? sortLines(this.#blank(stdout)) : this.#blank(stdout),
      error: this.#blank(complaints.join('\n')),
    });
    return stdout;
  }

  #blank(text: string): string {
    let blanked = text;
    for (const [original, name] of this.#names) blanked = blanked.replaceAll(original, name);
    for (const [pattern, name] of VARYING) blanked = blanked.replace(pattern, name);
    return blanked;
  }
}

/** Members come in the order of their ids, and that of an added one is made of the time. */
const sortLines = (text: string): string => text.split('\n').sort().join('\n');
