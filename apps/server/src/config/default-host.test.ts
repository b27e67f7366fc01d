import assert from 'node:assert/strict';
import { isIPv4 } from 'node:net';
import { networkInterfaces } from 'node:os';
import { test } from 'node:test';
import { defaultHost, defaultInterface } from './default-host.ts';

const HEAD = 'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT';
const route = (name: string, destination: string, metric: number, mask: string): string =>
  `${name}\t${destination}\t010200C0\t0003\t0\t0\t${metric}\t${mask}\t0\t0\t0`;

test('the default route is the one to anywhere that costs least', () => {
  const table = [
    HEAD,
    route('docker0', '000011AC', 0, '0000FFFF'),
    route('wlan0', '00000000', 600, '00000000'),
    route('eth0', '00000000', 100, '00000000'),
    route('tun0', '00000000', 0, '00000080'),
  ];
  assert.equal(defaultInterface(table.join('\n')), 'eth0');
});

test('without a route to anywhere there is none', () => {
  assert.equal(
    defaultInterface(`${HEAD}\n${route('eth0', '000200C0', 0, '00FFFFFF')}\n`),
    undefined,
  );
  assert.equal(defaultInterface(''), undefined);
});

test('the host is an address of this machine, if there is one', () => {
  const host = defaultHost();
  if (host === undefined) return;
  assert.ok(isIPv4(host));
  const own = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  assert.ok(own.some(({ address }) => address === host));
});
