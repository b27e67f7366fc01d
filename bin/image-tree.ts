/**
 * Lays out what the image holds beside its base: the programs, the packages that they need, and the Node that the lockfile
 * pins. There is no shell in the image: its programs are files that Node runs.
 *
 * Usage: node bin/image-tree.ts DIRECTORY      after `npm run build`; packaging/docker/Dockerfile calls it
 */
import { chmodSync, copyFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { runtimeTree } from './runtime-tree.ts';

const [target] = process.argv.slice(2);
if (target === undefined) throw new Error('usage: node bin/image-tree.ts DIRECTORY');

/** Where they are in the image. */
const HOME = '/opt/concord';
const NODE = '/usr/local/bin/node';

const PROGRAMS = {
  'concord-gateway': 'gateway/dist/main.js',
  concordctl: 'ctl/dist/concordctl.js',
  concordutl: 'ctl/dist/concordutl.js',
  'concord-health': 'health.js',
};

const at = (path: string): string => {
  const file = join(target, path);
  mkdirSync(dirname(file), { recursive: true });
  return file;
};

for (const { path, content } of runtimeTree(['server', 'ctl', 'gateway'])) {
  writeFileSync(at(`${HOME}/${path}`), content);
}
copyFileSync(
  resolve(import.meta.dirname, '../packaging/docker/health.js'),
  at(`${HOME}/health.js`),
);
copyFileSync(resolve(import.meta.dirname, '../LICENSE'), at(`${HOME}/LICENSE`));
copyFileSync(process.execPath, at(NODE));
chmodSync(at(NODE), 0o755);
/** As apps/server/bin/concord does it: the proxies are a program of their own. */
const MEMBER_OR_PROXY = `const isProxy = ['gateway', 'grpc-proxy'].includes(process.argv[2]);
await import(isProxy ? '../server/dist/proxy.js' : '../server/dist/main.js');
`;
const sources = {
  concord: MEMBER_OR_PROXY,
  ...Object.fromEntries(
    Object.entries(PROGRAMS).map(([name, entry]) => [name, `import '../${entry}';\n`]),
  ),
};
for (const [name, source] of Object.entries(sources)) {
  const file = at(`${HOME}/bin/${name}.js`);
  writeFileSync(file, `#!${NODE}\n${source}`);
  chmodSync(file, 0o755);
  symlinkSync(`${HOME}/bin/${name}.js`, at(`/usr/local/bin/${name}`));
}
// The user of the image writes here, and nowhere else.
mkdirSync(at('/var/lib/concord/.keep').replace('/.keep', ''), { recursive: true, mode: 0o700 });
