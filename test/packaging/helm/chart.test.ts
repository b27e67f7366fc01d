/**
 * Goal: the chart in the repository is the one that its values describe, and what it makes holds together. Method: what is
 * made is made again and compared; names and labels in what Helm rendered are looked up where they are meant to be found.
 * `npm run packaging` renders it again and has Kubernetes' own schemas judge it.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { ROOT } from '../../sdk/packages/published.ts';
import { CASES } from './cases.ts';
import { UPDATE_COMMAND, madeFiles } from './chart-files.ts';
import { CHART, readChartValues, type ChartValue } from './chart-values.ts';
import { readRendered, type Manifest } from './rendered.ts';

const read = (path: string): string => readFileSync(path, 'utf8');
const schema = Object.entries(JSON.parse(read(`${CHART}/values.schema.json`)) as object);
// Its keyword for the dialect is JSON Schema's own, spelt as Helm wants it.
const isValid = new Ajv({ strict: false }).compile(
  Object.fromEntries(schema.filter(([keyword]) => keyword !== '$schema')),
);

for (const [path, content] of madeFiles()) {
  test(`${relative(ROOT, path)} is what is made of the values`, () => {
    assert.ok(read(path) === content, `run "${UPDATE_COMMAND}" and read its difference`);
  });
}

test('the schema takes the values as they are, and each case', () => {
  assert.ok(isValid(parse(read(`${CHART}/values.yaml`))), JSON.stringify(isValid.errors));
  for (const { name, values } of CASES) {
    assert.ok(isValid(values), `${name}: ${JSON.stringify(isValid.errors)}`);
  }
});

test('the schema refuses what is mistyped, at any depth', () => {
  for (const wrong of [
    { replicaCont: 3 },
    { auth: { rbac: { rootpassword: 'x' } } },
    { replicaCount: '3' },
    { replicaCount: 0 },
    { service: { type: 'Nodeport' } },
    { persistence: { accessModes: 'ReadWriteOnce' } },
  ]) {
    assert.equal(isValid(wrong), false, JSON.stringify(wrong));
  }
});

test('every value is explained', () => {
  const unexplained = (value: ChartValue, path: string): string[] => {
    const own = `${path}${value.name}`;
    if (value.members.length > 0) {
      return value.members.flatMap((member) => unexplained(member, `${own}.`));
    }
    return value.explanation === '' && value.oneOf.length === 0 ? [own] : [];
  };
  assert.deepEqual(
    readChartValues().flatMap((value) => unexplained(value, '')),
    [],
  );
});

test('every value is used by a template', () => {
  const templates = [
    '_helpers.tpl',
    'defrag-cronjob.yaml',
    'extra.yaml',
    'gateway.yaml',
    'monitoring.yaml',
    'networkpolicy.yaml',
    'pdb.yaml',
    'secret.yaml',
    'serviceaccount.yaml',
    'services.yaml',
    'shrink-job.yaml',
    'snapshot-cronjob.yaml',
    'statefulset.yaml',
    'NOTES.txt',
  ]
    .map((name) => read(`${CHART}/templates/${name}`))
    .join('\n');
  // Groups that are written out whole are used by their own names.
  const isUsed = (value: ChartValue): boolean =>
    new RegExp(`\\.${value.name}\\b`).test(templates) || value.members.some(isUsed);
  const unused = (value: ChartValue, path: string): string[] => {
    const own = `${path}${value.name}`;
    if (!isUsed(value)) return [own];
    const isWhole = new RegExp(
      `(toYaml|omit|with|merge|"probe"|ternary) [^\\n]*\\.${value.name}\\b`,
    ).test(templates);
    return isWhole ? [] : value.members.flatMap((member) => unused(member, `${own}.`));
  };
  assert.deepEqual(
    readChartValues().flatMap((value) => unused(value, '')),
    [],
  );
});

type Tree = Readonly<Record<string, unknown>>;
const at = (tree: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((found, key) => (found as Tree | undefined)?.[key], tree);

/** Pods' templates, wherever they are. */
const podsOf = ({ kind, spec }: Manifest): unknown =>
  kind === 'CronJob'
    ? at(spec, 'jobTemplate.spec.template')
    : ['StatefulSet', 'Deployment', 'Job'].includes(kind)
      ? at(spec, 'template')
      : undefined;

