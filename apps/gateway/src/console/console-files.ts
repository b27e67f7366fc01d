/**
 * The console's files, built beside this program; any other path that a browser opens is a page of it, which the console
 * itself finds. Files have their content's hash in their name and are kept by browsers; the page is asked for each time.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fastifyStatic } from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { pageAt } from './page-base.ts';

const DIRECTORY = join(import.meta.dirname, 'console');

/** Below these a path that does not exist is a fault of a program, told as one: never a page. */
const notPages = /^\/(?:v1|docs|assets|health|metrics|http-sd|openapi\.json)(?:\/|$)/;

/** Does nothing where the console has not been built: the API works without it. */
export async function serveConsole(app: NestFastifyApplication): Promise<void> {
  const file = join(DIRECTORY, 'index.html');
  if (!existsSync(file)) return;
  const index = readFileSync(file, 'utf8');
  await app.register(fastifyStatic, {
    root: join(DIRECTORY, 'assets'),
    prefix: '/assets/',
    maxAge: '365d',
    immutable: true,
    // Beside each file that shrinks is what brotli and gzip make of it.
    preCompressed: true,
  });
  const fastify = app.getHttpAdapter().getInstance();
  fastify.get('/*', (request: FastifyRequest, reply: FastifyReply) => {
    const path = request.url.split('?', 1)[0] ?? '/';
    if (!isPage(path, request.headers.accept)) {
      reply.callNotFound();
      return;
    }
    void reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-cache')
      .header('vary', 'accept')
      .send(pageAt(index, path));
  });
}

/** Whoever does not ask for a page by name, such as curl, gets one only at the root. */
const isPage = (path: string, accept = ''): boolean =>
  path === '/' || (accept.includes('text/html') && !notPages.test(path));
