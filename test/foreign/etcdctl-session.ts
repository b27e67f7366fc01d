/**
 * A session of etcdctl on a server of its own, and what of its transcript may be compared: exit code, output and
 * errors of each command, after ids, times, sizes and addresses are blanked.
 */
import type { ServerKind } from '../bench/server-under-test.ts';
import type { Step } from './etcdctl-script.ts';
import { runProgram } from './program.ts';
import type { ProgramResult } from './program.ts';
import { withServer } from './targets.ts';

/** Runs the steps in order; answers what each left behind. */
export async function runSession(
  etcdctl: string,
  kind: ServerKind,
  session: readonly Step[],
): Promise<string[]> {
  return withServer(kind, async ({ endpoint }) => {
    const captured = new Map<string, string>();
    const transcript: string[] = [];
    for (const step of session) {
      const { exitCode, output, errors } = await runStep(etcdctl, endpoint, step, captured);
      transcript.push(
        [`exit ${exitCode}`, blank(step, output, endpoint), blank(step, errors, endpoint)].join(
          '\n',
        ),
      );
    }
    return transcript;
  });
}

/** Runs one command; what it captures goes into `captured`. */
async function runStep(
  etcdctl: string,
  endpoint: string,
  { args, input, untilLines, capture }: Step,
  captured: Map<string, string>,
): Promise<ProgramResult> {
  const given = args.map((arg) =>
    arg.replace(/\$(\w+)/, (_, name: string) => captured.get(name) ?? ''),
  );
  const result = await runProgram(etcdctl, given, {
    env: { ETCDCTL_API: '3', ETCDCTL_ENDPOINTS: endpoint },
    ...(input === undefined ? {} : { input }),
    ...(untilLines === undefined ? {} : { untilLines }),
  });
  const found = capture?.[1].exec(result.output)?.[1];
  if (capture !== undefined && found !== undefined) captured.set(capture[0], found);
  return result;
}

/** What two runs of one server may differ in: addresses, ids, terms, times, and the order of a lease's keys. */
const VARYING: readonly (readonly [RegExp | string, string])[] = [
  [/http:\/\/127\.0\.0\.1:\d+/g, 'URL'],
  [/"(cluster_id|member_id|ID|id|leader|lease)":\d+/g, '"$1":ID'],
  [/"(ClusterID|MemberID|ID|Leader|Lease)" : \d{5,}/g, '"$1" : ID'],
  [/"(raft_term|raftTerm)":\d+/g, '"$1":TERM'],
  [/"RaftTerm" : [1-9]\d*/g, '"RaftTerm" : TERM'],
  // An id is padded to 16 digits in some places and not in others.
  [/\b[0-9a-f]{12,16}\b/g, 'HEXID'],
  [/"?took"?( = |:")[0-9.]+[mµn]?s"?/g, 'TOOK'],
  [/remaining\(\d+s\)/g, 'remaining(REST)'],
  [/("ttl":|"TTL" : )\d+/g, '$1REST'],
  [/attached keys\(\[leased-too leased\]\)/g, 'attached keys([leased leased-too])'],
  [/"keys":\["bGVhc2VkLXRvbw==","bGVhc2Vk"\]/g, '"keys":["bGVhc2Vk","bGVhc2VkLXRvbw=="]'],
  [/"(ts|target)":"[^"]*"/g, '"$1"'],
  // What the newer client says of itself and its connection before each error.
  [/^\{"level":"warn".*\n/gm, ''],
  [/took [0-9.]+[mµn]?s/g, 'TOOK'],
  // Members are in the order of their ids.
  ['"l1=URL,member=URL"', '"member=URL,l1=URL"'],
  // It leaves two spaces where an id has 15 digits.
  [/ +HEXID/g, ' HEXID'],
];

/** What `endpoint status` says of a server's version, size and log. */
const VARYING_STATUS: readonly (readonly [RegExp, string])[] = [
  [/"(version|Version)"( : |:)"[^"]*"/g, '"$1"$2VERSION'],
  [/"(dbSize\w*|raft\w*|DBSize\w*|Raft\w*)"( : |:)\d+/g, '"$1"$2N'],
  [/\b\d+\.\d+\.\d+\b/g, 'VERSION'],
  [/[0-9.]+ [kM]?B/g, 'SIZE'],
  [/\d+, \d+, \d+, $/gm, 'N, N, N, '],
  [/ +\d+ \|/g, ' N |'],
];

function blank({ args }: Step, text: string, endpoint: string): string {
  const status = args[0] === 'endpoint' && args[1] === 'status' ? VARYING_STATUS : [];
  // The columns of a table are as wide as the ids in them.
  const widths = args.includes('table') ? [[/[-+ ]{2,}/g, ' '] as const] : [];
  return [...VARYING, ...status, ...widths].reduce(
    (blanked, [pattern, replacement]) => blanked.replaceAll(pattern, replacement),
    text.replaceAll(endpoint, 'ENDPOINT'),
  );
}
