/** What an examination says, for people and for scripts. */
import { counted, type Finding } from './finding.ts';
import type { CheckReport } from './examination.ts';

export interface ReportedFinding extends Finding {
  readonly check: string;
}

export const findingsOf = (reports: readonly CheckReport[]): readonly ReportedFinding[] =>
  reports.flatMap(({ check, verdict }) =>
    verdict.state === 'judged' ? verdict.findings.map((one) => ({ check, ...one })) : [],
  );

/** Whether anything is wrong. @param isStrict - warnings count, too */
export const isWell = (reports: readonly CheckReport[], isStrict: boolean): boolean =>
  findingsOf(reports).every(({ severity }) => severity === 'warning' && !isStrict);

/** One line a check with what it saw; below it, what is wrong and what to type. */
export function reportText(reports: readonly CheckReport[]): string {
  const width = Math.max(...reports.map(({ check }) => check.length));
  const lines = reports.flatMap((report) => {
    const { check, verdict } = report;
    const seen = verdict.state === 'judged' ? verdict.summary : verdict.why;
    const findings = verdict.state === 'judged' ? verdict.findings : [];
    return [
      `${stateOf(report).padEnd(7)}  ${check.padEnd(width)}  ${seen}`,
      ...findings.flatMap(describe),
    ];
  });
  return `${[...lines, '', `${closing(reports)}.`].join('\n')}\n`;
}

/** The worst of what a check found. */
export function stateOf({ verdict }: CheckReport): 'ok' | 'warning' | 'problem' | 'skipped' {
  if (verdict.state === 'skipped') return 'skipped';
  const severities = verdict.findings.map(({ severity }) => severity);
  if (severities.includes('problem')) return 'problem';
  return severities.includes('warning') ? 'warning' : 'ok';
}

function describe({ severity, subject, what, advice, commands }: Finding): readonly string[] {
  return [
    `         ${severity}: ${subject}: ${what}.`,
    ...(advice === undefined ? [] : [`           ${advice}.`.replace(/\.\.$/, '.')]),
    ...commands.map((command) => `           $ ${command}`),
  ];
}

/** In a few words, without a full stop. */
export function closing(reports: readonly CheckReport[]): string {
  const findings = findingsOf(reports);
  const count = (wanted: Finding['severity']): number =>
    findings.filter(({ severity }) => severity === wanted).length;
  const [problems, warnings] = [count('problem'), count('warning')];
  if (problems + warnings === 0) return 'All is well';
  return [
    ...(problems > 0 ? [counted(problems, 'problem')] : []),
    ...(warnings > 0 ? [counted(warnings, 'warning')] : []),
  ].join(', ');
}

/** The answer to `-w json`. */
export const reportDocument = (reports: readonly CheckReport[], isStrict: boolean) => ({
  well: isWell(reports, isStrict),
  checks: reports.map((report) => {
    const { check, verdict } = report;
    const seen = verdict.state === 'judged' ? verdict.summary : verdict.why;
    return { check, state: stateOf(report), seen };
  }),
  findings: findingsOf(reports),
});
