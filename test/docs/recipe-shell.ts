/**
 * Runs a recipe as a reader would: all of its commands in one bash, in a directory of its own, until one fails.
 * Whatever was started in the background ends with it.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { RecipeBlock } from './recipe.ts';

/** A recipe that takes longer waits for something that does not come. */
const SECONDS_MAX = 90;
/** The end of a log that a failure shows. */
const LOG_LINES_SHOWN = 25;
/** Separates what the blocks print: a character that no program prints. */
const SEPARATOR = '\u001e';

/** What is mounted then is seen by nobody else, and is gone with the last of the recipe's processes. */
const OWN_MOUNTS: readonly [string, ...string[]] = [
  'unshare',
  '--mount',
  ...(process.getuid?.() === 0 ? [] : ['--map-root-user']),
];

/** Whether the recipe mounts a disk, which it then does in a namespace of its own; see `RecipeShell.canMount`. */
export const needsMounts = (blocks: readonly RecipeBlock[]): boolean =>
  blocks.some(({ commands }) => commands.includes('small-disk '));

export interface RecipeRun {
  /** What each block printed, standard error included; blocks that were not reached have none. */
  readonly printed: readonly string[];
  /** How it ended, if not well. */
  readonly failure: string | undefined;
  /** The last lines of every `*.log` that the recipe left. */
  readonly logs: string;
}

export class RecipeShell implements Disposable {
  readonly #directory = mkdtempSync(join(tmpdir(), 'concord-recipe-'));
  readonly #path: string;
  #group: number | undefined;

  /** Whether this machine lets a recipe have mounts of its own. */
  static canMount(): boolean {
    const [unshare, ...flags] = OWN_MOUNTS;
    return spawnSync(unshare, [...flags, 'true'], { stdio: 'ignore' }).status === 0;
  }

  /** `executables` are directories that come first on the PATH. */
  constructor(executables: readonly string[]) {
    this.#path = [...executables, process.env['PATH'] ?? ''].join(delimiter);
  }

  /** The background processes go on until the shell is disposed of. */
  async run(blocks: readonly RecipeBlock[]): Promise<RecipeRun> {
    const [script, output] = ['recipe.sh', 'output'].map((name) => join(this.#directory, name));
    writeFileSync(script!, scriptOf(blocks));
    // A file, since members that go on in the background would keep a pipe open.
    const outputFile = openSync(output!, 'w');
    const [command = '', ...parameters] = [...(needsMounts(blocks) ? OWN_MOUNTS : []), 'bash'];
    const child = spawn(command, [...parameters, script!], {
      cwd: this.#directory,
      env: {
        PATH: this.#path,
        HOME: this.#directory,
      },
      detached: true,
      stdio: ['ignore', outputFile, 'inherit'],
    });
    this.#group = child.pid;
    const patience = setTimeout(() => child.kill('SIGKILL'), SECONDS_MAX * 1000);
    const [status, signal] = (await once(child, 'exit')) as [number | null, string | null];
    clearTimeout(patience);
    closeSync(outputFile);
    const printed = readFileSync(output!, 'utf8').split(SEPARATOR).slice(1);
    const last = blocks[printed.length - 1];
    const where = `in the commands of line ${last?.line}`;
    const end = signal === null ? `ended with status ${status}` : `took over ${SECONDS_MAX} s`;
    const failure = status === 0 ? undefined : `${end}, ${where}`;
    return { printed, failure, logs: this.#logs() };
  }

  [Symbol.dispose](): void {
    if (this.#group !== undefined) killGroup(this.#group);
    rmSync(this.#directory, { recursive: true, force: true, maxRetries: 20 });
  }

  #logs(): string {
    return readdirSync(this.#directory)
      .filter((name) => name.endsWith('.log'))
      .map((name) => {
        const lines = readFileSync(join(this.#directory, name), 'utf8').trimEnd().split('\n');
        return `--- ${name}\n${lines.slice(-LOG_LINES_SHOWN).join('\n')}`;
      })
      .join('\n');
  }
}

function scriptOf(blocks: readonly RecipeBlock[]): string {
  const parts = blocks.map(({ commands }) => `printf '\\036'\n${commands}\n`);
  return `set -Eeuo pipefail
exec 2>&1
trap 'echo "failed: $BASH_COMMAND"' ERR
${parts.join('')}`;
}

/** The shell and all that it has started and that did not leave its process group. */
function killGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // All of them have ended.
  }
}
