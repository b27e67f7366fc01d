/**
 * Helm, built from its Go module: no registry has its binary. Built once into node_modules/.cache; without Go, or without
 * the module proxy, there is none, and whoever needs it is told why.
 */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { commandOnPath } from '../../bench/server-under-test.ts';
import { ROOT } from '../../sdk/packages/published.ts';
import type { Case } from './cases.ts';
import { CHART } from './chart-values.ts';

const run = promisify(execFile);

const VERSION = 'v3.21.4';
const DIRECTORY = join(ROOT, 'node_modules/.cache/helm', VERSION);
/** A version that serves everything that the chart makes. */
const KUBERNETES = '1.33.0';
const OUTPUT_BYTES_MAX = 64 * 1024 * 1024;

export interface Outcome {
  readonly status: number;
  readonly output: string;
  readonly errors: string;
}

export class Helm {
  readonly #program: string;

  private constructor(program: string) {
    this.#program = program;
  }

  /** Helm, or the reason why there is none. Builds it where it is not built yet, which takes a minute. */
  static async find(): Promise<Helm | { readonly reason: string }> {
    const program = commandOnPath('helm') ?? join(DIRECTORY, 'helm');
    if (existsSync(program)) return new Helm(program);
    if (commandOnPath('go') === undefined) return { reason: 'there is neither helm nor go' };
    try {
      const environment = { ...process.env, GOBIN: DIRECTORY };
      await run('go', ['install', `helm.sh/helm/v3/cmd/helm@${VERSION}`], { env: environment });
      return new Helm(program);
    } catch (error) {
      return { reason: `helm cannot be built: ${String(error).slice(0, 500)}` };
    }
  }

  lint(values: Case['values'] = {}): Promise<Outcome> {
    return this.#withValues(values, ['lint', '--strict', CHART]);
  }

  template({ values, isUpgrade = false }: Omit<Case, 'name'>): Promise<Outcome> {
    const flags = ['--namespace', 'db', '--kube-version', KUBERNETES];
    const more = isUpgrade ? ['--is-upgrade'] : ['--no-hooks'];
    return this.#withValues(values, ['template', 'concord', CHART, ...flags, ...more]);
  }

  /** An upgrade of what a cluster has, of which templates may look something up. */
  upgrade(values: Case['values'], kubeconfig: string): Promise<Outcome> {
    const flags = ['--namespace', 'db', '--kube-version', KUBERNETES, '--is-upgrade'];
    const server = ['--dry-run=server', '--kubeconfig', kubeconfig];
    return this.#withValues(values, ['template', 'concord', CHART, ...flags, ...server]);
  }

  async #withValues(values: Case['values'], command: readonly string[]): Promise<Outcome> {
    const folder = mkdtempSync(join(tmpdir(), 'concord-helm-'));
    const file = join(folder, 'values.json');
    writeFileSync(file, JSON.stringify(values));
    try {
      const { stdout, stderr } = await run(this.#program, [...command, '--values', file], {
        maxBuffer: OUTPUT_BYTES_MAX,
      });
      return { status: 0, output: stdout, errors: stderr };
    } catch (error) {
      const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
      return { status: 1, output: stdout, errors: stderr || String(error) };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}
