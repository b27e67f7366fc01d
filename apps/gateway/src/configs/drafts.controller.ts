/** `…/draft`, `…/validate`, `…/release`, `…/schemas`: from an idea to a release. */
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
  Res,
} from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import type { Actor } from '../access/actor.ts';
import { CurrentActor, SignedIn } from '../access/permission.ts';
import { NotAudited } from '../audit/audited.ts';
import { ApiProblems } from '../http/api-problems.ts';
import { etagOf, preconditionOf } from '../http/etag.ts';
import { DraftDesk } from './draft-desk.ts';
import { DraftReleases } from './draft-releases.ts';
import * as schemas from './draft-schemas.ts';
import { addressOf } from './item-path.ts';
import * as items from './item-schemas.ts';
import { expectationOf, tagOf } from './item-tag.ts';
import { ValidationDesk } from './validation-desk.ts';

type RequestHeaders = Readonly<Record<string, string | undefined>>;

@ApiTags('configuration')
@ApiProblems(404)
@SignedIn()
@Controller('v1/configs')
export class DraftsController {
  constructor(
    @Inject(DraftDesk) private readonly drafts: DraftDesk,
    @Inject(DraftReleases) private readonly releases: DraftReleases,
    @Inject(ValidationDesk) private readonly validation: ValidationDesk,
  ) {}

  @Get(':namespace/:path/draft')
  @ApiOperation({ summary: 'What somebody works on, apart from what is live' })
  @ApiOkResponse({ standardSchema: schemas.draftSchema })
  async getConfigDraft(
    @CurrentActor() actor: Actor,
    @Param('namespace', { schema: items.namespacePath }) namespace: string,
    @Param('path', { schema: items.itemPath }) path: string,
    @Query({ schema: items.revealQuery }) { reveal }: z.output<typeof items.revealQuery>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<schemas.DraftDocument> {
    const draft = await this.drafts.get(actor, addressOf({ namespace, path }), reveal);
    void reply.header('etag', etagOf(draft.revision));
    return draft;
  }

  @Put(':namespace/:path/draft')
  @ApiOperation({ summary: 'Begins a draft, or goes on with it; nobody but its readers sees it' })
  @ApiOkResponse({ standardSchema: schemas.draftSchema })
  @ApiProblems(409, 412, 413)
  async putConfigDraft(
    @CurrentActor() actor: Actor,
    @Param('namespace', { schema: items.namespacePath }) namespace: string,
    @Param('path', { schema: items.itemPath }) path: string,
    @Body({ schema: schemas.putDraftBody }) body: z.output<typeof schemas.putDraftBody>,
    @Headers() headers: RequestHeaders,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<schemas.DraftDocument> {
    const address = addressOf({ namespace, path });
    const draft = await this.drafts.put(actor, address, body, preconditionOf(headers));
    void reply.header('etag', etagOf(draft.revision));
    return draft;
  }

  @Delete(':namespace/:path/draft')
  @HttpCode(204)
  @ApiOperation({ summary: 'Throws a draft away' })
  @ApiNoContentResponse()
  @ApiProblems(412)
  async deleteConfigDraft(
    @CurrentActor() actor: Actor,
    @Param('namespace', { schema: items.namespacePath }) namespace: string,
    @Param('path', { schema: items.itemPath }) path: string,
    @Headers() headers: RequestHeaders,
  ): Promise<void> {
    await this.drafts.delete(actor, addressOf({ namespace, path }), preconditionOf(headers));
  }

  @Post(':namespace/:path/validate')
  @HttpCode(200)
  @NotAudited()
  @ApiOperation({
    summary:
      'Judges content, or the draft: by its format, and by what each running version declares',
  })
  @ApiOkResponse({ standardSchema: schemas.validationSchema })
  async validateConfig(
    @CurrentActor() actor: Actor,
    @Param('namespace', { schema: items.namespacePath }) namespace: string,
    @Param('path', { schema: items.itemPath }) path: string,
    @Body({ schema: schemas.validateBody }) body: z.output<typeof schemas.validateBody>,
  ): Promise<schemas.ValidationDocument> {
    return this.releases.validate(actor, addressOf({ namespace, path }), body);
  }

  @Post(':namespace/:path/release')
  @HttpCode(200)
  @ApiOperation({
    summary:
      'Releases the draft, or content, to everybody: a conflict when something else was released since the draft began',
  })
  @ApiOkResponse({ standardSchema: items.releasedSchema })
  @ApiProblems(409, 412, 413, 422)
  async releaseConfig(
    @CurrentActor() actor: Actor,
    @Param('namespace', { schema: items.namespacePath }) namespace: string,
    @Param('path', { schema: items.itemPath }) path: string,
    @Body({ schema: schemas.releaseBody }) body: z.output<typeof schemas.releaseBody>,
    @Headers() headers: RequestHeaders,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<items.ReleasedDocument> {
    const address = addressOf({ namespace, path });
    const released = await this.releases.release(actor, address, body, expectationOf(headers));
    void reply.header('etag', tagOf(released));
    return released;
  }

  @Post(':namespace/release')
  @HttpCode(200)
  @ApiOperation({
    summary:
      'Releases several items, or drafts, in one: everybody sees all of them at one revision',
  })
  @ApiOkResponse({ standardSchema: schemas.releasedSeveralSchema })
  @ApiProblems(409, 413, 422)
  releaseConfigs(
    @CurrentActor() actor: Actor,
    @Param('namespace', { schema: items.namespacePath }) namespace: string,
    @Body({ schema: schemas.releaseSeveralBody }) body: z.output<typeof schemas.releaseSeveralBody>,
  ): Promise<z.output<typeof schemas.releasedSeveralSchema>> {
    return this.releases.releaseSeveral(actor, namespace, body);
  }

  @Get(':namespace/:path/schemas')
  @ApiOperation({ summary: 'The JSON Schemas that versions of programs declare of the item' })
  @ApiOkResponse({ standardSchema: schemas.schemaListSchema })
  listConfigSchemas(
    @CurrentActor() actor: Actor,
    @Param('namespace', { schema: items.namespacePath }) namespace: string,
    @Param('path', { schema: items.itemPath }) path: string,
  ): Promise<z.output<typeof schemas.schemaListSchema>> {
    return this.validation.schemas(actor, addressOf({ namespace, path }));
  }

  @Delete(':namespace/:path/schemas')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Forgets what a version has declared; it declares it again when it next starts',
  })
  @ApiNoContentResponse()
  async deleteConfigSchema(
    @CurrentActor() actor: Actor,
    @Param('namespace', { schema: items.namespacePath }) namespace: string,
    @Param('path', { schema: items.itemPath }) path: string,
    @Query({ schema: schemas.schemaQuery }) query: z.output<typeof schemas.schemaQuery>,
  ): Promise<void> {
    await this.validation.forget(actor, addressOf({ namespace, path }), query.app, query.version);
  }
}
