/**
 * docs/compatibility.md, printed from the tables of etcd's surface. Run as a program it writes the file:
 * `node --conditions=@concord/source test/compatibility/document.ts`; a test tells when that is due.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { STANDS, type Proof, type Row, type Section, type Stand } from './row.ts';
import { besideRows } from './surface/beside.ts';
import { flagRows } from './surface/flags.ts';
import { endpointRows, gatewayRows, peerRows } from './surface/http.ts';
import { metricRows } from './surface/metrics.ts';
import { rpcRows } from './surface/rpcs.ts';
import { v2Rows } from './surface/v2.ts';

export const sections: readonly Section[] = [
  {
    title: 'RPCs',
    text: 'Random programs of most of these calls get the same answers from both, too (`test/conformance/differential.test.ts`).',
    column: 'RPC',
    rows: rpcRows,
  },
  {
    title: 'JSON gateway',
    text: 'Below `/v3/`, unless `--enable-grpc-gateway=false`.',
    column: 'Path',
    rows: gatewayRows,
  },
  {
    title: 'HTTP endpoints',
    text: 'Of the client port; `/metrics`, `/health`, `/livez` and `/readyz` also of `--listen-metrics-urls`.',
    column: 'Path',
    rows: endpointRows,
  },
  { title: 'Peer port', text: '', column: 'Path', rows: peerRows },
  {
    title: 'v2 API',
    text: 'With `--enable-v2`, as etcd up to 3.5 has it; [all differences](v2-api.md#what-differs-from-etcd-34).',
    column: 'Request',
    rows: v2Rows,
  },
  {
    title: 'Flags',
    text: 'Also as `ETCD_…` variables and in `--config-file`; what each does is in [configuration.md](configuration.md).',
    column: 'Flag',
    rows: flagRows.map((row) => ({ ...row, name: `--${row.name}` })),
  },
  {
    title: 'Metrics',
    text: "Type, help, labels and buckets are etcd's, so the official dashboard and alert rules work as they are.",
    column: 'Metric',
    rows: metricRows,
  },
  {
    title: 'Programs, files, companions',
    text: '',
    column: 'What',
    rows: besideRows,
  },
];

const introduction = (): string => `# Can I move from etcd?

A program that speaks etcd's v3 protocol, its JSON gateway or its v2 API is pointed at Concord and goes on; its snapshots
come along, and go back. This page has a row for every RPC, endpoint, flag and metric of etcd 3.6 (what 3.7 added, and what
is left of 3.4, is marked or noted), with what Concord does and the test that shows it. It is printed from tables that a
test holds against the protocol's descriptors, the gateway's routes, the flags, and what a running member serves; the
tests that are named exist. Most of them run against real etcd as well, where the machine has one.

${summary()}

**etcd's own end-to-end tests**, those of its release 3.6.14, were run with \`concord\`, \`concordctl\` and \`concordutl\` in the place of
its programs. Of \`tests/common\`, where the same cases are asked in many ways, all 76 that etcd has not switched off pass. Of the
223 of \`tests/e2e\` 162 pass, and 35 leave themselves out, as they want a build with failpoints or an older etcd beside the new one.
Of the other 26, ten read or damage bbolt's files or etcd's log, which are not there; ten wait for lines of etcd's log that Concord
does not write, or writes in its own words; two look into Go's runtime; one wants \`--v2-deprecation=not-yet\` refused, which is
taken here, as start scripts of 3.5 hold it; one makes certificates that are named as their own authority, which OpenSSL takes for
self-signed; one starts \`etcdctl\` a thousand times in half a minute, which passes with etcd's own; and of the three that
want watches answered within 150 ms while reads of 5 MB fill the machine one fails, as do the others where that has more to do:
up to 370 ms were seen.

**What is better on purpose.** NOSPACE goes away once there is room. Locks and elections tell a waiter at once that its session
has ended, and observers miss no leader. Open watches end when their right is revoked. Guessing of passwords is slowed
down. Defragmentation is not needed. Pages of other origins may neither read nor write unless you allow it. History is
kept for an hour by default, rather than without end.

**What is not there.** etcd's peer protocol: a cluster is of one kind, and data moves by snapshot. v2 discovery, v2 users,
distributed tracing. Whatever is of Go's runtime or of bbolt.
`;

function summary(): string {
  const count = (stand: Stand, { rows }: Section): string =>
    String(rows.filter((row) => row.stand === stand).length);
  const kinds = Object.keys(STANDS) as Stand[];
  return table(
    ['', ...kinds.map((kind) => STANDS[kind])],
    sections.map((section) => [section.title, ...kinds.map((kind) => count(kind, section))]),
  );
}

export function compatibilityDocument(): string {
  return [introduction(), ...sections.map(sectionText)].join('\n');
}

function sectionText({ title, text, column, rows }: Section): string {
  const head = text === '' ? `## ${title}\n` : `## ${title}\n\n${text}\n`;
  return `${head}\n${table([column, 'Concord', 'Shown by'], grouped(rows))}\n`;
}

/** Rows of which the same is to be said stand together. */
function grouped(rows: readonly Row[]): readonly (readonly string[])[] {
  const groups = new Map<string, { names: string[]; cells: readonly [string, string] }>();
  for (const row of rows) {
    const cells = [standing(row), row.proofs.map(proofText).join('; ')] as const;
    const group = groups.get(cells.join('|'));
    if (group === undefined) groups.set(cells.join('|'), { names: [nameText(row.name)], cells });
    else group.names.push(nameText(row.name));
  }
  return [...groups.values()].map(({ names, cells }) => [names.join(', '), ...cells]);
}

/** Names of the protocol as they are typed; what is said in words stays as it is. */
const nameText = (name: string): string =>
  /^(?:\/|--|[A-Z]+ \/|[a-z0-9.]+\.[A-Z]\w*\/|[a-z]+_|Grpc-|X-Etcd|Authorization)/.test(name)
    ? `\`${name}\``
    : name;

const standing = ({ stand, note }: Row): string =>
  note === '' ? STANDS[stand] : `${STANDS[stand]}: ${note}`;

const proofText = ({ file, title }: Proof): string =>
  `[${title.replaceAll('[', '\\[').replaceAll(']', '\\]')}](../${file})`;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

export const documentPath = join(import.meta.dirname, '../../docs/compatibility.md');

if (import.meta.main) writeFileSync(documentPath, compatibilityDocument());
