/** `/v1/session` and `/v1/set-up`: signing in, signing out, and the first administrator. */
import { Body, Controller, Delete, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { tellAudit } from '../audit/audit-scope.ts';
import { ApiProblems } from '../http/api-problems.ts';
import { AnswerNotKept } from '../http/idempotency-interceptor.ts';
import { Public, type KnownRequest } from './permission.ts';
import * as schemas from './session-schemas.ts';
import { SignIn } from './sign-in.ts';

@ApiTags('access')
@ApiProblems(409)
@Public()
@Controller('v1')
export class SessionController {
  constructor(@Inject(SignIn) private readonly signIn: SignIn) {}

  @Get('session')
  @ApiOperation({ summary: 'Who asks, and how one signs in here' })
  @ApiOkResponse({ standardSchema: schemas.sessionSchema })
  getSession(@Req() request: KnownRequest): Promise<schemas.SessionDocument> {
    return this.signIn.document(request);
  }

  @Post('session')
  @AnswerNotKept()
  @ApiOperation({ summary: 'Sign in with a user and password of the cluster' })
  @ApiCreatedResponse({ standardSchema: schemas.sessionSchema })
  async createSession(
    @Body({ schema: schemas.loginBody }) body: z.output<typeof schemas.loginBody>,
    @Req() request: KnownRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<schemas.SessionDocument> {
    tellAudit({ actor: body.user, subject: `user ${body.user}` });
    return this.signIn.byPassword(body, request, reply);
  }

  @Delete('session')
  @HttpCode(204)
  @ApiOperation({ summary: 'Sign out, on every gateway' })
  @ApiNoContentResponse()
  async deleteSession(
    @Req() request: KnownRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.signIn.end(request, reply);
  }

  @Post('set-up')
  @AnswerNotKept()
  @ApiOperation({
    summary: 'Make the first administrator, and turn authentication on',
    description: 'Once, with the one-time token that the log of a gateway shows.',
  })
  @ApiCreatedResponse({ standardSchema: schemas.sessionSchema })
  async setUp(
    @Body({ schema: schemas.setUpBody }) body: z.output<typeof schemas.setUpBody>,
    @Req() request: KnownRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<schemas.SessionDocument> {
    tellAudit({ actor: body.user, subject: `user ${body.user}`, after: { roles: ['root'] } });
    return this.signIn.setUp(body, request, reply);
  }
}
