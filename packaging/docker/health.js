/**
 * Whether what runs in this container serves: status 0, or 1 with the reason. Asks `CONCORD_HEALTH_URL`, by default a
 * member's own readiness; for a gateway it is http://127.0.0.1:7379/health/ready. A port that asks for certificates is not
 * asked: give the member `--listen-metrics-urls` and name that.
 */
const url = process.env.CONCORD_HEALTH_URL ?? 'http://127.0.0.1:2379/readyz';
/** Docker's own limit for the check is longer. */
const ANSWER_MS_MAX = 4000;

try {
  const answer = await fetch(url, { signal: AbortSignal.timeout(ANSWER_MS_MAX) });
  if (!answer.ok) throw new Error(`answered ${answer.status} ${(await answer.text()).trim()}`);
} catch (error) {
  console.error(`${url}: ${error.cause?.message ?? error.message}`);
  process.exitCode = 1;
}
