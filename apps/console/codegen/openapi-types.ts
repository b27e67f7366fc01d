/** The types of the built gateway's OpenAPI document, as the console has them in `api/gen/schema.ts`. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import openapiTypes, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { format } from 'prettier';
import { startServer } from '@concord/testing';

const root = resolve(import.meta.dirname, '../../..');

export const SCHEMA_FILE = resolve(root, 'apps/console/src/api/gen/schema.ts');

const READY = /^concord-gateway: ready at (\S+)$/;

/** The document is made from code, but a gateway does not start without a cluster. */
async function openApiDocument(): Promise<OpenAPI3> {
  await using member = await startServer();
  const gateway = spawn(
    process.execPath,
    [
      resolve(root, 'apps/gateway/dist/main.js'),
      ...['--endpoints', member.endpoints.join(), '--listen-port', '0'],
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = once(gateway, 'exit');
  try {
    for await (const line of createInterface({ input: gateway.stdout })) {
      const url = READY.exec(line)?.[1];
      if (url === undefined) continue;
      return (await (await fetch(new URL('openapi.json', `${url}/`))).json()) as OpenAPI3;
    }
    throw new Error('the gateway ended before it listened');
  } finally {
    gateway.kill('SIGKILL');
    await ended;
  }
}

/** The text of the file. */
export async function openApiTypes(): Promise<string> {
  const text = astToString(await openapiTypes(await openApiDocument()));
  return format(
    `/** Made from the gateway's OpenAPI document: npm run schema -w @concord/console. */\n${text}`,
    {
      parser: 'typescript',
      singleQuote: true,
      printWidth: 100,
    },
  );
}
