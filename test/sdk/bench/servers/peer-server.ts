/**
 * A server that is not ours and comes with no package: started from where the caller has it, on loopback, with an empty
 * directory; or one that runs already.
 *
 * Invariant: what was started, and its directory, are gone once it is disposed of, and it dies with this process anyway.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Of a JVM, on a machine that does other things. */
const START_MS_MAX = 120_000;
const ASK_AGAIN_MS = 100;
/** Of the log, told when it does not start. */
const LAST_WORDS = 2000;

export interface PeerServer extends AsyncDisposable {
  /** Host and port of its HTTP. */
  readonly endpoint: string;
  readonly version: string;
}

export interface PeerProgram {
  readonly command: string;
  readonly arguments: readonly string[];
  readonly endpoint: string;
  /** Where it may keep what it likes. */
  readonly directory: string;
}

/** Answers the server's version once it serves; undefined until then. */
export type AskVersion = (endpoint: string) => Promise<string | undefined>;

export function peerDirectory(name: string): string {
  return mkdtempSync(join(tmpdir(), `bench-${name}-`));
}

/** @param url - such as `http://127.0.0.1:8500` */
export async function runningPeer(url: string, askVersion: AskVersion): Promise<PeerServer> {
  const endpoint = new URL(url).host;
  const version = await askVersion(endpoint);
  if (version === undefined) throw new Error(`nothing that answers as it should is at ${url}`);
  return { endpoint, version, [Symbol.asyncDispose]: () => Promise.resolve() };
}

/** @throws Error with the last words of a program that ends, or does not serve in two minutes */
export async function startPeer(program: PeerProgram, askVersion: AskVersion): Promise<PeerServer> {
  const { endpoint, directory } = program;
  const logFile = join(directory, 'output.log');
  const log = openSync(logFile, 'w');
  const child = spawn(program.command, program.arguments, {
    cwd: directory,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const failed = new Promise<never>((_, reject) => child.once('error', reject));
  failed.catch(() => undefined);
  const abandon = (): void => {
    child.kill('SIGKILL');
    rmSync(directory, { recursive: true, force: true });
  };
  process.once('exit', abandon);
  const dispose = async (): Promise<void> => {
    await ended(child);
    process.off('exit', abandon);
    rmSync(directory, { recursive: true, force: true });
  };
  try {
    const version = await Promise.race([untilServing(child, endpoint, askVersion), failed]);
    return { endpoint, version, [Symbol.asyncDispose]: dispose };
  } catch (error) {
    const lastWords = readFileSync(logFile, 'utf8').slice(-LAST_WORDS);
    await dispose();
    throw new Error(`${program.command}: ${String(error)}; its last words:\n${lastWords}`, {
      cause: error,
    });
  }
}

/** What `url` answers as JSON; undefined when nothing answers, or not with 200. */
export async function askJson(url: string): Promise<unknown> {
  const response = await fetch(url).catch(() => undefined);
  return response?.status === 200 ? await response.json() : undefined;
}

async function untilServing(
  child: ChildProcess,
  endpoint: string,
  askVersion: AskVersion,
): Promise<string> {
  const untilMs = performance.now() + START_MS_MAX;
  while (performance.now() < untilMs) {
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}`);
    const version = await askVersion(endpoint);
    if (version !== undefined) return version;
    await sleep(ASK_AGAIN_MS);
  }
  throw new Error(`it did not serve within ${START_MS_MAX} ms`);
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) {
      resolve();
      return;
    }
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}
