/**
 * Goal: programs that people already run find services: Prometheus by `http_sd`, and whatever asks DNS. Method: Debian's
 * Prometheus really scrapes, and `dig` asks; both are skipped where they are not installed.
 */
import assert from 'node:assert/strict';
import { execFile, spawn, spawnSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { freePorts } from '../conformance/harness/free-ports.ts';
import { onEachBackend } from './harness/gateway-process.ts';

const run = promisify(execFile);
const isInstalled = (program: string): boolean =>
  spawnSync(program, ['-h'], { stdio: 'ignore' }).error === undefined;
const hasDig = isInstalled('dig');
const hasPrometheus = isInstalled('prometheus');

const [dnsPort = 0] = await freePorts(1);

onEachBackend(
  'doors',
  (target) => {
    const put = async (service: string, id: string, body: object = {}) => {
      const path = `/v1/services/${service}/instances/${id}`;
      const answer = await target.gateway.json('PUT', path, {
        body: { address: '10.0.0.1', port: 3000, ...body },
      });
      assert.ok(answer.status < 300, `${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    };
    const dig = async (...question: string[]): Promise<string> => {
      const flags = ['@127.0.0.1', '-p', String(dnsPort), '+tries=1', '+time=5'];
      return (await run('dig', [...flags, ...question])).stdout;
    };
    const statusOf = (answer: string): string | undefined => /status: (\w+)/.exec(answer)?.[1];

    test(
      'dig finds instances with their ports, weights and priorities',
      { skip: !hasDig },
      async () => {
        const service = target.name('orders');
        await put(service, 'near', {
          weight: 300,
          zone: 'eu-1',
          ports: { http: 3000, grpc: 3001 },
        });
        await put(service, 'far', { weight: 100, address: 'fd00::2', port: 4000, zone: 'eu-2' });
        await put(service, 'off', { weight: 0, address: '10.0.0.3' });
        await put(service, 'new', { state: 'starting', address: '10.0.0.4' });
        const srv = await dig('+short', 'SRV', `_${service}._tcp.service.concord`);
        assert.deepEqual(srv.trim().split('\n').sort(), [
          '0 300 3000 0a000001.addr.concord.',
          '1 100 4000 fd000000000000000000000000000002.addr.concord.',
        ]);
        assert.equal(
          (
            await dig('+short', 'SRV', `_grpc._tcp.${service.toUpperCase()}.service.concord`)
          ).trim(),
          '0 300 3001 0a000001.addr.concord.',
        );
        assert.equal((await dig('+short', 'A', '0a000001.addr.concord')).trim(), '10.0.0.1');
        assert.equal((await dig('+short', 'AAAA', `${service}.service.concord`)).trim(), 'fd00::2');
        assert.equal(
          (await dig('+short', 'A', `off.${service}.instance.concord`)).trim(),
          '10.0.0.3',
        );
        const byTcp = await dig('+tcp', 'SRV', `${service}.service.concord`);
        assert.match(byTcp, /ANSWER: 2.*ADDITIONAL: 3/);
      },
    );

    test(
      'what is not there is told apart from what has nothing to say',
      { skip: !hasDig },
      async () => {
        const service = target.name('orders');
        await put(service, 'a');
        const unknown = await dig('A', 'nobody.service.concord');
        assert.equal(statusOf(unknown), 'NXDOMAIN');
        assert.match(unknown, /AUTHORITY: 1[^]*SOA/);
        const empty = await dig('AAAA', `${service}.service.concord`);
        assert.equal(statusOf(empty), 'NOERROR');
        assert.match(empty, /ANSWER: 0, AUTHORITY: 1/);
        assert.equal(statusOf(await dig('A', '_tcp.service.concord')), 'NOERROR');
        assert.equal(statusOf(await dig('A', 'example.com')), 'REFUSED');
        assert.match(await dig('SOA', 'concord'), /hostmaster\.concord/);
        assert.match(await dig('+edns=1', '+noednsneg', 'A', 'concord'), /BADVERS/);
      },
    );

    test('what does not fit by UDP is asked for by TCP', { skip: !hasDig }, async () => {
      const service = target.name('orders');
      const ids = Array.from({ length: 40 }, (_, at) => at);
      await Promise.all(ids.map((at) => put(service, `i${at}`, { address: `10.0.1.${at}` })));
      const cut = await dig('+ignore', '+bufsize=512', 'SRV', `${service}.service.concord`);
      assert.match(cut, /flags:[^;]* tc/);
      const whole = await dig('+bufsize=512', 'SRV', `${service}.service.concord`);
      assert.match(whole, /ANSWER: 40/);
      const addresses = await dig('+bufsize=1232', 'A', `${service}.service.concord`);
      assert.match(addresses, /ANSWER: 40/);
    });

    test('bytes that are no question end nothing', async () => {
      const socket = createSocket('udp4');
      for (let at = 0; at < 200; at++) {
        const noise = Buffer.from(Array.from({ length: at }, () => Math.random() * 256));
        // Most of them say that they are questions.
        if (at > 3) noise.writeUInt16BE(at % 3 === 0 ? 0x0100 : noise.readUInt16BE(2), 2);
        socket.send(noise, dnsPort, '127.0.0.1');
      }
      const stream = connect(dnsPort, '127.0.0.1');
      stream.on('error', () => undefined);
      stream.write(Buffer.from([0, 3, 1, 2, 3, 255, 255, 0, 0, 1, 0, 0, 1]));
      const query = Buffer.from(
        '00070100000100000000000007636f6e636f72640000060001'.replace(/\s/g, ''),
        'hex',
      );
      const answered = once(socket, 'message') as Promise<[Buffer]>;
      const until = setInterval(() => socket.send(query, dnsPort, '127.0.0.1'), 50);
      try {
        for (let [answer] = await answered; answer.readUInt16BE(0) !== 7;) {
          [answer] = (await once(socket, 'message')) as [Buffer];
        }
      } finally {
        clearInterval(until);
        socket.close();
        stream.destroy();
      }
      assert.equal((await target.gateway.json('GET', '/v1/services')).status, 200);
    });

    test('http_sd tells of targets, and of some by service, label and port', async () => {
      const service = target.name('orders');
      await put(service, 'a', { zone: 'eu-1', labels: { version: '2' } });
      await put(service, 'b', { address: '10.0.0.2', port: 1, ports: { http: 1, metrics: 2 } });
      type Groups = { targets: string[]; labels: Record<string, string> }[];
      const groups = async (query: string): Promise<Groups> =>
        (await target.gateway.json<Groups>('GET', `/http-sd?${query}`)).body;
      assert.deepEqual(await groups(`service=${service}&label=version%3D2`), [
        {
          targets: ['10.0.0.1:3000'],
          labels: {
            __meta_concord_service: service,
            __meta_concord_id: 'a',
            __meta_concord_state: 'serving',
            __meta_concord_weight: '100',
            __meta_concord_zone: 'eu-1',
            __meta_concord_label_version: '2',
          },
        },
      ]);
      const named = await groups(`service=${service}&port=metrics`);
      assert.deepEqual(
        named.flatMap(({ targets }) => targets),
        ['10.0.0.2:2'],
      );
      assert.deepEqual(await groups('service=nobody'), []);
      const bad = await target.gateway.json('GET', '/http-sd?label=a%20b%20c');
      assert.equal(bad.status, 400);
    });

    test('Prometheus scrapes what it finds by http_sd', { skip: !hasPrometheus }, async () => {
      const service = target.name('gateway');
      const { hostname, port } = new URL(target.gateway.url);
      await put(service, 'itself', { address: hostname, port: Number(port) });
      const directory = mkdtempSync(join(tmpdir(), 'prometheus-'));
      const [web = 0] = await freePorts(1);
      writeFileSync(
        join(directory, 'prometheus.yml'),
        JSON.stringify({
          global: { scrape_interval: '1s' },
          scrape_configs: [
            {
              job_name: 'concord',
              http_sd_configs: [
                {
                  url: `${target.gateway.url}/http-sd?service=${service}`,
                  refresh_interval: '1s',
                },
              ],
              relabel_configs: [
                { source_labels: ['__meta_concord_service'], target_label: 'service' },
              ],
            },
          ],
        }),
      );
      const prometheus = spawn(
        'prometheus',
        [
          `--config.file=${directory}/prometheus.yml`,
          `--storage.tsdb.path=${directory}/data`,
          `--web.listen-address=127.0.0.1:${web}`,
        ],
        { stdio: 'ignore' },
      );
      const ended = once(prometheus, 'exit');
      try {
        let health: string | undefined;
        while (health !== 'up') {
          await new Promise((resolve) => setTimeout(resolve, 200));
          assert.equal(prometheus.exitCode, null, 'Prometheus runs');
          const response = await fetch(`http://127.0.0.1:${web}/api/v1/targets`).catch(
            () => undefined,
          );
          if (response?.ok !== true) continue;
          const { data } = (await response.json()) as {
            data: { activeTargets: { health: string; labels: { service: string } }[] };
          };
          const [found] = data.activeTargets;
          if (found !== undefined) assert.equal(found.labels.service, service);
          health = found?.health;
        }
      } finally {
        prometheus.kill('SIGTERM');
        await ended;
        rmSync(directory, { recursive: true, force: true });
      }
    });
  },
  { backends: ['concord'], flags: ['--dns-port', String(dnsPort), '--dns-zone', 'eu-1'] },
);
