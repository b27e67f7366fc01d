/** `/v1/configs`: namespaces, items, and what became of them. */
import {
  Body,
  Controller,
  Delete,
  Get,
  Headers,
  HttpCode,
  Inject,
  Param,
  Post,
  Put,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { itemKey, itemsPrefix } from '@concord/config/records';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { assertMay, type Actor } from '../access/actor.ts';
import { CurrentActor, SignedIn } from '../access/permission.ts';
import { ApiProblems } from '../http/api-problems.ts';
import { isAmongTags } from '../http/etag.ts';
import { LiveSources } from '../live/live-sources.ts';
import { ItemDesk, readablePlainKeys } from './item-desk.ts';
import { ItemFeeds } from './item-feeds.ts';
import { itemSummary } from './item-document.ts';
import { addressOf, checkedAddress } from './item-path.ts';
import { ItemReader } from './item-reader.ts';
import * as schemas from './item-schemas.ts';
import { expectationOf, tagOf } from './item-tag.ts';
import { pageQuerySchema } from '../http/page.ts';

type RequestHeaders = Readonly<Record<string, string | undefined>>;

@ApiTags('configuration')
@ApiProblems(404)
@SignedIn()
@Controller('v1/configs')
export class ConfigsController {
  constructor(
    @Inject(ItemReader) private readonly reader: ItemReader,
    @Inject(ItemDesk) private readonly desk: ItemDesk,
    @Inject(ItemFeeds) private readonly feeds: ItemFeeds,
    @Inject(LiveSources) private readonly live: LiveSources,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The namespaces that the caller may read' })
  @ApiOkResponse({ standardSchema: schemas.namespaceListSchema })
  async listConfigNamespaces(
    @CurrentActor() actor: Actor,
    @Query({ schema: pageQuerySchema }) { limit, cursor }: z.output<typeof pageQuerySchema>,
  ): Promise<z.output<typeof schemas.namespaceListSchema>> {
    const isVisible = (name: string): boolean => actor.may('read', { prefix: itemsPrefix(name) });
    const { items, revision, nextCursor } = await this.reader.namespaces(limit, cursor, isVisible);
    return { items: [...items], revision, ...(nextCursor !== undefined && { nextCursor }) };
  }

  @Get(':namespace')
  @ApiOperation({ summary: 'The items of a namespace, without their contents' })
  @ApiOkResponse({ standardSchema: schemas.itemListSchema })
  async listConfigs(
    @CurrentActor() actor: Actor,
    @Param('namespace', { schema: schemas.namespacePath }) namespace: string,
    @Query({ schema: schemas.itemListQuery }) query: z.output<typeof schemas.itemListQuery>,
  ): Promise<z.output<typeof schemas.itemListSchema>> {
    checkedAddress(namespace, 'any', (part) => `path.${part}`);
    assertMay(actor, 'read', { prefix: itemsPrefix(namespace) + (query.prefix ?? '') });
    const { items, revision, nextCursor } = await this.reader.list({ namespace, ...query });
    return {
      items: items
        .map((stored) => itemSummary(stored, stored.item))
        .filter((item) => item !== undefined),
      revision,
      ...(nextCursor !== undefined && { nextCursor }),
    };
  }

  @Get(':namespace/watch')
  @ApiOperation({
    summary: 'Follows the items of a namespace: server-sent events, or a WebSocket',
    description:
      'First `snapshot` with all items, as the list shows them, then `change` with `put` (items) and `deleted` (paths); `resync` is a snapshot again. ' +
      'The id of an event is the revision of the cluster: `Last-Event-ID` (or `?lastEventId=`) goes on from there, at any gateway.',
  })
  @ApiProduces('text/event-stream')
  @ApiOkResponse({ description: 'events, as they come' })
  async watchConfigs(
    @CurrentActor() actor: Actor,
    @Param('namespace', { schema: schemas.namespacePath }) namespace: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    checkedAddress(namespace, 'any', (part) => `path.${part}`);
    const range = { prefix: itemsPrefix(namespace) };
    assertMay(actor, 'read', range);
    const feed = await this.feeds.namespace(namespace);
    await this.live.stream(feed, request, reply, { mayStay: () => actor.may('read', range) });
  }

  @Get(':namespace/:path')
  @ApiOperation({
    summary:
      'An item as it is live: its release, or the plain key of that name while there is none',
  })
  @ApiOkResponse({ standardSchema: schemas.itemSchema })
  async getConfig(
    @CurrentActor() actor: Actor,
    @Param('namespace', { schema: schemas.namespacePath }) namespace: string,
    @Param('path', { schema: schemas.itemPath }) path: string,
    @Query({ schema: schemas.revealQuery }) { reveal }: z.output<typeof schemas.revealQuery>,
    @Headers() headers: RequestHeaders,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<schemas.ItemDocument | undefined> {
    const item = await this.desk.get(actor, addressOf({ namespace, path }), reveal);
    const tag = tagOf(item);
    void reply.header('etag', tag);
    if (isAmongTags(headers, tag)) return void reply.status(304);
    return item;
  }

  @Put(':namespace/:path')
  @ApiOperation({ summary: 'Releases content to everybody, on the condition of If-Match if given' })
  @ApiOkResponse({ standardSchema: schemas.releasedSchema })
  @ApiProblems(409, 412, 413, 422, 507)
  async putConfig(
    @CurrentActor() actor: Actor,
    @Param('namespace', { schema: schemas.namespacePath }) namespace: string,
    @Param('path', { schema: schemas.itemPath }) path: string,
    @Body({ schema: schemas.putItemBody }) body: z.output<typeof schemas.putItemBody>,
    @Headers() headers: RequestHeaders,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<schemas.ReleasedDocument> {
    const address = addressOf({ namespace, path });
    const released = await this.desk.release(actor, address, body, expectationOf(headers));
    void reply.header('etag', tagOf(released));
    return released;
  }

  @Delete(':namespace/:path')
  @ApiOperation({
    summary: 'Takes an item away; its history stays, and clients do as they have chosen',
  })
  @ApiOkResponse({ standardSchema: schemas.releasedSchema })
  @ApiProblems(409, 412)
  async deleteConfig(
    @CurrentActor() actor: Actor,
    @Param('namespace', { schema: schemas.namespacePath }) namespace: string,
    @Param('path', { schema: schemas.itemPath }) path: string,
    @Query({ schema: schemas.deleteItemQuery })
    { comment }: z.output<typeof schemas.deleteItemQuery>,
    @Headers() headers: RequestHeaders,
  ): Promise<schemas.ReleasedDocument> {
    const address = addressOf({ namespace, path });
    return this.desk.delete(actor, address, comment, expectationOf(headers));
  }

  @Get(':namespace/:path/history')
  @ApiOperation({ summary: 'The releases of an item, the newest first' })
  @ApiOkResponse({ standardSchema: schemas.historySchema })
  async listConfigHistory(
    @CurrentActor() actor: Actor,
    @Param('namespace', { schema: schemas.namespacePath }) namespace: string,
    @Param('path', { schema: schemas.itemPath }) path: string,
    @Query({ schema: schemas.historyQuery }) query: z.output<typeof schemas.historyQuery>,
  ): Promise<z.output<typeof schemas.historySchema>> {
    const page = await this.desk.history(actor, addressOf({ namespace, path }), query);
    const { items, revision, nextCursor } = page;
    return { items, revision, ...(nextCursor !== undefined && { nextCursor }) };
  }

  @Post(':namespace/:path/rollback')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Releases the content of an earlier release once more, under a new number',
  })
  @ApiOkResponse({ standardSchema: schemas.releasedSchema })
  @ApiProblems(409, 412)
  async rollbackConfig(
    @CurrentActor() actor: Actor,
    @Param('namespace', { schema: schemas.namespacePath }) namespace: string,
    @Param('path', { schema: schemas.itemPath }) path: string,
    @Body({ schema: schemas.rollbackBody }) body: z.output<typeof schemas.rollbackBody>,
    @Headers() headers: RequestHeaders,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<schemas.ReleasedDocument> {
    const address = addressOf({ namespace, path });
    const released = await this.desk.rollback(actor, address, body, expectationOf(headers));
    void reply.header('etag', tagOf(released));
    return released;
  }

  @Get(':namespace/:path/diff')
  @ApiOperation({
    summary: 'What differs between two releases, or between what is live and the draft',
  })
  @ApiOkResponse({ standardSchema: schemas.diffSchema })
  diffConfig(
    @CurrentActor() actor: Actor,
    @Param('namespace', { schema: schemas.namespacePath }) namespace: string,
    @Param('path', { schema: schemas.itemPath }) path: string,
    @Query({ schema: schemas.diffQuery }) { from, to, reveal }: z.output<typeof schemas.diffQuery>,
  ): Promise<schemas.DiffDocument> {
    return this.desk.diff(actor, addressOf({ namespace, path }), { from, to, reveal });
  }

  @Get(':namespace/:path/watch')
  @ApiOperation({
    summary: 'Follows an item: server-sent events, or a WebSocket',
    description:
      'First `snapshot` with the item (none where there is neither a release nor a plain key), then `change` with what it is now, or its path among `deleted`; `resync` is a snapshot again. ' +
      'The id of an event is the revision of the cluster: `Last-Event-ID` (or `?lastEventId=`) goes on from there, at any gateway.',
  })
  @ApiProduces('text/event-stream')
  @ApiOkResponse({ description: 'events, as they come' })
  async watchConfig(
    @CurrentActor() actor: Actor,
    @Param('namespace', { schema: schemas.namespacePath }) namespace: string,
    @Param('path', { schema: schemas.itemPath }) path: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const address = addressOf({ namespace, path });
    assertMay(actor, 'read', itemKey(address));
    const plainKeys = readablePlainKeys(actor, address);
    const feed = await this.feeds.item(address, plainKeys);
    const mayStay = (): boolean =>
      [itemKey(address), ...plainKeys].every((key) => actor.may('read', key));
    await this.live.stream(feed, request, reply, { mayStay });
  }
}
