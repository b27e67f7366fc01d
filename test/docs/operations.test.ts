/**
 * Goal: docs/operations.md works as it stands. Method: each section's commands run in one shell, after those of the
 * first section; what they print is compared with what the document shows.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import { commandOnPath, concordKind } from '../bench/server-under-test.ts';
import { LoadWriter } from './load-writer.ts';
import { PortMap } from './port-map.ts';
import { firstMissing } from './recipe-output.ts';
import { RecipeShell, needsMounts, type RecipeRun } from './recipe-shell.ts';
import { parseRecipes, type Recipe } from './recipe.ts';

const root = join(import.meta.dirname, '../..');
const document = readFileSync(join(root, 'docs/operations.md'), 'utf8');
const skip =
  commandOnPath('etcdctl') === undefined
    ? 'there is no etcdctl on the PATH'
    : concordKind() === undefined && 'the server is not built: npm run build';

/** Client addresses, as the first section lists them. */
const CLIENT_ADDRESS = /\b127\.0\.0\.1:\d+79\b/g;

async function runRecipe(t: TestContext, preamble: Recipe, recipe: Recipe): Promise<void> {
  const ports = await PortMap.of(document);
  const blocks = [...preamble.blocks, ...recipe.blocks].map((block) => ({
    ...block,
    commands: ports.inUse(block.commands),
  }));
  const clients = [...new Set(document.match(CLIENT_ADDRESS))].map((at) => ports.inUse(at));
  using shell = new RecipeShell([
    join(import.meta.dirname, 'bin'),
    join(root, 'node_modules/.bin'),
  ]);
  await using writer = recipe.isUnderLoad ? new LoadWriter(clients) : undefined;
  const run = await shell.run(blocks);
  const told = (reason: string): string => ports.asDocumented(report(recipe, reason, run));
  if (run.failure !== undefined) assert.fail(told(run.failure));
  blocks.forEach(({ expected, line }, i) => {
    const missing = firstMissing(expected, ports.asDocumented(run.printed[i] ?? ''));
    assert.equal(missing, undefined, told(`line ${line}: not printed: ${missing}`));
  });
  if (writer === undefined) return;
  const { answered, longestPauseMs, lost } = await writer.stop();
  t.diagnostic(`${answered} writes, the longest pause ${longestPauseMs} ms`);
  assert.ok(answered > 0, told('no write was answered'));
  assert.deepEqual(lost, [], told('writes that were answered are lost'));
}

const report = ({ title }: Recipe, reason: string, { printed, logs }: RecipeRun): string =>
  `"${title}": ${reason}\n\n${printed.join('')}\n${logs}`;

/** Recipes wait more than they work. */
const SIDE_BY_SIDE = 2;

describe('docs/operations.md', { skip, concurrency: SIDE_BY_SIDE }, () => {
  const [preamble, ...recipes] = parseRecipes(document);
  assert.ok(preamble !== undefined, 'the document has recipes');
  for (const recipe of recipes) {
    const skip =
      needsMounts(recipe.blocks) && !RecipeShell.canMount() && 'mounts of its own are not allowed';
    test(recipe.title, { skip }, (t) => runRecipe(t, preamble, recipe));
  }
});
