/** A project of a user, outside of this repository: our tarballs installed into an empty directory. */
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { manifestOf } from './published.ts';

const run = promisify(execFile);
const RUN_MS_MAX = 300_000;
/** What npm says where no registry can be reached. */
const NO_REGISTRY = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|ENOTCACHED|ECONNRESET/;

export type ModuleKind = 'module' | 'commonjs';

export interface Outcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** No registry: not our fault, and nothing can be shown. */
export class NoRegistryError extends Error {}

export class UserProject {
  readonly directory: string;

  private constructor(directory: string) {
    this.directory = directory;
  }

  /**
   * Installs all of our packages (but `nestjs`, unless its peers are among `others`) and `others`.
   *
   * @throws NoRegistryError where npm can't reach one
   */
  static async create(
    directory: string,
    type: ModuleKind,
    tarballs: ReadonlyMap<string, string>,
    others: Readonly<Record<string, string>> = {},
  ): Promise<UserProject> {
    mkdirSync(directory, { recursive: true });
    const nest = manifestOf('nestjs').name;
    const ours = [...tarballs].filter(([name]) => name !== nest || '@nestjs/core' in others);
    const dependencies = {
      ...Object.fromEntries(ours.map(([name, path]) => [name, `file:${path}`])),
      ...others,
    };
    const manifest = { name: 'user', private: true, type, dependencies };
    writeFileSync(join(directory, 'package.json'), JSON.stringify(manifest, null, 2));
    cpSync(join(import.meta.dirname, 'programs'), directory, { recursive: true });
    const project = new UserProject(directory);
    const flags = ['--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'];
    const installed = await project.run('npm', ['install', ...flags]);
    if (installed.status === 0) return project;
    if (NO_REGISTRY.test(installed.stderr)) throw new NoRegistryError(installed.stderr);
    throw new Error(`npm install failed:\n${installed.stderr}`);
  }

  /** The program of a package that was installed. */
  bin(name: string): string {
    return join(this.directory, 'node_modules', '.bin', name);
  }

  async run(command: string, parameters: readonly string[], environment = {}): Promise<Outcome> {
    // Neither our conditions nor our test runner are the user's.
    const rest = { ...process.env };
    delete rest['NODE_OPTIONS'];
    delete rest['NODE_TEST_CONTEXT'];
    try {
      const { stdout, stderr } = await run(command, parameters, {
        cwd: this.directory,
        env: { ...rest, ...environment },
        timeout: RUN_MS_MAX,
        maxBuffer: 16 * 1024 * 1024,
      });
      return { status: 0, stdout, stderr };
    } catch (error) {
      const {
        code,
        stdout = '',
        stderr = '',
      } = error as { code?: unknown; stdout?: string; stderr?: string };
      return {
        status: typeof code === 'number' ? code : 1,
        stdout,
        stderr: stderr || String(error),
      };
    }
  }
}
