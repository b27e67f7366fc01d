/** What a role may do, as people are shown it. */
import { Buffer } from 'node:buffer';
import { Permission_Type, type AuthRoleGetResponse, type Permission } from '@concord/protocol';
import { quote } from '../../go-format/quote.ts';
import { endOfPrefix } from '../kv/key-selection.ts';
import type { Forms, Presenter } from '../output/presenter.ts';

const ROOT = 'root';
const { READ, WRITE, READWRITE } = Permission_Type;

export function roleForms(role: string, answer: AuthRoleGetResponse, output: Presenter): Forms {
  return {
    simple: () => simpleRole(role, answer.perm),
    fields: () => output.headerFields(answer.header) + answer.perm.map(permissionFields).join(''),
  };
}

function simpleRole(role: string, permissions: readonly Permission[]): Buffer {
  const isAll = role === ROOT && permissions.length === 0;
  const lines = (kind: number): readonly Uint8Array[] =>
    isAll
      ? [Buffer.from('\t[, <open ended>\n')]
      : permissions
          .filter(({ permType }) => permType === kind || permType === READWRITE)
          .map(permissionLine);
  return Buffer.concat([
    Buffer.from(`Role ${role}\nKV Read:\n`),
    ...lines(READ),
    Buffer.from('KV Write:\n'),
    ...lines(WRITE),
  ]);
}

function permissionLine({ key, rangeEnd }: Permission): Buffer {
  const bytes = (...parts: (string | Uint8Array)[]): Buffer =>
    Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));
  if (rangeEnd.length === 0) return bytes('\t', key, '\n');
  const isOpen = rangeEnd.length === 1 && rangeEnd[0] === 0;
  const range = isOpen
    ? bytes('\t[', key, ', <open ended>')
    : bytes('\t[', key, ', ', rangeEnd, ')');
  const isPrefix = key.length > 0 && Buffer.compare(endOfPrefix(key), rangeEnd) === 0;
  return bytes(range, ...(isPrefix ? [' (prefix ', key, ')'] : []), '\n');
}

const typeNames = new Map<number, string>(
  Object.entries(Permission_Type).map(([name, type]) => [type, name]),
);

const permissionFields = ({ permType, key, rangeEnd }: Permission): string =>
  `"PermType" :  ${typeNames.get(permType) ?? permType}\n"Key" : ${quote(key)}\n` +
  `"RangeEnd" : ${quote(rangeEnd)}\n`;
