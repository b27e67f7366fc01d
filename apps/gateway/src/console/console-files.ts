/** The console's files, built beside this program; any other path that a browser opens is a page of it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fastifyStatic } from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

const DIRECTORY = join(import.meta.dirname, 'console');

/** Does nothing where the console has not been built: the API works without it. */
export async function serveConsole(app: NestFastifyApplication): Promise<void> {
  if (!existsSync(join(DIRECTORY, 'index.html'))) return;
  await app.register(fastifyStatic, { root: DIRECTORY, prefix: '/', wildcard: false });
}
