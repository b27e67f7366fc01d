/** Whether certificates are valid for long enough, for the names they are used under, and signed by whom clients trust. */
import { counted, judged, skipped, type Finding, type Verdict } from '../finding.ts';

const DAY_MS = 86_400_000;
/** Time to notice, to renew, and to be on holiday in between. */
const EXPIRES_WARNING_MS = 30 * DAY_MS;
const EXPIRES_PROBLEM_MS = 7 * DAY_MS;

export interface SeenCertificate {
  /** `https://10.0.0.1:2379`, or a file. */
  readonly place: string;
  readonly use: 'client URL' | 'peer URL' | '--cert' | '--cacert';
  /** Its subject, in one line. */
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly validFromMs: number;
  readonly validToMs: number;
  /** That it is not for the host it was shown for. */
  readonly hostProblem?: string | undefined;
  /** Why it is not to be trusted, by the CA of the command line. */
  readonly chainProblem?: string | undefined;
  /** That its private key is another's, or cannot be read. */
  readonly keyProblem?: string | undefined;
}

/** A place where a certificate should be and none could be had. */
export interface MissingCertificate {
  readonly place: string;
  readonly use: SeenCertificate['use'];
  readonly problem: string;
}

export interface SeenCertificates {
  readonly certificates: readonly SeenCertificate[];
  readonly missing: readonly MissingCertificate[];
}

export function judgeCertificates(
  { certificates, missing }: SeenCertificates,
  nowMs: number,
): Verdict {
  if (certificates.length + missing.length === 0) return skipped('nothing here speaks TLS');
  const findings = [
    ...missing.map(unavailable),
    ...certificates.flatMap((one) => [...timeOf(one, nowMs), ...faultsOf(one)]),
  ];
  if (certificates.length === 0) return judged('none could be read', findings);
  const first = Math.min(...certificates.map(({ validToMs }) => validToMs));
  const days = Math.floor((first - nowMs) / DAY_MS);
  const until =
    days < 0
      ? `the first ended ${counted(-days, 'day')} ago`
      : `the first ends in ${counted(days, 'day')}`;
  return judged(`${counted(certificates.length, 'certificate')}, ${until}`, findings);
}

const unavailable = ({ place, use, problem }: MissingCertificate): Finding => ({
  severity: 'problem',
  subject: place,
  what: `no certificate could be had from the ${use}: ${problem}`,
  commands: place.startsWith('https:')
    ? [`openssl s_client -connect ${new URL(place).host} </dev/null`]
    : [`ls -l ${place}`],
});

function timeOf(one: SeenCertificate, nowMs: number): readonly Finding[] {
  const leftMs = one.validToMs - nowMs;
  const until = new Date(one.validToMs).toISOString().slice(0, 10);
  if (one.validFromMs > nowMs) {
    const from = new Date(one.validFromMs).toISOString();
    const what = `the certificate of ${one.name} is valid from ${from} on only, and it is not yet that late here`;
    const advice = 'Set the clock, or wait';
    return [
      { severity: 'problem', subject: one.place, what, advice, commands: ['timedatectl status'] },
    ];
  }
  if (leftMs > EXPIRES_WARNING_MS) return [];
  const days = counted(Math.max(0, Math.floor(leftMs / DAY_MS)), 'day');
  return [
    {
      severity: leftMs > EXPIRES_PROBLEM_MS ? 'warning' : 'problem',
      subject: one.place,
      what:
        leftMs <= 0
          ? `the certificate of ${one.name} expired on ${until}`
          : `the certificate of ${one.name} expires in ${days}, on ${until}`,
      advice: renewal(one.use),
      commands: [show(one)],
    },
  ];
}

const renewal = (use: SeenCertificate['use']): string =>
  use === 'client URL' || use === 'peer URL'
    ? 'Put a new one in its place on the member: it is read anew for each connection, without a restart'
    : 'Put a new one in its place';

function faultsOf(one: SeenCertificate): readonly Finding[] {
  const faults: Finding[] = [];
  const fault = (what: string, advice: string): void => {
    const { place } = one;
    faults.push({ severity: 'problem', subject: place, what, advice, commands: [show(one)] });
  };
  if (one.hostProblem !== undefined) {
    fault(
      `the certificate of ${one.name} is not for the name it is used under: ${one.hostProblem}`,
      'Issue it with that name or address among its subject alternative names, or use a name that it has',
    );
  }
  if (one.chainProblem !== undefined) {
    fault(
      `the certificate of ${one.name} is not trusted: ${one.chainProblem}`,
      'Give the CA that has signed it with --cacert, with what lies between them in the server’s file',
    );
  }
  if (one.keyProblem !== undefined) {
    fault(
      `the private key does not go with the certificate of ${one.name}: ${one.keyProblem}`,
      'Give --cert and --key of one pair',
    );
  }
  return faults;
}

function show({ place, use }: SeenCertificate): string {
  if (use === '--cert' || use === '--cacert') {
    return `openssl x509 -in ${place} -noout -dates -subject -ext subjectAltName`;
  }
  const { host } = new URL(place);
  return `openssl s_client -connect ${host} </dev/null | openssl x509 -noout -dates -ext subjectAltName`;
}
