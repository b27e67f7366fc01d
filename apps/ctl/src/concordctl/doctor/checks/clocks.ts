/**
 * Whether members agree on the time of day. Leases and elections do not need it; certificates, tokens, logs, and every
 * date in a record do.
 */
import { titleOf, type SeenClock, type Survey, type SurveyedMember } from '../../survey/survey.ts';
import { counted, judged, skipped, type Finding, type Verdict } from '../finding.ts';

const APART_WARNING_MS = 1_000;
const APART_PROBLEM_MS = 60_000;
/** Of an HTTP date, which leaves out the fraction. */
const SECOND_MS = 1_000;

interface Offset {
  readonly title: string;
  /** The member's clock minus ours lies between these. */
  readonly leastMs: number;
  readonly mostMs: number;
}

export function judgeClocks({ members }: Survey): Verdict {
  const offsets = members.flatMap((one) => offsetOf(one) ?? []);
  if (offsets.length === 0) return skipped('no member tells its time');
  const here: Offset = { title: 'this machine', leastMs: 0, mostMs: 0 };
  const pairs = [...offsets, here].flatMap((one, at, all) =>
    all.slice(at + 1).map((other) => ({ one, other, apartMs: apart(one, other) })),
  );
  const worst = pairs.toSorted((a, b) => b.apartMs - a.apartMs)[0];
  const findings =
    worst !== undefined && worst.apartMs >= APART_WARNING_MS
      ? [skewed(worst.one.title, worst.other.title, worst.apartMs)]
      : [];
  const summary =
    findings.length === 0
      ? `${counted(offsets.length, 'member')} and this machine agree, as far as a second shows`
      : `up to ${seconds(worst?.apartMs ?? 0)} apart`;
  return judged(summary, findings);
}

function offsetOf(one: SurveyedMember): Offset | undefined {
  const clock: SeenClock | undefined = one.clock;
  if (clock === undefined) return undefined;
  const leastMs = clock.dateMs - clock.answeredAtMs;
  const mostMs = clock.dateMs + SECOND_MS - clock.sentAtMs;
  return { title: titleOf(one), leastMs, mostMs };
}

/** The least that two clocks must be apart. */
const apart = (one: Offset, other: Offset): number =>
  Math.max(0, one.leastMs - other.mostMs, other.leastMs - one.mostMs);

function skewed(one: string, other: string, apartMs: number): Finding {
  return {
    severity: apartMs < APART_PROBLEM_MS ? 'warning' : 'problem',
    subject: one,
    what: `its clock and that of ${other} are at least ${seconds(apartMs)} apart: certificates, tokens and dates in records go by it`,
    advice: 'Have every machine follow the same time servers',
    commands: ['timedatectl status', 'sudo timedatectl set-ntp true'],
  };
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
