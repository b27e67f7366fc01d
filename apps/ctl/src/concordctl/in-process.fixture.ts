/** concordctl in the process of a test: what it says, and the status it ends with. */
import { Readable } from 'node:stream';
import type { Terminal } from './command.ts';
import { runConcordctl } from './program.ts';

export interface Outcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A terminal that keeps what is written to it. */
export function keepingTerminal(part: Partial<Terminal> = {}): {
  readonly terminal: Terminal;
  readonly output: { stdout: string; stderr: string };
} {
  const output = { stdout: '', stderr: '' };
  const terminal: Terminal = {
    environment: {},
    stdin: Readable.from([]),
    stdout: (chunk) => void (output.stdout += String(chunk)),
    stderr: (text) => void (output.stderr += text),
    askPassword: () => Promise.resolve(''),
    runCommand: () => Promise.reject(new Error('no command of the user is run')),
    signal: new AbortController().signal,
    ...part,
  };
  return { terminal, output };
}

export async function concordctl(
  words: readonly string[],
  part: Partial<Terminal> = {},
): Promise<Outcome> {
  const { terminal, output } = keepingTerminal(part);
  const status = await runConcordctl(words, terminal);
  return { status, ...output };
}
