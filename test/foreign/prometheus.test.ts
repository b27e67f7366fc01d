/**
 * Goal: Prometheus scrapes a member without a complaint, and etcd's alerts and dashboards find in it what they ask
 * for. Method: a real Prometheus scrapes Concord, and etcd where there is one; each question is put of both.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { ServerUnderTest, commandOnPath, freePorts } from '../bench/server-under-test.ts';
import { runProgram } from './program.ts';
import { QUESTIONS } from './prometheus-rules.ts';
import { TARGETS } from './targets.ts';

const WAIT_SECONDS_MAX = 20;

const prometheus = commandOnPath('prometheus');
const promtool = commandOnPath('promtool');
const [concord] = TARGETS;
const skip =
  prometheus === undefined || promtool === undefined
    ? 'there is no prometheus with its promtool on the PATH'
    : concord!.skip;

/** One value of an answer. */
interface Sample {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [atSeconds: number, value: string];
}

const SCRAPE_INTERVAL = '200ms';

describe('Prometheus', { skip }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'concord-prometheus-'));
  const servers = new Map<string, ServerUnderTest>();
  let scraper: ChildProcess | undefined;
  let address: string;

  before(async () => {
    for (const { name, kind } of TARGETS) {
      if (kind === undefined) continue;
      const files = { dataDir: join(folder, name), logFile: join(folder, `${name}.log`) };
      servers.set(name, await ServerUnderTest.start({ kind, ...files }));
    }
    const jobs = [...servers].map(
      ([name, { endpoint }]) =>
        `  - job_name: ${name}\n    static_configs:\n      - targets: ['${endpoint}']\n`,
    );
    const file = join(folder, 'prometheus.yml');
    const header = `global:\n  scrape_interval: ${SCRAPE_INTERVAL}\n  scrape_timeout: ${SCRAPE_INTERVAL}\n`;
    writeFileSync(file, `${header}scrape_configs:\n${jobs.join('')}`);
    address = `127.0.0.1:${(await freePorts()).client}`;
    scraper = spawn(
      prometheus!,
      [
        `--config.file=${file}`,
        `--storage.tsdb.path=${join(folder, 'tsdb')}`,
        `--web.listen-address=${address}`,
      ],
      { stdio: 'ignore' },
    );
    // A rate needs two scrapes that were in time.
    await until('two scrapes of each', async () => {
      const counts = await ask('sum by (job) (sum_over_time(up[1m]))');
      return [...servers.keys()].every((job) =>
        counts.some(({ metric, value }) => metric['job'] === job && Number(value[1]) >= 2),
      );
    });
  });

  after(async () => {
    scraper?.kill('SIGKILL');
    await Promise.all([...servers.values()].map((server) => server.kill()));
    rmSync(folder, { recursive: true, force: true });
  });

  async function until(what: string, condition: () => Promise<boolean>): Promise<void> {
    const deadline = performance.now() + WAIT_SECONDS_MAX * 1000;
    while (!(await condition())) {
      assert.ok(performance.now() < deadline, `${what}: not after ${WAIT_SECONDS_MAX} s`);
      await sleep(50);
    }
  }

  /** The answer to a question; nothing while Prometheus does not listen yet. */
  async function ask(expression: string): Promise<readonly Sample[]> {
    const url = `http://${address}/api/v1/query?query=${encodeURIComponent(expression)}`;
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok !== true) return [];
    const { data } = (await answer.json()) as { data: { result: Sample[] } };
    return data.result;
  }

  for (const { asks, expression } of QUESTIONS) {
    test(`finds an answer to "${asks}"`, async () => {
      for (const job of servers.keys()) {
        const found = await ask(expression.replaceAll('JOB', job));
        assert.notEqual(found.length, 0, `${job} has nothing for ${expression}`);
      }
    });
  }

  test('its linter has no complaint about what is not named as etcd names it', async () => {
    const { endpoint } = servers.get('concord')!;
    const text = await (await fetch(`http://${endpoint}/metrics`)).text();
    const { output, errors } = await runProgram(promtool!, ['check', 'metrics'], { input: text });
    const complaints = `${output}${errors}`.split('\n').filter((line) => line !== '');
    // The names are etcd's, and the runtime's own; what is left would be a text that does not parse.
    const names = /non-counter metrics should not have|should have "_total" suffix|use base unit/;
    assert.deepEqual(
      complaints.filter((line) => !names.test(line)),
      [],
    );
  });

  test('reads the same kind of text whatever it says it accepts, as etcd answers', async () => {
    const { endpoint } = servers.get('concord')!;
    const accept = 'application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5';
    for (const headers of [{}, { accept }]) {
      const answer = await fetch(`http://${endpoint}/metrics`, { headers });
      assert.match(answer.headers.get('content-type') ?? '', /^text\/plain; version=0\.0\.4;/);
      await answer.body?.cancel();
    }
  });
});
