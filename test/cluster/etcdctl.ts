/** etcd's own command line, as an operator uses it: it shares nothing with Concord but the protocol. */
import { execFile } from 'node:child_process';
import { commandOnPath } from '../bench/server-under-test.ts';

/** Longer than etcdctl's own timeouts, which are 5 s a call and 2 s a connection. */
const RUN_MS_MAX = 30_000;

export interface CommandResult {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

export const hasEtcdctl = (): boolean => commandOnPath('etcdctl') !== undefined;

/** Runs `etcdctl` against these endpoints; never throws for what the command says. */
export function etcdctl(
  endpoints: readonly string[],
  ...parameters: readonly string[]
): Promise<CommandResult> {
  const environment = { ...process.env, ETCDCTL_API: '3' };
  return new Promise((resolve) => {
    execFile(
      'etcdctl',
      [`--endpoints=${endpoints.join()}`, ...parameters],
      { env: environment, timeout: RUN_MS_MAX },
      (error, stdout, stderr) => {
        const status = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
        resolve({ status, stdout, stderr });
      },
    );
  });
}

/** What an operator would read first of a command that failed. */
export function complaintOf({ stdout, stderr }: CommandResult): string {
  const line = (stderr || stdout).trim().split('\n').at(-1) ?? '';
  return /"error":"([^"]*)"/.exec(line)?.[1] ?? line;
}
