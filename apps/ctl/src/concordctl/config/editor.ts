/** Opens a text in the editor that the user has chosen, and answers what became of it. */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommandError } from '../../command-error.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** @param name - of the file, whose ending tells the editor what is in it */
export async function edited(
  text: string,
  name: string,
  environment: Environment,
): Promise<string> {
  const editor = editorOf(environment);
  // For the owner alone: it may be a secret.
  const directory = await mkdtemp(join(tmpdir(), 'concordctl-'));
  const path = join(directory, name);
  try {
    await writeFile(path, text, { mode: 0o600 });
    await run(editor, path);
    return await readFile(path, 'utf8');
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Keeps a text that was refused, so that its work is not lost. Answers where. */
export async function keepEdited(text: string, name: string): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'concordctl-'));
  const path = join(directory, name);
  await writeFile(path, text, { mode: 0o600 });
  return path;
}

/** In the order in which Git and crontab look. */
function editorOf(environment: Environment): string {
  const named = environment['VISUAL'] ?? environment['EDITOR'];
  return named === undefined || named === '' ? 'vi' : named;
}

/** The variable may hold arguments, as in `code --wait`: a shell takes it apart, the path is handed to it as it is. */
function run(editor: string, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('/bin/sh', ['-c', `${editor} "$1"`, 'sh', path], { stdio: 'inherit' });
    child.on('error', (error) => reject(new CommandError(`${editor}: ${error.message}`)));
    child.on('exit', (code, signal) => {
      if (code === 0) return resolve();
      const how = signal === null ? `exit status ${code ?? 'unknown'}` : `signal ${signal}`;
      reject(new CommandError(`the editor "${editor}" ended with ${how}: nothing was changed`));
    });
  });
}
