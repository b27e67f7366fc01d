/** Who makes a call: by a token, else by a certificate, else nobody. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PeerCertificate } from 'node:tls';
import { Metadata } from '@concord/grpc-server';
import type { Asker, Replica } from '@concord/kv';
import { etcdErrors } from '@concord/protocol';
import { Authenticator, OWN_METADATA } from './authenticator.ts';
import { CurrentCaller, type Caller } from './caller.ts';
import type { Resolved, TokenScheme } from './token-scheme.ts';

const certificate = { subject: { CN: 'carol' } } as unknown as PeerCertificate;

class World {
  nowMs = 0;
  readonly auth = { isEnabled: true, revision: 5 };
  readonly session = { user: 'alice', index: 7, isRevoked: false };
  readonly asked: string[] = [];

  readonly tokens: TokenScheme = {
    resolve: (token): Resolved => {
      this.asked.push(token);
      if (token === 'late') return 'unapplied';
      if (token !== 'good' || this.session.isRevoked) return undefined;
      return new CurrentCaller(() => this.auth as never, 'alice', this.session);
    },
    issue: () => undefined,
  };

  authenticator(trustsCertificates = true): Authenticator {
    const replica = { machine: { auth: this.auth } } as unknown as Replica;
    const { tokens } = this;
    return new Authenticator({ replica, tokens, trustsCertificates, now: () => this.nowMs });
  }

  /** Whom these headers make of a caller. */
  who(
    fields: readonly string[],
    tlsPeerCertificate?: PeerCertificate,
    trustsCertificates = true,
  ): string {
    const credentials = { metadata: new Metadata(fields), tlsPeerCertificate };
    return nameOf(this.authenticator(trustsCertificates).identify(credentials));
  }
}

function nameOf(caller: Caller | 'unapplied'): string {
  if (caller === 'unapplied') return caller;
  const { refusal, askedBy = 'nobody' } = caller;
  return refusal?.name ?? (typeof askedBy === 'string' ? askedBy : askedBy.user);
}

const cases: readonly [claim: string, fields: string[], certified: boolean, who: string][] = [
  ['without anything nobody', [], false, 'nobody'],
  ['a token', ['token', 'good'], false, 'alice'],
  ['a token that is none', ['token', 'bad'], false, 'ErrInvalidAuthToken'],
  ['an empty token', ['token', ''], false, 'ErrInvalidAuthToken'],
  ['authorization', ['authorization', 'good'], false, 'alice'],
  ['a bearer', ['authorization', 'Bearer good'], false, 'alice'],
  ['a bearer in the other place', ['token', 'Bearer good'], false, 'alice'],
  ['the token before authorization', ['authorization', 'good', 'token', 'bad'], false, 'ErrInvalidAuthToken'], // prettier-ignore
  ['a certificate', [], true, 'carol'],
  ['a token before a certificate', ['token', 'good'], true, 'alice'],
  ['a wrong token in spite of a certificate', ['token', 'bad'], true, 'ErrInvalidAuthToken'],
  ['no certificate through the gateway', ['grpcgateway-accept', '*/*'], true, 'nobody'],
  ['a token that is still to come', ['token', 'late'], false, 'unapplied'],
];
for (const [claim, fields, certified, who] of cases) {
  test(claim, () => {
    assert.equal(new World().who(fields, certified ? certificate : undefined), who);
  });
}

test('a certificate that nobody has checked says nothing', () => {
  assert.equal(new World().who([], certificate, false), 'nobody');
});

test('while authentication is off nobody is asked, but for a token that this member is behind of', () => {
  const world = new World();
  world.auth.isEnabled = false;
  assert.equal(world.who(['token', 'good']), 'nobody');
  assert.equal(world.who(['token', 'bad']), 'nobody');
  assert.equal(world.who([], certificate), 'nobody');
  assert.equal(world.who(['token', 'late']), 'unapplied');
});

test('calls with the same headers are looked up once a second, and at once when they are revoked', () => {
  const world = new World();
  const authenticator = world.authenticator();
  const credentials = { metadata: new Metadata(['token', 'good']), tlsPeerCertificate: undefined };
  const ask = (): string => nameOf(authenticator.identify(credentials));
  assert.deepEqual([ask(), ask(), ask()], ['alice', 'alice', 'alice']);
  assert.equal(world.asked.length, 1);
  world.nowMs = 1000;
  ask();
  assert.equal(world.asked.length, 2);
  world.session.isRevoked = true;
  assert.equal(ask(), etcdErrors.ErrInvalidAuthToken.name);
});

test('a caller is of the newest revision, until he is revoked', () => {
  const world = new World();
  const caller = world.tokens.resolve('good') as Caller;
  world.auth.revision = 9;
  assert.equal((caller.askedBy as Asker).authRevision, 9);
  assert.equal(caller.refusal, undefined);
  world.session.isRevoked = true;
  assert.equal(caller.refusal, etcdErrors.ErrInvalidAuthToken);
  assert.equal(caller.standing.refusal, etcdErrors.ErrInvalidAuthToken);
});

test('the member is recognised by its own metadata, and nobody who sends the like', () => {
  const own = new World().authenticator(true);
  const credentials = { metadata: OWN_METADATA, tlsPeerCertificate: undefined };
  assert.equal(nameOf(own.identify(credentials)), 'member');
  assert.equal(nameOf(own.identify({ ...credentials, metadata: new Metadata([]) })), 'nobody');
});
