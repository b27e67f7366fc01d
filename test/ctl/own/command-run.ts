/** Runs command lines of concordctl in this process, against servers of a test. */
import { Readable } from 'node:stream';
import type { Environment } from '../../../apps/ctl/src/concordctl/command.ts';
import { runConcordctl } from '../../../apps/ctl/src/concordctl/program.ts';
import { runChildCommand } from '../../../apps/ctl/src/concordctl/child-command.ts';

export interface CommandRun {
  readonly status: number;
  readonly out: string;
  readonly error: string;
}

export interface RunOptions {
  readonly endpoints: readonly string[];
  readonly stdin?: string;
  readonly environment?: Environment;
  readonly signal?: AbortSignal;
  /** Hears what is printed as it is. */
  readonly onPrint?: (text: string) => void;
}

/** @param line - words between blanks; a word with blanks stands between single quotes */
export async function run(line: string, options: RunOptions): Promise<CommandRun> {
  const words = [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain!);
  let [out, error] = ['', ''];
  const status = await runConcordctl(['--endpoints', options.endpoints.join(','), ...words], {
    stdin: Readable.from([Buffer.from(options.stdin ?? '')]),
    stdout: (chunk) => {
      const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8');
      out += text;
      options.onPrint?.(text);
    },
    stderr: (text) => (error += text),
    environment: { PATH: process.env['PATH'], USER: 'ada', ...options.environment },
    signal: options.signal ?? new AbortController().signal,
    askPassword: () => Promise.resolve(''),
    runCommand: runChildCommand,
  });
  return { status, out, error };
}
