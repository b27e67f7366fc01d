/**
 * Runs a guide's code as a reader would, one block after the other, each a program of its own, in a directory that has the
 * packages of this checkout as they are built.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { transformSync } from 'esbuild';
import type { GuideBlock } from './guide.ts';

const root = join(import.meta.dirname, '../..');
/** The longest takes two seconds on a quiet machine. */
const MS_MAX = 60_000;

/** As a reader's own build does it: Nest needs decorators, which Node does not run. */
const compiled = (code: string): string =>
  transformSync(code, {
    loader: 'ts',
    format: 'esm',
    target: 'node24',
    tsconfigRaw: { compilerOptions: { experimentalDecorators: true } },
  }).code;

export class GuideRunner implements Disposable {
  readonly #directory = mkdtempSync(join(tmpdir(), 'concord-guide-'));
  readonly #addresses: ReadonlyMap<string, string>;

  /** @param addresses - as the guides name them, and what is there in their place */
  constructor(addresses: ReadonlyMap<string, string>) {
    this.#addresses = addresses;
    symlinkSync(join(root, 'node_modules'), join(this.#directory, 'node_modules'));
    writeFileSync(join(this.#directory, 'package.json'), '{"type":"module"}');
  }

  /** What the block printed, as the guide would show it. Rejects where it fails. */
  async run({ language, code, line }: GuideBlock): Promise<string> {
    const file = `block-${line}.${language === 'sh' ? 'sh' : 'js'}`;
    const here = this.#replaced(code, false);
    const program = language === 'sh' ? `set -euo pipefail\n${here}` : compiled(here);
    writeFileSync(join(this.#directory, file), program);
    const shell = language === 'sh' ? 'bash' : process.execPath;
    const { stdout } = await promisify(execFile)(shell, [file], {
      cwd: this.#directory,
      timeout: MS_MAX,
      env: {
        ...process.env,
        PATH: [join(root, 'node_modules/.bin'), process.env['PATH'] ?? ''].join(delimiter),
        NO_COLOR: '1',
      },
    });
    return this.#replaced(stdout, true);
  }

  [Symbol.dispose](): void {
    rmSync(this.#directory, { recursive: true, force: true });
  }

  #replaced(text: string, isBack: boolean): string {
    let result = text;
    for (const [named, real] of this.#addresses) {
      result = isBack ? result.replaceAll(real, named) : result.replaceAll(named, real);
    }
    return result;
  }
}
