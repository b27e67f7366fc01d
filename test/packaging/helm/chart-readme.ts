/** README.md of the chart: how to install it, and its values in tables. */
import type { ChartValue } from './chart-values.ts';

const HEAD = `# Concord on Kubernetes

Made from values.yaml by \`npm run chart\`; a test compares. [docs/deployment.md](../../../docs/deployment.md) tells how members
come and go, and what is checked.

\`\`\`sh
helm install concord packaging/helm/concord --namespace concord --create-namespace
helm upgrade concord packaging/helm/concord --namespace concord --set replicaCount=5
\`\`\`

Values are named as those of the well-known etcd chart where they mean the same. A name that the chart does not know is
refused. What it makes: a StatefulSet of members with their volumes, a service for clients and one by which members find
each other, gateways, a password for root, budgets for disruptions, network policies, and if asked for snapshots by
the clock, monitors, alerts and a dashboard.
`;

export function chartReadme(values: readonly ChartValue[]): string {
  const parts: string[] = [HEAD];
  for (const value of values) {
    if (value.section !== undefined) parts.push(`\n## ${value.section}\n\n${TABLE_HEAD}`);
    parts.push(...rows(value, ''));
  }
  return parts.join('');
}

const TABLE_HEAD = '| Value | What | Default |\n| --- | --- | --- |\n';

function rows(value: ChartValue, prefix: string): readonly string[] {
  const path = `${prefix}${value.name}`;
  if (value.members.length > 0) return value.members.flatMap((member) => rows(member, `${path}.`));
  const choices = value.oneOf.map((choice) => `\`${choice}\``).join(', ');
  const what = [value.explanation, choices].filter((text) => text !== '').join(' ');
  return [
    `| \`${path}\` | ${what.replaceAll('|', '\\|')} | \`${JSON.stringify(value.default)}\` |\n`,
  ];
}
