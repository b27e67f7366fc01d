/** `/v1/session/oidc`: to the provider and back. */
import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import {
  ApiExcludeEndpoint,
  ApiFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { SensitiveRead } from '../audit/audited.ts';
import { tellAudit } from '../audit/audit-scope.ts';
import { ApiProblems } from '../http/api-problems.ts';
import { Problem } from '../http/problem.ts';
import { OIDC_SECONDS_MAX, OidcLogin } from './oidc-login.ts';
import { Public, type KnownRequest } from './permission.ts';
import { SignIn } from './sign-in.ts';

const COOKIE = 'concord_oidc';
/** Injected where there is no provider. */
export const NO_OIDC = { isNone: true } as const;

@ApiTags('access')
@ApiProblems(404)
@Public()
@Controller('v1/session/oidc')
export class OidcController {
  constructor(
    @Inject(OidcLogin) private readonly oidc: OidcLogin | typeof NO_OIDC,
    @Inject(SignIn) private readonly signIn: SignIn,
  ) {}

  @Get('start')
  @ApiOperation({ summary: 'Sends the browser to the OpenID Connect provider' })
  @ApiFoundResponse()
  async startOidc(@Req() request: KnownRequest, @Res() reply: FastifyReply): Promise<void> {
    const { url, pending } = await this.login().begin();
    void reply
      .setCookie(COOKIE, pending, {
        path: '/v1/session/oidc',
        httpOnly: true,
        // It comes back from another site.
        sameSite: 'lax',
        secure: request.protocol === 'https',
        maxAge: OIDC_SECONDS_MAX,
      })
      .header('cache-control', 'no-store')
      .redirect(url, 302);
  }

  /** A page and no redirection: a browser that another site has sent gives no strict cookie to where it is sent on. */
  @Get('callback')
  @SensitiveRead()
  @ApiExcludeEndpoint()
  @ApiOkResponse({ schema: { type: 'string' } })
  async finishOidc(@Req() request: KnownRequest, @Res() reply: FastifyReply): Promise<void> {
    const [, search = ''] = request.url.split(/\?(.*)/s);
    const facts = await this.login().finish(search, request.cookies[COOKIE]);
    tellAudit({ actor: facts.user, subject: `user ${facts.user}`, after: { roles: facts.roles } });
    const { actor } = await this.signIn.begin(facts, 'cookie', request, reply);
    if (actor === undefined)
      throw new Problem('unauthenticated', {
        detail: `the cluster has no user ${facts.user}: an administrator has to add it`,
      });
    void reply
      .clearCookie(COOKIE, { path: '/v1/session/oidc' })
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(
        '<!doctype html><meta http-equiv="refresh" content="0;url=../../../"><title>Concord</title>',
      );
  }

  private login(): OidcLogin {
    if (this.oidc instanceof OidcLogin) return this.oidc;
    throw new Problem('not-found', {
      detail: 'this gateway knows no OpenID Connect provider: --oidc-issuer names one',
    });
  }
}
