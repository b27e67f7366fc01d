/**
 * Goal: the examples of the packages' READMEs, which the site shows as its reference, run as they stand. Method: each page's
 * are one program, run against a member.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { startServer, type TestServer } from '@concord/testing';
import { concordKind } from '../bench/server-under-test.ts';
import { GuideRunner } from './guide-runner.ts';
import { countExamples, programOf } from './reference.ts';

const packages = join(import.meta.dirname, '../../packages');
const pages = [
  ...['client', 'registry', 'config', 'lock', 'sdk', 'nestjs', 'testing'].map(
    (name) => `${name}/README.md`,
  ),
  'registry/BALANCING.md',
];
const skip = concordKind() === undefined && 'the server is not built: npm run build';

describe('the reference', { skip }, () => {
  let server: TestServer;
  let runner: GuideRunner;
  before(async () => {
    server = await startServer();
    const [endpoint = ''] = server.endpoints;
    runner = new GuideRunner(
      new Map([
        ['127.0.0.1:2379', endpoint],
        // What somebody else may listen at, and what takes longer than a test.
        ['listen(3000)', 'listen(0)'],
        ['listen(9600)', 'listen(0)'],
        [`hold: '2m'`, `hold: '50ms'`],
      ]),
    );
  });
  after(async () => {
    runner[Symbol.dispose]();
    await server.stop();
  });

  for (const page of pages) {
    test(`packages/${page} has examples that run`, async () => {
      const document = readFileSync(join(packages, page), 'utf8');
      assert.ok(countExamples(document) > 0, 'it has examples');
      const block = { language: 'ts', section: page, line: 0, expected: [] } as const;
      await runner.run({ ...block, code: programOf(document) });
    });
  }
});
