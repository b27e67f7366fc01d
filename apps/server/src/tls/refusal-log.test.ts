import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recordingLog } from './harness/certificate-directory.ts';
import { RefusalLog } from './refusal-log.ts';

const REFUSAL = {
  remoteAddress: '10.0.0.9:4001',
  serverName: 'etcd.example',
  reason: "tls: client didn't provide a certificate",
  certificate: undefined,
  isAbandoned: false,
};

function create() {
  const clock = { ms: 0 };
  const { log, lines } = recordingLog();
  return { refusals: new RefusalLog('client', log, () => clock.ms), lines, clock };
}

test("a refusal is told with etcd's message and fields", () => {
  const { refusals, lines } = create();
  refusals.refused(REFUSAL);
  assert.deepEqual(lines, [
    {
      level: 'warn',
      message: 'rejected connection on client endpoint',
      fields: {
        'remote-addr': '10.0.0.9:4001',
        'server-name': 'etcd.example',
        error: REFUSAL.reason,
      },
    },
  ]);
});

test('whoever comes again and again is told once a minute, whatever the port, and how often it was', () => {
  const { refusals, lines, clock } = create();
  for (; clock.ms <= 61_000; clock.ms += 1000) {
    refusals.refused({ ...REFUSAL, remoteAddress: `10.0.0.9:${clock.ms}` });
  }
  assert.equal(lines.length, 2);
  assert.equal(lines[1]?.fields['times-before'], 59);
  assert.equal(refusals.count, 62);
  refusals.refused({ ...REFUSAL, reason: 'another' });
  refusals.refused({ ...REFUSAL, remoteAddress: '10.0.0.10:1' });
  assert.equal(lines.length, 4);
});

test('who goes away without a word is told to those who debug', () => {
  const { refusals, lines } = create();
  refusals.refused({ ...REFUSAL, isAbandoned: true });
  assert.deepEqual([lines[0]?.level, lines[0]?.fields['error']], ['debug', 'EOF']);
});

test('TLS on a plain port is told with what to do', () => {
  const { refusals, lines } = create();
  refusals.foreign('10.0.0.9:1', 'tls');
  assert.match(
    String(lines[0]?.fields['error']),
    /dial http, or serve https \(--listen-client-urls\)/,
  );
});

test('what is kept in mind is bounded', () => {
  const { refusals, lines } = create();
  for (let i = 0; i < 2000; i++) refusals.refused({ ...REFUSAL, remoteAddress: `10.0.${i}.1:1` });
  lines.length = 0;
  refusals.refused({ ...REFUSAL, remoteAddress: '10.0.1999.1:1' });
  assert.equal(lines.length, 0);
  refusals.refused({ ...REFUSAL, remoteAddress: '10.0.0.1:1' });
  assert.equal(lines.length, 1);
});
