/** The console is written against the gateway as it is. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { openApiTypes, SCHEMA_FILE } from '../../../apps/console/codegen/openapi-types.ts';

test("the console's types of the API are those of the gateway that was built", async () => {
  assert.ok(
    readFileSync(SCHEMA_FILE, 'utf8') === (await openApiTypes()),
    'the OpenAPI document has changed: run `npm run schema -w @concord/console`',
  );
});
