import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GrantedPermission } from '@concord/client';
import { narrowed } from './identification.ts';
import { Rights } from './rights.ts';

const role = (...permissions: GrantedPermission[]) => ({ name: 'app', permissions });
const read = (from: string, to?: string): GrantedPermission => ({ access: 'read', from, to });

test('permissions that meet cover together what none covers alone', () => {
  const rights = new Rights([role(read('a', 'c'), read('c', 'e'))]);
  assert.equal(rights.may('read', { from: 'a', to: 'e' }), true);
  assert.equal(rights.may('read', { from: 'a', to: 'f' }), false);
  assert.equal(rights.may('read', { from: 'a' }), false);
  assert.equal(rights.may('write', 'a'), false);
});

test('a key alone is a key alone, and an open end covers everything behind', () => {
  assert.equal(new Rights([role(read('k'))]).may('read', { prefix: 'k' }), false);
  assert.equal(new Rights([role(read('k'))]).may('read', 'k'), true);
  const open = new Rights([role(read('k', '\0'))]);
  assert.equal(open.may('read', { from: 'k' }), true);
  assert.equal(open.may('read', { prefix: '\u{10ffff}' }), true);
  assert.equal(open.may('read', 'j'), false);
});

test('somebody may within a range what they may of any key of it', () => {
  const rights = new Rights([role(read('/app/a', '/app/c'), read('/other'))]);
  assert.equal(rights.mayWithin('read', { prefix: '/app/' }), true);
  assert.equal(rights.mayWithin('read', { prefix: '/app/b' }), true);
  assert.equal(rights.mayWithin('read', { prefix: '' }), true);
  assert.equal(rights.mayWithin('read', { prefix: '/app/c' }), false);
  assert.equal(rights.mayWithin('write', { prefix: '' }), false);
  const token = narrowed(rights, { verbs: ['read'], prefixes: ['/other', '/app/c'] });
  assert.equal(token.mayWithin('read', { prefix: '/' }), true);
  assert.equal(token.mayWithin('read', { prefix: '/app/' }), false, 'neither alone is enough');
});

test('order is that of bytes, not of UTF-16', () => {
  const rights = new Rights([role(read('\uffff', '\0'))]);
  assert.equal(rights.may('read', '\u{1f600}'), true);
});

test('root may everything, and a token of root what its scope says', () => {
  const root = new Rights([{ name: 'root', permissions: [] }]);
  assert.equal(root.may('write', { prefix: '' }), true);
  const token = narrowed(root, { verbs: ['read', 'administer'], services: ['orders'] });
  assert.equal(token.isAdministrator, false);
  assert.equal(token.may('read', { prefix: '/concord/registry/instances/orders/' }), true);
  assert.equal(token.may('read', { prefix: '/concord/registry/instances/orders' }), false);
  assert.equal(token.may('write', '/concord/registry/instances/orders/1'), false);
  assert.equal(narrowed(root, { verbs: ['administer'] }).isAdministrator, true);
});
