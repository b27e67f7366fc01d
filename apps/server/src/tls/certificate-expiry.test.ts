import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CertificateExpiry } from './certificate-expiry.ts';
import { recordingLog } from './harness/certificate-directory.ts';
import type { Term } from './tls-files.ts';

const DAY_MS = 86_400_000;

function watchOf(lifetimeDays: number) {
  const clock = { ms: 0 };
  const { log, lines } = recordingLog();
  const file = { flag: 'cert-file', path: '/etc/c.pem' } as const;
  const notAfter = new Date(lifetimeDays * DAY_MS);
  const terms: Term[] = [{ file, what: 'certificate of CN=a', notBefore: new Date(0), notAfter }];
  const materials = () => [{ terms, revoked: undefined, authorities: [] }];
  const watch = new CertificateExpiry({ log, materials, now: () => clock.ms });
  watch.close();
  const lookOn = (day: number): string[] => {
    clock.ms = day * DAY_MS;
    lines.length = 0;
    watch.look();
    return lines.map(({ level, message }) => `${level}: ${message}`);
  };
  return { lookOn, lines, terms };
}

test('a certificate of a year is told of thirty days before its end, once a day', () => {
  const { lookOn, lines } = watchOf(365);
  assert.deepEqual(lookOn(334), []);
  assert.deepEqual(lookOn(336), ['warn: certificate of CN=a expires soon']);
  assert.deepEqual(lines[0]?.fields, {
    file: '/etc/c.pem',
    flag: '--cert-file',
    'not-before': '1970-01-01T00:00:00.000Z',
    'not-after': '1971-01-01T00:00:00.000Z',
    days: 29,
    remedy: 'put a new one in the place of /etc/c.pem; no restart is needed',
  });
  assert.deepEqual(lookOn(336.5), []);
  assert.deepEqual(lookOn(337.1), ['warn: certificate of CN=a expires soon']);
});

test('one of three days is told of a day before its end', () => {
  const { lookOn } = watchOf(3);
  assert.deepEqual(lookOn(1.9), []);
  assert.deepEqual(lookOn(2.1), ['warn: certificate of CN=a expires soon']);
});

test('one that has expired is an error', () => {
  assert.deepEqual(watchOf(3).lookOn(3.1), ['error: certificate of CN=a has expired']);
});

test('one that was renewed is told of no more', () => {
  const { lookOn, terms } = watchOf(30);
  assert.equal(lookOn(25).length, 1);
  terms[0] = { ...terms[0]!, notBefore: new Date(25 * DAY_MS), notAfter: new Date(55 * DAY_MS) };
  assert.deepEqual(lookOn(27), []);
});

test('one that begins later is an error', () => {
  const { lookOn, terms } = watchOf(30);
  terms[0] = { ...terms[0]!, notBefore: new Date(10 * DAY_MS) };
  assert.deepEqual(lookOn(5), ['error: certificate of CN=a is not valid yet']);
});
