/**
 * Goal: what the compose file says makes a cluster with a gateway. Method: each service's variables and entry point, started
 * on this machine; names of services become ports, volumes directories.
 */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { parse } from 'yaml';
import { MemberProcess } from '../../cluster/member-process.ts';
import { freePorts } from '../../conformance/harness/free-ports.ts';
import { ROOT } from '../../sdk/packages/published.ts';

interface Service {
  readonly entrypoint?: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

const PROGRAMS: Readonly<Record<string, string>> = {
  concord: 'apps/server/bin/concord',
  'concord-gateway': 'apps/gateway/bin/concord-gateway',
};
const { services } = parse(readFileSync(join(ROOT, 'packaging/docker/compose.yaml'), 'utf8'), {
  merge: true,
}) as { services: Readonly<Record<string, Service>> };

const directory = mkdtempSync(join(tmpdir(), 'concord-compose-'));
const running: MemberProcess[] = [];
after(async () => {
  await Promise.all(running.map((process) => process.kill()));
  rmSync(directory, { recursive: true, force: true });
});

test('three members elect a leader, and the gateway is ready', { timeout: 60_000 }, async () => {
  const containerPorts = [2379, 2380, 7379, 7380];
  const names = Object.keys(services);
  const ports = await freePorts(names.length * containerPorts.length);
  const portOf = (service: string, port: number): number | undefined =>
    ports[names.indexOf(service) * containerPorts.length + containerPorts.indexOf(port)];
  const here = (service: string, text: string): string =>
    text
      .replace(
        /\b(m\d):(\d+)/g,
        (_, name: string, port: string) => `127.0.0.1:${portOf(name, Number(port))}`,
      )
      .replace(
        /(?:0\.0\.0\.0|127\.0\.0\.1):(2379|2380|7379)\b/g,
        (_, port: string) => `127.0.0.1:${portOf(service, Number(port))}`,
      )
      .replaceAll('/var/lib/concord', join(directory, service));
  const start = (name: string, more: Readonly<Record<string, string>> = {}): MemberProcess => {
    const { entrypoint: [program = ''] = ['concord'], environment } = services[name]!;
    mkdirSync(join(directory, name));
    const variables = Object.entries(environment).map(([key, value]) => [key, here(name, value)]);
    const process = new MemberProcess({
      executable: join(ROOT, PROGRAMS[program] ?? program),
      arguments: [],
      environment: { ...(Object.fromEntries(variables) as Record<string, string>), ...more },
      logFile: join(directory, `${name}.log`),
    });
    running.push(process);
    return process;
  };
  const members = names.filter((name) => name !== 'gateway');
  await Promise.all(members.map((name) => start(name).ready));
  for (const name of members) {
    const { status } = await fetch(`http://127.0.0.1:${portOf(name, 2379)}/readyz`);
    assert.equal(status, 200, name);
  }
  const gatewayPorts = {
    CONCORD_GATEWAY_LISTEN_PORT: String(portOf('gateway', 7379)),
    CONCORD_GATEWAY_GRPC_PORT: String(portOf('gateway', 7380)),
  };
  const gateway = start('gateway', gatewayPorts);
  while (!gateway.lastWords.includes('concord-gateway: ready at')) {
    assert.ok(gateway.isRunning, gateway.lastWords);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const url = here('gateway', services['gateway']?.environment['CONCORD_HEALTH_URL'] ?? '');
  assert.equal((await fetch(url)).status, 200);
});
