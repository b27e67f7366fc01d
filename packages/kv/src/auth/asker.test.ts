/** Who asks stands before a command, and a command is read the same whatever stands before it. */
import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { askedByOf, decodeCommand, encodeCommand, type Command } from '../command.ts';
import { put } from '../mvcc/requests.fixture.ts';
import { originOf, withOrigin } from '../proposal-origin.ts';
import { Asker, BY_MEMBER, isNameTooLong, withAsker, type AskedBy } from './asker.ts';

const command: Command = { kind: 'put', request: put('key', 'value') };
const payload = encodeCommand(command);
const origin = { incarnation: 2 ** 40 + 7, number: 9 };

const askers: readonly [string, AskedBy][] = [
  ['nobody', undefined],
  ['the member', BY_MEMBER],
  ['a user', new Asker('alice', 7)],
  ['a user of a late revision', new Asker('ü', 2 ** 52)],
  ['a user whose name is no text', new Asker('\udc80\0', 1)],
  ['a user with a long name', new Asker('x'.repeat(20_000), 1)],
];

for (const [who, asker] of askers) {
  test(`${who} comes back, with and without an origin before it`, () => {
    const asked = withAsker(asker, payload);
    for (const whole of [asked, withOrigin(origin, asked)]) {
      deepEqual(decodeCommand(whole), command);
      const found = askedByOf(whole);
      if (!(asker instanceof Asker)) equal(found, asker);
      else {
        equal(found instanceof Asker && found.user, asker.user);
        equal(found instanceof Asker && found.authRevision, asker.authRevision);
      }
    }
    deepEqual(originOf(withOrigin(origin, asked)), origin);
  });
}

test('without anybody a payload is not even copied', () => {
  equal(withAsker(undefined, payload), payload);
});

test('a name that would not fit its length is known to be too long', () => {
  equal(isNameTooLong('x'.repeat(20_000)), false);
  equal(isNameTooLong('x'.repeat(30_000)), true);
});
