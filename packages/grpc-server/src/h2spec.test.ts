/**
 * Runs h2spec (github.com/summerwind/h2spec), an independent conformance suite for HTTP/2 and HPACK,
 * in plain text and over TLS. Its binary is taken from PATH or Go's bin directory; where Go is there it
 * is built once into node_modules/.cache; else the test says why it is skipped.
 */
import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { delimiter, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { createCertificate } from './harness/certificate.ts';
import { startServer } from './harness/test-server.ts';

const PACKAGE = 'github.com/summerwind/h2spec/cmd/h2spec@v2.2.1+incompatible';
const INSTALL_TIMEOUT_MS = 120_000;

function goBin(): string | undefined {
  try {
    return join(execFileSync('go', ['env', 'GOPATH'], { encoding: 'utf8' }).trim(), 'bin');
  } catch {
    return undefined;
  }
}

/** The path of an h2spec binary, or why there is none. */
function findH2spec(): { path: string } | { missing: string } {
  const cache = fileURLToPath(new URL('../../../node_modules/.cache/h2spec', import.meta.url));
  const gopath = goBin();
  const directories = [...(process.env['PATH'] ?? '').split(delimiter), cache];
  if (gopath !== undefined) directories.push(gopath);
  const found = directories.map((directory) => join(directory, 'h2spec')).find(existsSync);
  if (found !== undefined) return { path: found };
  if (gopath === undefined) return { missing: 'neither h2spec nor go is installed' };
  mkdirSync(cache, { recursive: true });
  try {
    execFileSync('go', ['install', PACKAGE], {
      env: { ...process.env, GOBIN: cache, GOFLAGS: '-mod=mod' },
      timeout: INSTALL_TIMEOUT_MS,
      stdio: 'pipe',
    });
    return { path: join(cache, 'h2spec') };
  } catch (error) {
    return { missing: `go could not install h2spec: ${String(error).slice(0, 200)}` };
  }
}

const h2spec = findH2spec();
const skip = 'missing' in h2spec ? h2spec.missing : false;

function run(port: number, ...more: readonly string[]): Promise<string> {
  assert.ok('path' in h2spec);
  const args = [
    'generic',
    'http2',
    'hpack',
    '-h',
    '127.0.0.1',
    '-p',
    String(port),
    '-o',
    '5',
    ...more,
  ];
  return new Promise((resolve) => {
    execFile(h2spec.path, args, { maxBuffer: 1 << 24 }, (_error, output) => {
      resolve(output);
    });
  });
}

function assertAllPassed(output: string): void {
  const failures = output.slice(Math.max(0, output.indexOf('Failures:')));
  const [, tests, passed] = /(\d+) tests, (\d+) passed/.exec(output) ?? [];
  assert.ok(Number(tests) >= 140, output.slice(-500));
  assert.equal(passed, tests, failures);
}

for (const [name, more] of [
  ['plain text', []],
  ['TLS', ['-t', '-k']],
] as const) {
  test(`all cases of h2spec pass over ${name}`, { skip }, async (context) => {
    const tls = name === 'TLS' ? { tls: await createCertificate('localhost') } : {};
    const http = createServer((request, response) => {
      // An answer that ends before the request does is no error: h2spec's frames would come too late to be one.
      request.resume().once('end', () => response.end('a body for h2spec to look at'));
    });
    const { port } = await startServer(context, { ...tls, http });
    assertAllPassed(await run(port, ...more));
  });
}
