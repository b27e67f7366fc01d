/** `concordctl doctor`. */
import { readFile } from 'node:fs/promises';
import { textTable } from '../../text-table.ts';
import { CommandError, refuseArguments } from '../../command-error.ts';
import type { Flags, FlagValues } from '../../flags.ts';
import type { Command, Invocation } from '../command.ts';
import { jsonLine } from '../listing/listing.ts';
import { ClusterConnection } from '../survey/cluster-connection.ts';
import { examine, type CheckReport } from './examination.ts';
import { closing, findingsOf, isWell, reportDocument, reportText, stateOf } from './report.ts';

const flags = {
  'data-dir': {
    kind: 'strings',
    default: [],
    help: 'data directories of members on this machine, to be looked into as well',
  },
  'answer-timeout': {
    kind: 'duration',
    default: 2_000,
    help: 'how long each member may take to answer',
  },
  strict: { kind: 'bool', default: false, help: 'end with status 1 for warnings, too' },
} satisfies Flags;

export const doctorCommand: Command<typeof flags> = {
  usage: '[options]',
  description: `Looks at members, their leader, the Raft log, alarms, databases, compaction, versions, clocks, disks and certificates, and
at data directories where they are named; says in plain words what is wrong, and what to type. Works with Concord and with
etcd. Nothing is changed. Ends with status 0 where all is well or there are warnings alone, and with 1 where there is a problem.`,
  flags,
  async run(invocation) {
    if (invocation.args.length > 0) refuseArguments('doctor takes no arguments');
    const { strict } = invocation.values;
    const reports = await examined(invocation, invocation.values);
    await invocation.presenter().show({
      simple: () => reportText(reports),
      json: () => jsonLine(reportDocument(reports, strict)),
      table: () => tableOf(reports),
      fields: () => fieldsOf(reports),
    });
    if (!isWell(reports, strict)) throw new CommandError(closing(reports));
  },
};

async function examined(
  invocation: Invocation<typeof flags>,
  { 'answer-timeout': answerMs, 'data-dir': dataDirectories }: FlagValues<typeof flags>,
): Promise<readonly CheckReport[]> {
  const { cert, key, cacert } = invocation.settings();
  const given = (path: string): string | undefined => (path === '' ? undefined : path);
  await using cluster = await ClusterConnection.open(invocation, answerMs);
  return await examine({
    endpoints: cluster.endpoints,
    cluster,
    files: { cert: given(cert), key: given(key), cacert: given(cacert) },
    dataDirectories,
    readFile: (path) => readFile(path),
    answerMs,
    signal: invocation.signal,
  });
}

const tableOf = (reports: readonly CheckReport[]): string =>
  textTable(
    ['check', 'state', 'subject', 'finding', 'type'],
    reports.flatMap((report) => {
      const found = findingsOf([report]);
      if (found.length === 0) return [[report.check, stateOf(report), '', seenOf(report), '']];
      return found.map(({ check, severity, subject, what, commands }) => [
        check,
        severity,
        subject,
        what,
        commands.join('; '),
      ]);
    }),
  );

const seenOf = ({ verdict }: CheckReport): string =>
  verdict.state === 'judged' ? verdict.summary : verdict.why;

const fieldsOf = (reports: readonly CheckReport[]): string =>
  reports
    .map((report) => {
      const found = findingsOf([report]).map(
        ({ severity, subject, what, commands }) =>
          `"Finding" : ${JSON.stringify(`${severity}: ${subject}: ${what}`)}\n` +
          commands.map((command) => `"Type" : ${JSON.stringify(command)}\n`).join(''),
      );
      const head = `"Check" : ${JSON.stringify(report.check)}\n"State" : ${JSON.stringify(stateOf(report))}\n`;
      return `${head}"Seen" : ${JSON.stringify(seenOf(report))}\n${found.join('')}`;
    })
    .join('\n');
