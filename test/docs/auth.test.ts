/**
 * Goal: docs/auth.md works as it stands. Method: that of `operations.test.ts`, with one member.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { commandOnPath, concordKind } from '../bench/server-under-test.ts';
import { PortMap } from './port-map.ts';
import { firstMissing } from './recipe-output.ts';
import { RecipeShell } from './recipe-shell.ts';
import { parseRecipes, type Recipe } from './recipe.ts';

const root = join(import.meta.dirname, '../..');
const document = readFileSync(join(root, 'docs/auth.md'), 'utf8');
const missing = ['etcdctl', 'curl', 'openssl'].find((name) => commandOnPath(name) === undefined);
const skip =
  missing === undefined
    ? concordKind() === undefined && 'the server is not built: npm run build'
    : `there is no ${missing} on the PATH`;

async function runRecipe(preamble: Recipe, { title, blocks: own }: Recipe): Promise<void> {
  const ports = await PortMap.of(document);
  const blocks = [...preamble.blocks, ...own].map((block) => ({
    ...block,
    commands: ports.inUse(block.commands),
  }));
  using shell = new RecipeShell([join(root, 'node_modules/.bin')]);
  const { failure, printed, logs } = await shell.run(blocks);
  const told = (reason: string): string =>
    ports.asDocumented(`"${title}": ${reason}\n\n${printed.join('')}\n${logs}`);
  if (failure !== undefined) assert.fail(told(failure));
  blocks.forEach(({ expected, line }, i) => {
    const missing = firstMissing(expected, ports.asDocumented(printed[i] ?? ''));
    assert.equal(missing, undefined, told(`line ${line}: not printed: ${missing}`));
  });
}

describe('docs/auth.md', { skip }, () => {
  const [preamble, ...recipes] = parseRecipes(document);
  assert.ok(preamble !== undefined, 'the document has recipes');
  assert.ok(recipes.length >= 7, 'every section has commands');
  for (const recipe of recipes) {
    test(recipe.title, () => runRecipe(preamble, recipe));
  }
});
