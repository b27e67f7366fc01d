/** Goal: docs/v2-api.md works as it stands. Method: as for docs/operations.md, in a shell and on ports of its own. */
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
const document = readFileSync(join(root, 'docs/v2-api.md'), 'utf8');
const skip =
  commandOnPath('etcdctl') === undefined
    ? 'there is no etcdctl on the PATH'
    : concordKind() === undefined && 'the server is not built: npm run build';

describe('docs/v2-api.md', { skip }, () => {
  const [preamble, ...recipes] = parseRecipes(document);
  assert.ok(preamble !== undefined, 'the document has recipes');
  for (const recipe of recipes) {
    test(recipe.title, async () => {
      const ports = await PortMap.of(document);
      const blocks = [...preamble.blocks, ...recipe.blocks].map((block) => ({
        ...block,
        commands: ports.inUse(block.commands),
      }));
      using shell = new RecipeShell([join(root, 'node_modules/.bin')]);
      const { failure, printed, logs } = await shell.run(blocks);
      assert.equal(failure, undefined, printed.join('') + logs);
      blocks.forEach(({ expected, line }, i) => {
        const missing = firstMissing(expected, ports.asDocumented(printed[i] ?? ''));
        assert.equal(missing, undefined, `line ${line}: ${printed[i]}`);
      });
    });
  }
});
