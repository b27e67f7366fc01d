/**
 * `GET /livez` and `GET /readyz`: all their checks, each of which can be left out (`?exclude=name`) or asked alone
 * (`/readyz/name`). `?verbose` shows each; a failure always does. As etcd 3.6 has it.
 */
import type { CheckCount, HealthCounts, ProbeKind } from './health-counts.ts';
import type { ProbeCheck } from './probe-checks.ts';
import { PLAIN, type Endpoint, type Route } from './router.ts';

interface CountedCheck extends ProbeCheck {
  readonly count: CheckCount;
}

/** The paths of one probe: itself, and one for each of its checks. */
export function probeRoutes(
  kind: ProbeKind,
  checks: readonly ProbeCheck[],
  counts: HealthCounts,
): readonly (readonly [path: string, route: Route])[] {
  const counted = checks.map(({ name, run }) => ({ name, run, count: counts.add(kind, name) }));
  return [
    [`/${kind}`, { endpoint: probe(counted), methods: 'GET' }],
    ...counted.map(
      (check) => [`/${kind}/${check.name}`, { endpoint: probe([check]), methods: 'GET' }] as const,
    ),
  ];
}

function probe(checks: readonly CountedCheck[]): Endpoint {
  return async (query) => {
    const excluded = query.getAll('exclude');
    const asked = checks.filter(({ name }) => !excluded.includes(name));
    const failures = await Promise.all(asked.map(runCounted));
    const lines = asked.map(({ name }, i) => lineOf(name, failures[i]));
    const isWell = failures.every((failure) => failure === undefined);
    if (!isWell) return { status: 503, contentType: PLAIN, body: lines.join('') + '\n' };
    const shown = query.has('verbose') ? lines.join('') : '';
    return { status: 200, contentType: PLAIN, body: `${shown}ok\n` };
  };
}

async function runCounted({ run, count }: CountedCheck): Promise<string | undefined> {
  const failure = await run();
  count.lastSucceeded = failure === undefined;
  if (failure === undefined) count.successes += 1;
  else count.failures += 1;
  return failure;
}

const lineOf = (name: string, failure: string | undefined): string =>
  failure === undefined ? `[+]${name} ok\n` : `[-]${name} failed: ${failure}\n`;
