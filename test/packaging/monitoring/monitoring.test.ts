/**
 * Goal: alerts fire when they should, and nothing asks for a metric that no program has. Method: promtool's own checks and
 * the rules' unit tests; every name of a metric in rules and dashboard is looked up in what a member and a gateway tell.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { parse, stringify } from 'yaml';
import { ServerUnderTest, commandOnPath, concordKind } from '../../bench/server-under-test.ts';
import { GatewayProcess } from '../../gateway/harness/gateway-process.ts';
import { ROOT } from '../../sdk/packages/published.ts';

const folder = join(ROOT, 'packaging/monitoring');
const rulesFile = join(folder, 'concord.rules.yaml');

interface Rule {
  readonly alert?: string;
  readonly record?: string;
  readonly expr: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}
interface Panel {
  readonly title: string;
  readonly type: string;
  readonly gridPos: {
    readonly x: number;
    readonly y: number;
    readonly w: number;
    readonly h: number;
  };
  readonly targets?: readonly { readonly expr: string }[];
}

const rules = (
  parse(readFileSync(rulesFile, 'utf8')) as { groups: readonly { rules: readonly Rule[] }[] }
).groups.flatMap((group) => group.rules);
const { panels } = JSON.parse(readFileSync(join(folder, 'concord.dashboard.json'), 'utf8')) as {
  panels: readonly Panel[];
};
/** As Grafana fills in its variables. */
const queries = panels.flatMap(({ targets = [] }) =>
  targets.map(({ expr }) =>
    expr
      .replaceAll('$__rate_interval', '5m')
      .replaceAll('$job', 'concord')
      .replace(/\$(?:namespace|cluster)/g, '.*'),
  ),
);

function promtool(...words: readonly string[]): { status: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync('promtool', words, { encoding: 'utf8' });
  return { status, said: stdout + stderr };
}

describe(
  'promtool',
  { skip: commandOnPath('promtool') === undefined && 'there is no promtool on the PATH' },
  () => {
    const directory = mkdtempSync(join(tmpdir(), 'concord-rules-'));
    after(() => rmSync(directory, { recursive: true, force: true }));

    test('takes the rules, and each alert fires in their unit tests when it should', () => {
      const checked = promtool('check', 'rules', '--lint=all', '--lint-fatal', rulesFile);
      assert.equal(checked.status, 0, checked.said);
      const tested = promtool('test', 'rules', join(folder, 'concord.rules.test.yaml'));
      assert.equal(tested.status, 0, tested.said);
    });

    test('takes every query of the dashboard', () => {
      const file = join(directory, 'dashboard.yaml');
      const asRules = queries.map((expr, i) => ({ record: `query:${i}`, expr }));
      writeFileSync(file, stringify({ groups: [{ name: 'dashboard', rules: asRules }] }));
      const { status, said } = promtool('check', 'rules', '--lint=none', file);
      assert.equal(status, 0, said);
    });
  },
);

test('every alert says how severe it is, what it is and what to do, and has a unit test', () => {
  const tests = readFileSync(join(folder, 'concord.rules.test.yaml'), 'utf8');
  for (const { alert, labels, annotations } of rules) {
    if (alert === undefined) continue;
    assert.match(labels?.['severity'] ?? '', /^(critical|warning|info)$/, alert);
    assert.notEqual(annotations?.['summary'], undefined, alert);
    assert.notEqual(annotations?.['description'], undefined, alert);
    assert.match(
      tests,
      new RegExp(`alertname: ${alert}\\n\\s+exp_alerts`),
      `${alert} has a test in which it fires`,
    );
  }
});

test('no two panels of the dashboard are in the same place', () => {
  const cells = new Set<string>();
  for (const {
    gridPos: { x, y, w, h },
    title,
  } of panels) {
    assert.ok(x + w <= 24, title);
    for (let column = x; column < x + w; column++) {
      for (let line = y; line < y + h; line++) {
        assert.ok(!cells.has(`${column},${line}`), title);
        cells.add(`${column},${line}`);
      }
    }
  }
});

/** Names that a query reads, without functions, labels, and words of the language. */
function metricsIn(expr: string): readonly string[] {
  const bare = expr
    .replace(/"[^"]*"|'[^']*'/g, '')
    .replace(/\{[^}]*\}/g, '')
    .replace(/\[[^\]]*\]/g, '')
    .replace(/\b(?:by|without|on|ignoring)\s*\([^)]*\)/g, '');
  return [...bare.matchAll(/\b([a-zA-Z_:][\w:]*)\b(?!\s*\()/g)]
    .map(([, name = '']) => name)
    .filter((name) => /_|:|^up$/.test(name));
}

describe(
  'what rules and dashboard ask for',
  { skip: concordKind() === undefined && 'the server is not built' },
  () => {
    const directory = mkdtempSync(join(tmpdir(), 'concord-metrics-'));
    let server: ServerUnderTest;
    let gateway: GatewayProcess;
    const known = new Set<string>();

    before(async () => {
      const files = { dataDir: join(directory, 'data'), logFile: join(directory, 'log') };
      const extraFlags = [`--archive-dir=${join(directory, 'archive')}`];
      server = await ServerUnderTest.start({ kind: concordKind()!, ...files, extraFlags });
      gateway = await GatewayProcess.start([server.endpoint]);
      for (const url of [`http://${server.endpoint}/metrics`, `${gateway.url}/metrics`]) {
        const text = await (await fetch(url)).text();
        for (const [, name = '', type] of text.matchAll(/^# TYPE (\S+) (\S+)$/gm)) {
          known.add(name);
          if (type === 'histogram')
            for (const part of ['bucket', 'sum', 'count']) known.add(`${name}_${part}`);
        }
      }
      // Prometheus' own, and what the rules make.
      for (const name of ['up', 'ALERTS']) known.add(name);
      for (const { record } of rules) if (record !== undefined) known.add(record);
    });
    after(async () => {
      await gateway.stop();
      await server.kill();
      rmSync(directory, { recursive: true, force: true });
    });

    test('is there', () => {
      assert.ok(known.size > 100, `${known.size} metrics are told`);
      const asked = new Set([...rules.map(({ expr }) => expr), ...queries].flatMap(metricsIn));
      assert.ok(asked.size > 30, `${asked.size} metrics are asked for`);
      assert.deepEqual(
        [...asked].filter((name) => !known.has(name)),
        [],
      );
    });
  },
);
