/**
 * Goal: docs/deployment.md works as it stands. Method: the commands of each section in one shell, after those of the first;
 * what they print is compared with what the page shows.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { commandOnPath, concordKind } from '../bench/server-under-test.ts';
import { PortMap } from './port-map.ts';
import { firstMissing } from './recipe-output.ts';
import { RecipeShell } from './recipe-shell.ts';
import { parseRecipes } from './recipe.ts';

const root = join(import.meta.dirname, '../..');
const document = readFileSync(join(root, 'docs/deployment.md'), 'utf8');
const skip = concordKind() === undefined && 'the server is not built: npm run build';

/** Programs that a section needs and a machine may lack. */
const lacking = (commands: string): string | undefined =>
  ['etcdctl', 'promtool', 'systemd-analyze'].find(
    (program) => commands.includes(`${program} `) && commandOnPath(program) === undefined,
  );

describe('docs/deployment.md', { skip, concurrency: 2 }, () => {
  const [preamble, ...recipes] = parseRecipes(document);
  assert.ok(preamble !== undefined, 'the document has recipes');
  for (const recipe of recipes) {
    test(recipe.title, async (context) => {
      const missing = lacking(recipe.blocks.map(({ commands }) => commands).join('\n'));
      if (missing !== undefined) return context.skip(`there is no ${missing} on the PATH`);
      const ports = await PortMap.of(document);
      const blocks = [...preamble.blocks, ...recipe.blocks].map((block) => ({
        ...block,
        commands: ports.inUse(block.commands),
      }));
      using shell = new RecipeShell([join(root, 'node_modules/.bin')]);
      const { printed, failure, logs } = await shell.run(blocks);
      const told = (reason: string): string =>
        ports.asDocumented(`"${recipe.title}": ${reason}\n\n${printed.join('')}\n${logs}`);
      assert.equal(failure, undefined, told(String(failure)));
      blocks.forEach(({ expected, line }, i) => {
        const absent = firstMissing(expected, ports.asDocumented(printed[i] ?? ''));
        assert.equal(absent, undefined, told(`line ${line}: not printed: ${absent}`));
      });
    });
  }
});
