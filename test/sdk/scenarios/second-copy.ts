/**
 * The SDK and grpc-js a second time in this process, as two versions in a tree of packages come about: our built packages
 * and grpc-js copied into a `node_modules` of their own, whose other packages are the ones of this repository.
 */
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as grpcJs from '@grpc/grpc-js';
import type * as sdk from '@concord/sdk';
import type * as sdkGrpc from '@concord/sdk/grpc';
import { ROOT, build, directoryOf } from '../packages/published.ts';

const COPIED = ['protocol', 'client', 'registry', 'config', 'lock', 'sdk'] as const;

export interface SecondCopy extends Disposable {
  readonly directory: string;
  readonly sdk: typeof sdk;
  readonly sdkGrpc: typeof sdkGrpc;
  readonly grpc: typeof grpcJs;
}

export async function secondCopy(): Promise<SecondCopy> {
  await build();
  const directory = mkdtempSync(join(tmpdir(), 'second-copy-'));
  const modules = join(directory, 'node_modules');
  mkdirSync(join(modules, '@concord'), { recursive: true });
  mkdirSync(join(modules, '@grpc'));
  linkOthers(join(ROOT, 'node_modules'), modules);
  for (const name of COPIED) {
    const copy = join(modules, '@concord', name);
    cpSync(join(directoryOf(name), 'dist'), join(copy, 'dist'), { recursive: true });
    const manifest = readFileSync(join(directoryOf(name), 'package.json'), 'utf8');
    // Tests run on sources, which Node takes nowhere below node_modules.
    writeFileSync(join(copy, 'package.json'), manifest.replaceAll('@concord/source', 'not-here'));
    linkOthers(join(directoryOf(name), 'node_modules'), join(copy, 'node_modules'));
  }
  const require = createRequire(import.meta.url);
  const grpcDirectory = dirname(require.resolve('@grpc/grpc-js/package.json'));
  cpSync(grpcDirectory, join(modules, '@grpc/grpc-js'), { recursive: true });
  const load = async (path: string): Promise<unknown> =>
    (await import(pathToFileURL(join(modules, path)).href)) as unknown;
  return {
    directory,
    sdk: (await load('@concord/sdk/dist/index.js')) as typeof sdk,
    sdkGrpc: (await load('@concord/sdk/dist/grpc.js')) as typeof sdkGrpc,
    grpc: require(join(modules, '@grpc/grpc-js')) as typeof grpcJs,
    [Symbol.dispose]: () => rmSync(directory, { recursive: true }),
  };
}

/** Links every package of a `node_modules` that is not to be copied. */
function linkOthers(from: string, to: string): void {
  for (const name of namesIn(from)) {
    if (name === '@concord' || name === '@grpc' || name.startsWith('.')) continue;
    mkdirSync(to, { recursive: true });
    symlinkSync(join(from, name), join(to, name));
  }
  for (const name of namesIn(join(from, '@grpc'))) {
    if (name === 'grpc-js') continue;
    mkdirSync(join(to, '@grpc'), { recursive: true });
    symlinkSync(join(from, '@grpc', name), join(to, '@grpc', name));
  }
}

function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}
