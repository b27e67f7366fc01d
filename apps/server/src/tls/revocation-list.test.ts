import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CertificateAuthority, pem } from '@concord/testing/certificates';
import { RevocationList } from './revocation-list.ts';

const authority = await CertificateAuthority.create();
const serialNumbers = ['01', '7f', '00ff', '73b7e87dca65e8b4ea43daf1cd57ba9a'];
const nextUpdate = new Date('2051-02-03T04:05:06Z');
const list = await authority.revoke(
  serialNumbers.map((serialNumber) => ({ serialNumber })),
  { nextUpdate },
);

test('a list holds the serial numbers that were put in, however they are written', () => {
  const { size, term } = RevocationList.parse(list);
  assert.equal(size, 4);
  assert.deepEqual(term?.nextUpdate, nextUpdate);
  const parsed = RevocationList.parse(list);
  for (const one of ['1', '01', '7F', 'ff', '00FF', '73B7E87DCA65E8B4EA43DAF1CD57BA9A']) {
    assert.ok(parsed.has(one), one);
  }
  for (const other of ['0', '2', '80', '73B7E87DCA65E8B4EA43DAF1CD57BA9B', '']) {
    assert.equal(parsed.has(other), false, other);
  }
});

test('of several lists in PEM all count, and the first end', async () => {
  const sooner = new Date(Math.floor(Date.now() / 1000) * 1000 + 60_000);
  const second = await authority.revoke([{ serialNumber: '22' }], { nextUpdate: sooner });
  const both = RevocationList.parse(Buffer.from(pem('X509 CRL', list) + pem('X509 CRL', second)));
  assert.ok(both.has('7f'));
  assert.ok(both.has('22'));
  assert.deepEqual(both.term?.nextUpdate, sooner);
});

test('an empty list revokes nobody', async () => {
  assert.equal(RevocationList.parse(await authority.revoke([])).size, 0);
});

test('a list that is cut, or goes on, is refused', () => {
  for (let length = 0; length < list.length; length++) {
    assert.throws(() => RevocationList.parse(list.subarray(0, length)), Error, `${length} bytes`);
  }
  assert.throws(() => RevocationList.parse(Buffer.concat([list, Buffer.from([0])])), {
    message: 'something follows the list',
  });
});

test('a list with a byte changed is read or refused, and nothing else', () => {
  for (let i = 0; i < list.length; i++) {
    for (const change of [0x01, 0x80, 0xff]) {
      const changed = Buffer.from(list);
      changed[i]! ^= change;
      try {
        RevocationList.parse(changed);
      } catch (error) {
        assert.equal((error as Error).constructor, Error);
      }
    }
  }
});
