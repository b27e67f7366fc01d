/**
 * Writes what `generate.ts` makes of `proto/`: `node codegen/main.ts` in this package's directory.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { generate, SOURCE_DIRECTORY } from './generate.ts';

const files = generate();
rmSync(join(SOURCE_DIRECTORY, 'gen'), { recursive: true, force: true });
for (const [path, text] of files) {
  const target = join(SOURCE_DIRECTORY, path);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text);
}
