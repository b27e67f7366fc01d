/**
 * The servers that the same tests are run against: Concord of this checkout, and whatever real etcd the
 * machine has. A backend is only a name and a command; `server.ts` starts it. Concord is run from its sources,
 * so that nobody tests a stale build.
 *
 * Environment: `CONCORD_SERVER` and `CONCORD_ETCD` name other executables, `CONCORD_BACKENDS` (a list such
 * as `etcd` or `concord,etcd`) narrows the choice.
 */
import { accessSync, constants } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

export type BackendName = 'concord' | 'etcd';

export interface Backend {
  readonly name: BackendName;
  readonly executable: string;
  /** What comes before the flags. */
  readonly arguments?: readonly string[];
}

const repository = resolve(import.meta.dirname, '../../..');

/** Concord of this checkout; undefined where `CONCORD_SERVER` names what cannot be executed. */
export function concord(): Backend | undefined {
  const chosen = process.env['CONCORD_SERVER'];
  if (chosen !== undefined) {
    return isExecutable(chosen) ? { name: 'concord', executable: chosen } : undefined;
  }
  const main = join(repository, 'apps/server/src/main.ts');
  return {
    name: 'concord',
    executable: process.execPath,
    arguments: ['--disable-warning=ExperimentalWarning', '--conditions=@concord/source', main],
  };
}

/** The etcd named by `CONCORD_ETCD`, else the one on the PATH, or undefined where there is none. */
export function etcd(): Backend | undefined {
  const chosen = process.env['CONCORD_ETCD'];
  const executable = chosen ?? onPath('etcd');
  if (executable === undefined) return undefined;
  if (isExecutable(executable)) return { name: 'etcd', executable };
  throw new Error(`CONCORD_ETCD is ${executable}: expected the path of an executable etcd`);
}

/** Every backend this machine has and `CONCORD_BACKENDS` allows; Concord first. */
export function availableBackends(): readonly Backend[] {
  const allowed = process.env['CONCORD_BACKENDS']?.split(',');
  return [concord(), etcd()]
    .filter((backend) => backend !== undefined)
    .filter((backend) => allowed === undefined || allowed.includes(backend.name));
}

function onPath(program: string): string | undefined {
  const directories = (process.env['PATH'] ?? '').split(delimiter);
  return directories.map((directory) => join(directory, program)).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
