/** Declares a test for each section of a page whose commands need no more than one member; see README.md. */
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

/**
 * @param page - such as `docs/auth.md`
 * @param commands - of the machine, without which the page's are skipped
 * @param sections - that have commands, at least: a page that is read as empty would pass
 */
export function testPage(page: string, commands: readonly string[], sections: number): void {
  const document = read(page);
  const [preamble, ...recipes] = parseRecipes(document);
  assert.ok(preamble !== undefined, 'the document has recipes');
  assert.ok(recipes.length >= sections, 'every section has commands');
  describe(page, { skip: skipWithout(commands) }, () => {
    for (const recipe of recipes) test(recipe.title, () => run(document, preamble, recipe));
  });
}

/**
 * One section of a page that is about other things too, with the beginning of another page.
 *
 * @param section - its heading
 * @param other - the page whose first section has what the commands need
 */
export function testSection(
  page: string,
  section: string,
  other: string,
  commands: readonly string[],
): void {
  const [document, beginning] = [read(page), read(other)];
  const [preamble] = parseRecipes(beginning);
  const recipe = parseRecipes(document).find(({ title }) => title === section);
  assert.ok(preamble !== undefined && recipe !== undefined, `${page} has commands in "${section}"`);
  describe(page, { skip: skipWithout(commands) }, () => {
    test(section, () => run(beginning + document, preamble, recipe));
  });
}

const read = (page: string): string => readFileSync(join(root, page), 'utf8');

function skipWithout(commands: readonly string[]): string | false {
  const missing = commands.find((name) => commandOnPath(name) === undefined);
  if (missing !== undefined) return `there is no ${missing} on the PATH`;
  return concordKind() === undefined && 'the server is not built: npm run build';
}

async function run(document: string, preamble: Recipe, { title, blocks: own }: Recipe) {
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
