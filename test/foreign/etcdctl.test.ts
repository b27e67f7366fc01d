/**
 * Goal: etcdctl 3.4 cannot tell Concord from etcd. Method: the same session on both; exit code, output and
 * errors of each command compared, after ids, times, sizes and addresses are blanked.
 */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { commandOnPath } from '../bench/server-under-test.ts';
import type { ServerKind } from '../bench/server-under-test.ts';
import { SESSION } from './etcdctl-script.ts';
import type { Step } from './etcdctl-script.ts';
import { runProgram } from './program.ts';
import type { ProgramResult } from './program.ts';
import { TARGETS, withServer } from './targets.ts';

const etcdctl = commandOnPath('etcdctl');
const missing = TARGETS.find((target) => target.skip !== false)?.skip;
const skip = etcdctl === undefined ? 'there is no etcdctl on the PATH' : (missing ?? false);

/** `check perf` writes 150 keys a second for a minute. */
const CHECK_PERF_SECONDS_MAX = 150;

/** Runs one command; what it captures goes into `captured`. */
async function runStep(
  endpoint: string,
  { args, input, untilLines, capture }: Step,
  captured: Map<string, string>,
): Promise<ProgramResult> {
  const given = args.map((arg) =>
    arg.replace(/\$(\w+)/, (_, name: string) => captured.get(name) ?? ''),
  );
  const result = await runProgram(etcdctl!, given, {
    env: { ETCDCTL_API: '3', ETCDCTL_ENDPOINTS: endpoint },
    ...(input === undefined ? {} : { input }),
    ...(untilLines === undefined ? {} : { untilLines }),
  });
  const found = capture?.[1].exec(result.output)?.[1];
  if (capture !== undefined && found !== undefined) captured.set(capture[0], found);
  return result;
}

async function runSession(kind: ServerKind): Promise<string[]> {
  return withServer(kind, async ({ endpoint }) => {
    const captured = new Map<string, string>();
    const transcript: string[] = [];
    for (const step of SESSION) {
      const { exitCode, output, errors } = await runStep(endpoint, step, captured);
      transcript.push(
        [`exit ${exitCode}`, blank(step, output, endpoint), blank(step, errors, endpoint)].join(
          '\n',
        ),
      );
    }
    return transcript;
  });
}

/** What two runs of one server may differ in: addresses, ids, terms, times, and the order of a lease's keys. */
const VARYING: readonly (readonly [RegExp, string])[] = [
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

describe('etcdctl 3.4 on Concord and on etcd', { skip }, () => {
  let ours: string[];
  let theirs: string[];

  before(async () => {
    const [concord, etcd] = TARGETS;
    ours = await runSession(concord!.kind!);
    theirs = await runSession(etcd!.kind!);
  });

  for (const [at, { args, input }] of SESSION.entries()) {
    const typed = input === undefined ? '' : ` <<< ${JSON.stringify(input)}`;
    test(`${at + 1}. etcdctl ${args.join(' ')}${typed}`, () => {
      assert.equal(ours[at], theirs[at]);
    });
  }
});

describe('etcdctl check perf', () => {
  const concord = TARGETS[0]!;
  const unable = etcdctl === undefined ? 'there is no etcdctl on the PATH' : concord.skip;
  test('the smallest load runs to its end on Concord', { skip: unable }, async () => {
    await withServer(concord.kind!, async ({ endpoint }) => {
      const { output } = await runProgram(etcdctl!, ['check', 'perf', '--load=s'], {
        env: { ETCDCTL_API: '3', ETCDCTL_ENDPOINTS: endpoint },
        secondsMax: CHECK_PERF_SECONDS_MAX,
      });
      assert.match(output, /PASS: Throughput is \d+ writes\/s/);
    });
  });
});
