/** The programs that save, look at and restore snapshots: etcd's, as this machine has them, and ours. */
import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

const concordutlMain = resolve(import.meta.dirname, '../../apps/ctl/src/concordutl/main.ts');
const conditions = ['--conditions=@concord/source', '--disable-warning=ExperimentalWarning'];

const run = (program: string, args: readonly string[]): string =>
  execFileSync(program, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ETCDCTL_API: '3' },
  });

export const etcdctl = (...args: string[]): string => run('etcdctl', args);

/** What works offline is etcdctl's up to 3.4 and etcdutl's from 3.5 on. */
export const etcdutl = (...args: string[]): string =>
  run(isOnPath('etcdutl') ? 'etcdutl' : 'etcdctl', args);

/** The words that concordutl is started with, from its sources. */
export const concordutlCommand = [process.execPath, ...conditions, concordutlMain];

export const concordutl = (...args: string[]): string =>
  run(process.execPath, [...conditions, concordutlMain, ...args]);

export function isOnPath(program: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((directory) => {
    try {
      accessSync(join(directory, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
