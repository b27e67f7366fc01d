/**
 * Goal: the guides work as they stand, and say the same in both languages. Method: their code is run against a member and a
 * gateway, block by block, and what it prints is compared; the Chinese pages have the same code.
 */
import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { startServer, type TestServer } from '@concord/testing';
import { commandOnPath, concordKind } from '../bench/server-under-test.ts';
import { GatewayProcess } from '../gateway/harness/gateway-process.ts';
import { GuideRunner } from './guide-runner.ts';
import { parseGuide, type Guide } from './guide.ts';
import { firstMissing } from './recipe-output.ts';

const docs = join(import.meta.dirname, '../../docs');
const pages = globSync('guides/*.md', { cwd: docs }).sort();
const guideOf = (page: string): Guide => parseGuide(readFileSync(join(docs, page), 'utf8'));

/** What a reader does once, and which test does it. */
const DONE_ELSEWHERE: ReadonlyMap<string, string> = new Map([
  ['npm start', 'test/e2e/start.test.ts'],
  ['npm start -- --demo', 'test/e2e/demo.test.ts'],
  ['npm install @concord/sdk', 'test/sdk/packages/install.test.ts'],
  ['npm install @concord/sdk @concord/nestjs', 'test/sdk/packages/install.test.ts'],
  ['npm install --save-dev @concord/testing @concord/server', 'test/sdk/packages/install.test.ts'],
]);

const missing = ['etcdctl', 'curl', 'jq'].find((name) => commandOnPath(name) === undefined);
const skip =
  missing === undefined
    ? concordKind() === undefined && 'the server is not built: npm run build'
    : `there is no ${missing} on the PATH`;

describe('the guides', { skip }, () => {
  let server: TestServer;
  let gateway: GatewayProcess;
  let runner: GuideRunner;
  before(async () => {
    server = await startServer();
    gateway = await GatewayProcess.start(server.endpoints);
    const [endpoint = ''] = server.endpoints;
    runner = new GuideRunner(
      new Map([
        ['http://127.0.0.1:7379', gateway.url],
        ['127.0.0.1:2379', endpoint],
      ]),
    );
  });
  after(async () => {
    runner[Symbol.dispose]();
    await gateway.stop();
    await server.stop();
  });

  assert.ok(pages.length > 0, 'there are guides');
  for (const page of pages) {
    test(`docs/${page} does what it says`, async () => {
      const { blocks, setUp } = guideOf(page);
      for (const line of setUp) {
        const doer = DONE_ELSEWHERE.get(line);
        assert.ok(doer !== undefined, `no test runs "${line}"`);
        assert.ok(existsSync(join(docs, '..', doer)), `${doer} is gone`);
      }
      for (const block of blocks) {
        const printed = await runner.run(block);
        const lacking = firstMissing(block.expected, printed);
        assert.equal(lacking, undefined, `line ${block.line}: not printed: ${lacking}\n${printed}`);
      }
    });
  }
});

describe('the guides in Chinese', () => {
  for (const page of pages) {
    test(`${basename(page)} has the same code as in English`, () => {
      const code = ({ blocks, setUp }: Guide): unknown => [
        setUp,
        blocks.map(({ language, code, expected }) => ({ language, code, expected })),
      ];
      assert.deepEqual(code(guideOf(`zh/${page}`)), code(guideOf(page)));
    });
  }
});
