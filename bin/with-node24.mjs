/**
 * Runs a program of this repository on the Node 24 that the lockfile pins, whatever Node the machine has:
 * installs the packages first when they are missing, builds first with `--build`.
 *
 * Usage: node bin/with-node24.mjs [--build] PROGRAM [ARGUMENT ...]
 *
 * Plain JavaScript for Node 18 and later, without dependencies: on a fresh clone nothing else is there yet.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const windows = process.platform === 'win32';

/** Where npm puts the pinned runtime; a machine for which no package exists may use its own Node. */
function findNode() {
  const packages = [
    `node-${windows ? 'win' : process.platform}-${process.arch}`,
    `node-bin-${process.platform}-${process.arch}`,
  ];
  for (const name of packages) {
    const binary = join(root, 'node_modules', name, 'bin', windows ? 'node.exe' : 'node');
    if (existsSync(binary)) return binary;
  }
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major >= 24 || (major === 22 && minor >= 18)) return process.execPath;
  console.error(
    `concord: no pinned Node for ${process.platform}-${process.arch}, and this Node is ${process.versions.node}. ` +
      'Install Node 24 and run the same command again.',
  );
  process.exit(1);
}

function installWhatIsMissing() {
  const marker = join(root, 'node_modules', '.package-lock.json');
  const lock = join(root, 'package-lock.json');
  if (existsSync(marker) && statSync(marker).mtimeMs >= statSync(lock).mtimeMs) return;
  console.error('concord: installing packages (npm ci) …');
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: windows,
  });
  if (status !== 0) {
    console.error(
      'concord: `npm ci` failed; its message is above. Mend the cause and run the same command again.',
    );
    process.exit(status ?? 1);
  }
}

const args = process.argv.slice(2);
const build = args[0] === '--build';
if (build) args.shift();
installWhatIsMissing();
const node = findNode();
const flags = ['--conditions=@concord/source', '--disable-warning=ExperimentalWarning'];
if (build) {
  const built = spawnSync(node, [...flags, join(root, 'bin/build.ts'), '--quiet'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (built.status !== 0) process.exit(built.status ?? 1);
}
const child = spawn(node, [...flags, ...args], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, PATH: `${dirname(node)}${windows ? ';' : ':'}${process.env.PATH ?? ''}` },
});
// Ctrl-C reaches the child by the terminal itself; a signal sent to this process alone is handed on.
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
process.on('SIGINT', () => {});
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
