/** The program `concordctl`. */
import { enableCompileCache } from 'node:module';
import type { Terminal } from './command.ts';

// Compiled code is kept between runs: half of the time of a short command is compiling.
enableCompileCache();
const { runConcordctl } = await import('./program.ts');

/** What a shell says that a process ended with which such a signal ended. */
const SIGINT_STATUS = 130;
const SIGTERM_STATUS = 143;

const stdinUse = { isUsed: false };
let interruption: AbortController | undefined;
const terminal: Terminal = {
  get stdin() {
    stdinUse.isUsed = true;
    return process.stdin;
  },
  stdout: (chunk) => void process.stdout.write(chunk),
  stderr: (text) => void process.stderr.write(text),
  environment: process.env,
  get signal() {
    if (interruption === undefined) {
      const controller = (interruption = new AbortController());
      process.once('SIGINT', () => controller.abort(SIGINT_STATUS));
      process.once('SIGTERM', () => controller.abort(SIGTERM_STATUS));
    }
    return interruption.signal;
  },
  askPassword: async (prompt) => {
    const { askPassword } = await import('./password.ts');
    stdinUse.isUsed = true;
    return askPassword(prompt, process.stdin, process.stdout);
  },
  runCommand: async (words, environment) => {
    const { runChildCommand } = await import('./child-command.ts');
    return runChildCommand(words, environment);
  },
};

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // Who reads has seen enough, as `head` has.
  if (error.code === 'EPIPE') process.exit();
  throw error;
});
process.exitCode = await runConcordctl(process.argv.slice(2), terminal);
// An open stdin would keep the process.
if (stdinUse.isUsed) process.stdin.destroy();
