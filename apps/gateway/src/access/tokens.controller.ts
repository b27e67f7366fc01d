/** `/v1/tokens`: what programs sign in with. Everybody sees and revokes their own, administrators all. */
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { z } from 'zod';
import { tellAudit } from '../audit/audit-scope.ts';
import { ApiProblems } from '../http/api-problems.ts';
import { AnswerNotKept } from '../http/idempotency-interceptor.ts';
import { Problem } from '../http/problem.ts';
import type { Actor } from './actor.ts';
import { ApiTokens, type TokenRecord } from './api-tokens.ts';
import { CurrentActor, SignedIn, type KnownRequest } from './permission.ts';
import * as schemas from './token-schemas.ts';

/** All of them are in the memory of every gateway. */
const TOKENS_OF_OWNER_MAX = 200;
const DAY_MS = 86_400_000;

@ApiTags('access')
@ApiProblems(404, 409)
@SignedIn()
@Controller('v1/tokens')
export class TokensController {
  constructor(@Inject(ApiTokens) private readonly tokens: ApiTokens) {}

  @Get()
  @ApiOperation({ summary: 'API tokens: those of the caller, for administrators all' })
  @ApiOkResponse({ standardSchema: schemas.tokenListSchema })
  listTokens(@CurrentActor() actor: Actor): z.output<typeof schemas.tokenListSchema> {
    const mine = this.tokens.all().filter((record) => isOf(record, actor));
    return { items: mine.map((record) => this.document(record)) };
  }

  @Post()
  @AnswerNotKept()
  @ApiOperation({
    summary: 'A new API token of the caller',
    description: 'It may do what its scope says, and never more than its owner may at that moment.',
  })
  @ApiCreatedResponse({ standardSchema: schemas.createdTokenSchema })
  async createToken(
    @CurrentActor() actor: Actor,
    @Req() request: KnownRequest,
    @Body({ schema: schemas.newTokenBody }) body: z.output<typeof schemas.newTokenBody>,
  ): Promise<z.output<typeof schemas.createdTokenSchema>> {
    const { label, scope, expiresInDays } = body;
    if (actor.via === 'token') {
      throw new Problem('forbidden', {
        detail: 'a token makes no tokens, which could do more than it: sign in with a password',
      });
    }
    if (this.tokens.all().filter(({ owner }) => owner === actor.name).length >= TOKENS_OF_OWNER_MAX)
      throw new Problem('conflict', {
        detail: `${actor.name} has ${TOKENS_OF_OWNER_MAX} tokens: revoke some that are no longer used`,
      });
    const expiresAt = new Date(Date.now() + expiresInDays * DAY_MS).toISOString();
    const ownerRoles = request.session?.roles;
    const { text, record } = await this.tokens.create({
      owner: actor.name,
      label,
      scope,
      expiresAt,
      ...(ownerRoles !== undefined && { ownerRoles: [...ownerRoles] }),
    });
    tellAudit({ subject: `token ${record.id}`, after: { label, scope, expiresAt } });
    return { ...this.document(record), token: text };
  }

  @Delete(':token')
  @HttpCode(204)
  @ApiOperation({ summary: 'Revoke a token, at once and on every gateway' })
  @ApiNoContentResponse()
  async deleteToken(
    @CurrentActor() actor: Actor,
    @Param('token', { schema: schemas.tokenIdPath }) id: string,
  ): Promise<void> {
    const record = this.tokens.get(id);
    if (record === undefined || !isOf(record, actor))
      throw new Problem('not-found', { detail: `there is no token ${id}` });
    const { label, owner, scope } = record;
    tellAudit({ subject: `token ${id}`, before: { label, owner, scope } });
    await this.tokens.revoke(id);
  }

  private document(record: TokenRecord): schemas.TokenDocument {
    const { id, owner, label, scope, createdAt, expiresAt, lastUsedAt } = record;
    return {
      id,
      owner,
      label,
      scope,
      createdAt,
      ...(expiresAt !== undefined && { expiresAt }),
      ...(lastUsedAt !== undefined && { lastUsedAt }),
      isExpired: this.tokens.isExpired(record),
    };
  }
}

const isOf = ({ owner }: TokenRecord, actor: Actor): boolean =>
  actor.isAdministrator || owner === actor.name;