const includes = (labels: unknown, wanted: unknown): boolean =>
  Object.entries(wanted as Tree).every(([key, value]) => (labels as Tree)[key] === value);

for (const { name } of CASES) {
  const manifests = readRendered(name);
  const workloads = manifests.filter((each) => podsOf(each) !== undefined);

  test(`${name}: each selector finds pods, and each port that a service names is there`, () => {
    for (const { kind, metadata, spec } of manifests) {
      const selector =
        kind === 'Service'
          ? at(spec, 'selector')
          : kind === 'NetworkPolicy'
            ? at(spec, 'podSelector.matchLabels')
            : at(spec, 'selector.matchLabels');
      if (selector === undefined || kind === 'PersistentVolumeClaim') continue;
      if (kind === 'ServiceMonitor') {
        const services = manifests.filter((each) => each.kind === 'Service');
        assert.ok(services.some((service) => includes(at(service, 'metadata.labels'), selector)));
        continue;
      }
      const found = workloads.filter((each) =>
        includes(at(podsOf(each), 'metadata.labels'), selector),
      );
      assert.equal(found.length, 1, `${kind} ${metadata.name} selects ${found.length} workloads`);
      if (kind !== 'Service') continue;
      const containers = at(podsOf(found[0]!), 'spec.containers') as readonly Tree[];
      const ports = containers.flatMap(({ ports }) => (ports ?? []) as readonly { name: string }[]);
      for (const { targetPort } of at(spec, 'ports') as readonly { targetPort: string }[]) {
        assert.ok(
          ports.some((port) => port.name === targetPort),
          `${metadata.name}: ${targetPort}`,
        );
      }
    }
  });

  test(`${name}: what is mounted has a volume, and every volume is mounted`, () => {
    for (const workload of workloads) {
      const pod = at(podsOf(workload), 'spec');
      const claims = (at(workload.spec, 'volumeClaimTemplates') ?? []) as readonly unknown[];
      const volumes = [
        ...((at(pod, 'volumes') ?? []) as readonly { name: string }[]).map((volume) => volume.name),
        ...claims.map((claim) => at(claim, 'metadata.name')),
      ];
      const containers = at(pod, 'containers') as readonly Tree[];
      const mounts = containers.flatMap(({ volumeMounts }) =>
        ((volumeMounts ?? []) as readonly { name: string }[]).map((mount) => mount.name),
      );
      assert.deepEqual([...new Set(mounts)].sort(), [...volumes].sort(), workload.metadata.name);
    }
  });

  test(`${name}: no container may become root, write its image, or talk to Kubernetes`, () => {
    for (const workload of workloads) {
      const pod = at(podsOf(workload), 'spec');
      assert.equal(at(pod, 'automountServiceAccountToken'), false);
      for (const container of at(pod, 'containers') as readonly Tree[]) {
        if (container['name'] === 'beside') continue;
        const security = container['securityContext'];
        assert.equal(at(security, 'runAsNonRoot'), true);
        assert.equal(at(security, 'readOnlyRootFilesystem'), true);
        assert.equal(at(security, 'allowPrivilegeEscalation'), false);
        assert.deepEqual(at(security, 'capabilities.drop'), ['ALL']);
      }
    }
  });

  test(`${name}: no password stands in a pod's specification`, () => {
    for (const workload of workloads) {
      const text = JSON.stringify(podsOf(workload));
      assert.doesNotMatch(text, /a password|YSBwYXNzd29yZA/);
    }
  });
}
