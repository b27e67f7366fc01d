/** A downgrade is kept over a restart until it is cancelled. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Downgrade } from './downgrade.ts';
import { MemoryStore } from './memory-store.ts';
import { Overlay } from './mvcc/overlay.ts';

test('a downgrade is read again from the rows, and gone once it is cancelled', () => {
  const rows = new Overlay(new MemoryStore());
  new Downgrade(rows).begin('3.5.0');
  const reopened = new Downgrade(rows);
  assert.equal(reopened.targetVersion, '3.5.0');
  reopened.cancel();
  assert.equal(reopened.targetVersion, undefined);
  assert.equal(new Downgrade(rows).targetVersion, undefined);
});
