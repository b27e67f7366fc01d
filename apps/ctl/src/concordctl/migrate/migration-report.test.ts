/** Goal: the operator is told what has come over and what is left to do. Method: results made up. */
import { deepEqual, equal, match } from 'node:assert/strict';
import { test } from 'node:test';
import type { MigrationResult } from './migration.ts';
import { conclusion, progressText } from './migration-report.ts';

const good: MigrationResult = {
  ...{ revision: 800, destinationRevision: 95, sourceRevision: 800, isStill: true, isOver: true },
  handedOver: { leases: 2, keys: 3, endsAtMs: new Map() },
  verification: {
    keys: { source: 1234, destination: 1234 },
    hash: { source: 'ab', destination: 'ab' },
    ...{ differences: [], ended: 0 },
  },
  auth: { kind: 'copied', users: ['alice'], roles: ['reader'] },
};

test('a migration that went well says what to type next', () => {
  deepEqual(conclusion(good, ['a:1']), {
    isOver: true,
    text: `copied up to source revision 800
verified: 1,234 keys, sha256 ab on both sides
leases: 2, with 3 keys
roles: reader
users: alice
passwords cannot be copied; these users cannot sign in until you type:
  concordctl --endpoints a:1 user passwd alice
authentication is as it was at the destination; to turn it on:
  concordctl --endpoints a:1 auth enable
revisions begin anew: 800 there is 95 here; who watches from a revision has to list again
done: the destination can take the place of the source
`,
  });
});

test('a source that was written meanwhile is no cut-over, and says so', () => {
  const { text } = conclusion({ ...good, sourceRevision: 802, isStill: false, isOver: false }, [
    'a:1',
  ]);
  match(
    text,
    /NOT cut over: the source was written up to revision 802 meanwhile\. Stop its writers/,
  );
  equal(/done:/.test(text), false);
});

test('what differs is named', () => {
  const verification = {
    ...good.verification,
    keys: { source: 2, destination: 1 },
    differences: ['"a" is missing at the destination'],
  };
  const { text } = conclusion({ ...good, verification, isOver: false }, ['a:1']);
  match(text, /^NOT EQUAL: 2 keys with sha256 ab at the source, 1 with ab at the destination$/m);
  match(text, /^ {2}"a" is missing at the destination$/m);
  match(text, /NOT cut over: the two sides differ/);
});

test('users that cannot be read are not left out in silence', () => {
  const auth = { kind: 'unreadable', reason: 'permission denied' } as const;
  match(
    conclusion({ ...good, auth }, []).text,
    /NOT copied, the source does not show them: permission denied/,
  );
});

test('each phase has its line', () => {
  equal(
    progressText({ kind: 'follow', revision: 90, sourceRevision: 100 }),
    'following: source revision 100, here 90, lag 10 revisions',
  );
  match(
    progressText({ kind: 'copy', revision: 9, written: 1500, total: 2000 }),
    /1,500 of about 2,000/,
  );
  match(progressText({ kind: 'verify', keys: 10, total: 20 }), /10 of about 20/);
});
