/** `/v1/keys`: the raw key space, for whoever may read it. */
import {
  Body,
  Controller,
  Delete,
  Get,
  Headers,
  Inject,
  Param,
  Put,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { keyText } from '@concord/client';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { assertMay, type Actor, type Verb } from '../access/actor.ts';
import { CurrentActor, SignedIn } from '../access/permission.ts';
import { tellAudit } from '../audit/audit-scope.ts';
import { AnswersFromMemory } from '../cluster-link/answers-from-memory.ts';
import { ApiProblems } from '../http/api-problems.ts';
import { etagOf, isNotModified, preconditionOf } from '../http/etag.ts';
import { Problem } from '../http/problem.ts';
import { PlainStreams } from '../live/plain-streams.ts';
import { placeOf } from '../live/sse.ts';
import { entryDocument, isProtected, keyOfPath, valueBytesOf } from './entry-document.ts';
import { KeyBrowser } from './key-browser.ts';
import { KeyFollower } from './key-follower.ts';
import * as schemas from './key-schemas.ts';

type RequestHeaders = Readonly<Record<string, string | undefined>>;
type Encoding = z.output<typeof schemas.encodingQuery>;

@ApiTags('keys')
@ApiProblems(404, 410, 412)
@SignedIn()
@Controller('v1')
export class KeysController {
  constructor(
    @Inject(KeyBrowser) private readonly browser: KeyBrowser,
    @Inject(KeyFollower) private readonly follower: KeyFollower,
    @Inject(PlainStreams) private readonly streams: PlainStreams,
  ) {}

  @Get('keys')
  @ApiOperation({ summary: 'Keys under a prefix, as the store has them now or had them' })
  @ApiOkResponse({ standardSchema: schemas.keyListSchema })
  async listKeys(
    @CurrentActor() actor: Actor,
    @Query({ schema: schemas.keyListQuery }) query: z.output<typeof schemas.keyListQuery>,
  ): Promise<z.output<typeof schemas.keyListSchema>> {
    assertMay(actor, 'read', { prefix: query.prefix });
    const { entries, revision, count, nextCursor } = await this.browser.list(query);
    return {
      items: entries.map((entry) => entryDocument(entry, query)),
      revision,
      ...(count !== undefined && { count }),
      ...(nextCursor !== undefined && { nextCursor }),
    };
  }

  @Get('key-folders')
  @ApiOperation({ summary: 'What lies directly below a prefix, parted by a delimiter' })
  @ApiOkResponse({ standardSchema: schemas.folderListSchema })
  async listKeyFolders(
    @CurrentActor() actor: Actor,
    @Query({ schema: schemas.folderQuery }) query: z.output<typeof schemas.folderQuery>,
  ): Promise<z.output<typeof schemas.folderListSchema>> {
    assertMay(actor, 'read', { prefix: query.prefix });
    const { folders, revision, nextCursor } = await this.browser.folders(query);
    return { items: [...folders], revision, ...(nextCursor !== undefined && { nextCursor }) };
  }

  @Get('keys/watch')
  @AnswersFromMemory()
  @ApiOperation({
    summary: 'Follows the changes of keys as server-sent events',
    description:
      '`change` with `put` (entries) and `deleted` (keys); `resync` where what came between is gone: read again. ' +
      'The id of an event is its revision, and `Last-Event-ID` goes on behind it.',
  })
  @ApiProduces('text/event-stream')
  watchKeys(
    @CurrentActor() actor: Actor,
    @Query({ schema: schemas.keyWatchQuery }) query: z.output<typeof schemas.keyWatchQuery>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): void {
    assertMay(actor, 'read', { prefix: query.prefix });
    const place = placeOf(request);
    const from = place === undefined ? query.from : place + 1;
    this.follower.follow({ ...query, from }, this.streams.open(reply));
  }

  @Get('keys/:key')
  @ApiOperation({ summary: 'One key, now or at an earlier revision' })
  @ApiOkResponse({ standardSchema: schemas.entrySchema })
  async getKey(
    @CurrentActor() actor: Actor,
    @Param('key', { schema: schemas.keyPath }) path: string,
    @Query({ schema: schemas.keyQuery }) query: z.output<typeof schemas.keyQuery>,
    @Headers() headers: RequestHeaders,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<schemas.EntryDocument | undefined> {
    const key = keyFor(actor, 'read', path, query.encoding);
    const entry = await this.browser.get(key, query.revision);
    void reply.header('etag', etagOf(entry.modRevision));
    if (isNotModified(headers, entry.modRevision)) return void reply.status(304);
    return entryDocument(entry);
  }

  @Get('keys/:key/history')
  @ApiOperation({ summary: 'The latest values of a key, as far as compaction has left them' })
  @ApiOkResponse({ standardSchema: schemas.keyHistorySchema })
  async getKeyHistory(
    @CurrentActor() actor: Actor,
    @Param('key', { schema: schemas.keyPath }) path: string,
    @Query({ schema: schemas.historyQuery }) query: z.output<typeof schemas.historyQuery>,
  ): Promise<z.output<typeof schemas.keyHistorySchema>> {
    const key = keyFor(actor, 'read', path, query.encoding);
    const { entries, isComplete } = await this.browser.history(key, query.limit);
    const items = entries.map((entry) => entryDocument(entry));
    return { items, isComplete, revision: items[0]?.modRevision ?? 0 };
  }

  @Put('keys/:key')
  @ApiOperation({ summary: 'Writes a key, on the condition of If-Match or If-None-Match if given' })
  @ApiOkResponse({ standardSchema: schemas.writtenSchema })
  async putKey(
    @CurrentActor() actor: Actor,
    @Param('key', { schema: schemas.keyPath }) path: string,
    @Query({ schema: schemas.keyWriteQuery }) query: z.output<typeof schemas.keyWriteQuery>,
    @Body({ schema: schemas.putKeyBody }) body: z.output<typeof schemas.putKeyBody>,
    @Headers() headers: RequestHeaders,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.output<typeof schemas.writtenSchema>> {
    const key = keyFor(actor, 'write', path, query.encoding);
    const lease = body.lease === undefined ? undefined : BigInt(`0x${body.lease}`);
    const precondition = preconditionOf(headers);
    tellAudit({ subject: `key ${keyText(key)}`, after: body });
    const revision = await this.browser.put(key, valueBytesOf(body.value), { lease, precondition });
    void reply.header('etag', etagOf(revision));
    return { revision };
  }

  @Delete('keys/:key')
  @ApiOperation({ summary: 'Deletes a key, on the condition of If-Match if given' })
  @ApiOkResponse({ standardSchema: schemas.writtenSchema })
  async deleteKey(
    @CurrentActor() actor: Actor,
    @Param('key', { schema: schemas.keyPath }) path: string,
    @Query({ schema: schemas.keyWriteQuery }) query: z.output<typeof schemas.keyWriteQuery>,
    @Headers() headers: RequestHeaders,
  ): Promise<z.output<typeof schemas.writtenSchema>> {
    const key = keyFor(actor, 'write', path, query.encoding);
    tellAudit({ subject: `key ${keyText(key)}` });
    return { revision: await this.browser.delete(key, preconditionOf(headers)) };
  }
}

/** @throws Problem `forbidden` for who may not, and for writing by hand what the gateway's doors hang on */
function keyFor(actor: Actor, verb: Verb, path: string, encoding: Encoding): Uint8Array {
  const key = keyOfPath(path, encoding);
  assertMay(actor, verb, key);
  if (verb === 'write' && isProtected(keyText(key))) {
    throw new Problem('forbidden', {
      detail: `${JSON.stringify(keyText(key))} is the gateway's own: manage tokens at /v1/tokens`,
    });
  }
  return key;
}
