/**
 * Goal: the chart renders to what is kept in `rendered/`, Kubernetes takes it, and what makes no sense is refused with a
 * sentence. Method: Helm itself; the strict schemas of Kubernetes and of the Prometheus operator.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { npmTools, pythonTools } from '../tools.ts';
import { CASES, REFUSED } from './cases.ts';
import { Helm } from './helm-program.ts';
import { KnownSet } from './known-set.ts';
import { readRendered, renderedFile } from './rendered.ts';

const run = promisify(execFile);
const helm = await Helm.find();

describe('Helm', { skip: 'reason' in helm && helm.reason }, () => {
  const it = helm as Helm;

  for (const each of CASES) {
    test(`renders ${each.name} as it is kept, and its linter has no complaint`, async () => {
      const { status, output, errors } = await it.template(each);
      assert.equal(status, 0, errors);
      assert.ok(
        output === readFileSync(renderedFile(each.name), 'utf8'),
        'run "npm run chart" and read its difference',
      );
      const lint = await it.lint(each.values);
      assert.equal(lint.status, 0, lint.output + lint.errors);
    });
  }

  test('asks no member to leave that does not run, nor makes their set smaller', async () => {
    const annotations = { 'concord/diagnostic-mode': 'true' };
    await using running = await KnownSet.start({ replicas: 3 });
    await using idle = await KnownSet.start({ replicas: 3, annotations });
    const [on, off] = [{ diagnosticMode: { enabled: true } }, {}];
    for (const [set, values, asksToLeave] of [
      [running, off, true],
      [running, on, false],
      [idle, on, false],
      [idle, off, false],
    ] as const) {
      const { status, output, errors } = await it.upgrade(values, set.kubeconfig);
      assert.equal(status, 0, errors);
      assert.equal(/name: concord-shrink-/.test(output), asksToLeave);
      const smaller = await it.upgrade({ ...values, replicaCount: 1 }, set.kubeconfig);
      assert.equal(smaller.status, asksToLeave ? 0 : 1);
      if (!asksToLeave) assert.match(smaller.errors, /members that do not run cannot leave/);
    }
  });

  test('refuses what makes no sense, and says what to do', async () => {
    for (const { values, says } of REFUSED) {
      const { status, errors } = await it.template({ values });
      assert.equal(status, 1, JSON.stringify(values));
      assert.match(errors, says);
    }
  });
});

/** The oldest and the newest for which there are schemas, and which serve all that is made. */
const KUBERNETES = ['1.27', '1.37'];

test('Kubernetes knows every field of what is rendered', async (context) => {
  const tools = await pythonTools();
  if ('reason' in tools) {
    context.skip(tools.reason);
    return;
  }
  const program = join(tools.directory, 'kubernetes-validate');
  const files = CASES.map(({ name }) => renderedFile(name));
  for (const version of KUBERNETES) {
    const { stdout, stderr } = await run(program, ['--strict', '-k', version, ...files]);
    const said = `${stdout}${stderr}`.split('\n').filter((line) => /WARN|ERROR/.test(line));
    // Those of the Prometheus operator are not Kubernetes' own; they are judged below.
    assert.deepEqual(
      said.filter((line) => !line.includes('monitoring.coreos.com')),
      [],
    );
  }
});

test('the Prometheus operator knows what is made for it', async (context) => {
  const tools = await npmTools();
  if ('reason' in tools) {
    context.skip(tools.reason);
    return;
  }
  const kinds = ['ServiceMonitor', 'PodMonitor', 'PrometheusRule'];
  const manifests = readRendered('everything').filter(({ kind }) => kinds.includes(kind));
  assert.equal(manifests.length, 4);
  for (const manifest of manifests) {
    const name = `ComGithubPrometheusOperatorPrometheusOperatorPkgApisMonitoringV1${manifest.kind}`;
    const file = join(
      tools.directory,
      `@kubernetes-models/prometheus-operator/_schemas/${name}.js`,
    );
    const { validate } = (await import(pathToFileURL(file).href)) as {
      validate: ((value: unknown) => boolean) & { errors?: unknown };
    };
    assert.ok(validate(manifest), JSON.stringify(validate.errors));
    assert.equal(validate({ ...manifest, spec: 7 }), false, 'it judges');
  }
});
