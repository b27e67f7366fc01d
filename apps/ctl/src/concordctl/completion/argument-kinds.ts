/** What the arguments of commands are, as far as they can be completed. */

/** What the cluster is asked for. */
export type Wanted = 'key' | 'service' | 'instance' | 'item' | 'lock' | 'member' | 'user' | 'role';

type Kind = Wanted | 'file' | readonly string[];

export const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const;
const FORMATS = ['fields', 'json', 'protobuf', 'simple', 'table'];

/** Of each command, its arguments in their order; the last goes on for more where it has a `…`. */
const byCommand: Readonly<Record<string, readonly Kind[]>> = {
  get: ['key', 'key'],
  put: ['key'],
  del: ['key', 'key'],
  watch: ['key', 'key'],
  lock: ['lock'],
  elect: ['lock'],
  completion: [SHELLS],
  'move-leader': ['member'],
  'member remove': ['member'],
  'member update': ['member'],
  'member promote': ['member'],
  'user get': ['user'],
  'user delete': ['user'],
  'user passwd': ['user'],
  'user grant-role': ['user', 'role'],
  'user revoke-role': ['user', 'role'],
  'role get': ['role'],
  'role delete': ['role'],
  'role grant-permission': ['role', ['read', 'write', 'readwrite'], 'key', 'key'],
  'role revoke-permission': ['role', 'key', 'key'],
  'downgrade validate': [],
  'snapshot save': ['file'],
  'service instances': ['service'],
  'service register': ['service'],
  'service deregister': ['service', 'instance'],
  'service drain': ['service', 'instance'],
  'service enable': ['service', 'instance'],
  'service weight': ['service', 'instance', ['0', '50', '100', 'reset']],
  'service watch': ['service'],
  'config list': ['item'],
  'config get': ['item'],
  'config set': ['item'],
  'config edit': ['item'],
  'config diff': ['item', ['live', 'draft'], ['live', 'draft']],
  'config release': ['item', 'item', 'item', 'item'],
  'config rollback': ['item'],
  'config delete': ['item'],
  'config promote': ['item'],
  'config widen': ['item'],
  'config abandon': ['item'],
  'config history': ['item'],
  'config status': ['item'],
  'config watch': ['item'],
  'config export': ['item'],
  'config import': ['file'],
  'locks list': ['lock'],
  'locks inspect': ['lock'],
  'locks force-release': ['lock'],
};

/** @param position - of the argument, from 0 */
export const argumentsOf = (command: string, position: number): Kind | undefined =>
  byCommand[command]?.[position];

/** Values that flags of this name have, wherever they are; undefined where there is nothing to choose from. */
export function flagValues(name: string): 'file' | readonly string[] | undefined {
  switch (name) {
    case 'write-out':
      return FORMATS;
    case 'order':
      return ['ASCEND', 'DESCEND'];
    case 'sort-by':
      return ['CREATE', 'KEY', 'MODIFY', 'VALUE', 'VERSION'];
    case 'consistency':
      return ['l', 's'];
    case 'format':
      return ['json', 'yaml', 'toml', 'text'];
    case 'state':
      return ['starting', 'serving', 'draining'];
    case 'start':
      return ['serving', 'starting'];
    case 'load':
      return ['s', 'm', 'l', 'xl'];
    case 'cert':
    case 'key':
    case 'cacert':
    case 'dest-cert':
    case 'dest-key':
    case 'dest-cacert':
    case 'config-keys':
    case 'file':
    case 'output':
    case 'data-dir':
      return 'file';
    default:
      return undefined;
  }
}
