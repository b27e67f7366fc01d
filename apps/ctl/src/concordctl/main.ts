/** The program `concordctl`. */
import { enableCompileCache } from 'node:module';
import type { Screen, Terminal } from './command.ts';

// Compiled code is kept between runs: half of the time of a short command is compiling.
enableCompileCache();

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
  get screen() {
    return screenOf(process.stdout);
  },
  draw: process.stderr.isTTY ? (text) => void process.stderr.write(text) : undefined,
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

function screenOf(stdout: NodeJS.WriteStream): Screen | undefined {
  if (!stdout.isTTY) return undefined;
  return {
    get columns() {
      return stdout.columns;
    },
    get rows() {
      return stdout.rows;
    },
    onResize(listener) {
      stdout.on('resize', listener);
      return () => stdout.off('resize', listener);
    },
  };
}

/** Scripts of the old API ask for its commands so. */
async function run(words: readonly string[]): Promise<number> {
  if (process.env['ETCDCTL_API'] === '2') {
    const { runV2 } = await import('./v2/program.ts');
    return runV2(words, terminal);
  }
  const { runConcordctl } = await import('./program.ts');
  return runConcordctl(words, terminal);
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // Who reads has seen enough, as `head` has.
  if (error.code === 'EPIPE') process.exit();
  throw error;
});
process.exitCode = await run(process.argv.slice(2));
// An open stdin would keep the process.
if (stdinUse.isUsed) process.stdin.destroy();
