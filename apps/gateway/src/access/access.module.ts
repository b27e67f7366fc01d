/** Who asks, and what they may: the guard of every endpoint, and how people and programs sign in. */
import {
  Inject,
  Module,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { APP_GUARD, Reflector } from '@nestjs/core';
import { CONCORD } from '@concord/nestjs';
import type { ClientOptions } from '@concord/client';
import type { Concord } from '@concord/sdk';
import { CONNECTION_OPTIONS } from '../cluster-link/connection-options.ts';
import { AuditModule } from '../audit/audit.module.ts';
import { AuditTrail } from '../audit/audit-trail.ts';
import { HttpModule } from '../http/http.module.ts';
import { RateLimit } from '../http/rate-limit.ts';
import { LOG, type Log } from '../log.ts';
import { OPTIONS, type GatewayOptions } from '../options/options.ts';
import { AccessGuard } from './access-guard.ts';
import { Modes } from './access-mode.ts';
import { ApiTokens } from './api-tokens.ts';
import { ClusterIdentification } from './cluster-identity.ts';
import { ClusterLogin } from './cluster-login.ts';
import { ClusterUsers } from './cluster-users.ts';
import { FirstAdministrator } from './first-administrator.ts';
import { GuessLimit } from './guess-limit.ts';
import { Identification } from './identification.ts';
import { NO_OIDC, OidcController } from './oidc.controller.ts';
import { OidcLogin } from './oidc-login.ts';
import { OpenRequests } from './open-requests.ts';
import { OwnCredential } from './own-credential.ts';
import { OwnRightsController } from './own-rights.controller.ts';
import { PasswordLogin } from './password-login.ts';
import { ClusterToken, PasswordWatch } from './password-watch.ts';
import { SessionController } from './session.controller.ts';
import { SessionCookie } from './session-cookie.ts';
import { Sessions } from './sessions.ts';
import { SetUpOffer } from './set-up-offer.ts';
import { SignIn } from './sign-in.ts';
import { SigningKeys } from './signing-keys.ts';
import { RolesController } from './roles.controller.ts';
import { TokensController } from './tokens.controller.ts';
import { UserDirectory } from './user-directory.ts';
import { UsersController } from './users.controller.ts';

@Module({
  imports: [HttpModule, AuditModule],
  controllers: [
    SessionController,
    OwnRightsController,
    TokensController,
    OidcController,
    UsersController,
    RolesController,
  ],
  providers: [
    {
      provide: Modes,
      inject: [OPTIONS, ClusterLogin],
      useFactory: ({ mode }: GatewayOptions, login: ClusterLogin) =>
        new Modes(mode === 'development', login),
    },
    {
      provide: ClusterUsers,
      inject: [CONCORD],
      useFactory: ({ client }: Concord) => new ClusterUsers(client.auth),
    },
    {
      provide: SigningKeys,
      inject: [CONCORD],
      useFactory: ({ client }: Concord) => new SigningKeys(client),
    },
    {
      provide: Sessions,
      inject: [CONCORD, SigningKeys],
      useFactory: ({ client }: Concord, keys: SigningKeys) => new Sessions(client, keys),
    },
    {
      provide: ApiTokens,
      inject: [CONCORD],
      useFactory: ({ client }: Concord) => new ApiTokens(client),
    },
    {
      provide: SessionCookie,
      inject: [OPTIONS],
      useFactory: ({ basePath }: GatewayOptions) => new SessionCookie(`${basePath}/`),
    },
    {
      provide: Identification,
      inject: [Modes, ClusterUsers, Sessions, ApiTokens, SessionCookie],
      useFactory: (
        modes: Modes,
        users: ClusterUsers,
        sessions: Sessions,
        tokens: ApiTokens,
        cookie: SessionCookie,
      ) => new Identification({ modes, users, sessions, tokens, cookie }),
    },
    {
      provide: SetUpOffer,
      inject: [CONCORD, Modes, LOG],
      useFactory: ({ client }: Concord, modes: Modes, log: Log) =>
        new SetUpOffer(client, modes, log),
    },
    {
      provide: PasswordLogin,
      inject: [ClusterLogin],
      useFactory: (login: ClusterLogin) => new PasswordLogin(login, new GuessLimit()),
    },
    {
      provide: PasswordWatch,
      inject: [CONNECTION_OPTIONS, ClusterLogin, Sessions, LOG],
      useFactory: (
        { endpoints, tls }: ClientOptions,
        login: ClusterLogin,
        sessions: Sessions,
        log: Log,
      ) =>
        new PasswordWatch({
          hold: (token) => new ClusterToken({ endpoints, tls }, token),
          ownToken: () => login.ownToken(),
          endAllOf: (user, untilMs) => sessions.endAllOf(user, untilMs),
          log,
        }),
    },
    {
      provide: UserDirectory,
      inject: [CONCORD, OwnCredential, Sessions, ClusterUsers],
      useFactory: (
        { client }: Concord,
        own: OwnCredential,
        sessions: Sessions,
        users: ClusterUsers,
      ) => new UserDirectory(client.auth, own, sessions, users),
    },
    {
      provide: OidcLogin,
      inject: [OPTIONS, SigningKeys, LOG],
      useFactory: (options: GatewayOptions, keys: SigningKeys, log: Log) => {
        const { oidcIssuer, oidcClientId, oidcRedirectUrl } = options;
        return oidcIssuer && oidcClientId && oidcRedirectUrl
          ? new OidcLogin({ ...options, oidcIssuer, oidcClientId, oidcRedirectUrl }, keys, log)
          : NO_OIDC;
      },
    },
    {
      provide: SignIn,
      inject: [
        OPTIONS,
        CONCORD,
        CONNECTION_OPTIONS,
        ClusterLogin,
        OwnCredential,
        PasswordLogin,
        PasswordWatch,
        Modes,
        Identification,
        Sessions,
        SessionCookie,
        SetUpOffer,
        LOG,
      ],
      useFactory: (
        { basePath, oidcIssuer, oidcName }: GatewayOptions,
        { client }: Concord,
        connection: ClientOptions,
        login: ClusterLogin,
        own: OwnCredential,
        passwords: PasswordLogin,
        passwordWatch: PasswordWatch,
        modes: Modes,
        identification: Identification,
        sessions: Sessions,
        cookie: SessionCookie,
        offer: SetUpOffer,
        log: Log,
      ) =>
        new SignIn({
          modes,
          identity: new ClusterIdentification(client, connection),
          identification,
          passwords,
          passwordWatch,
          sessions,
          cookie,
          offer,
          first: new FirstAdministrator(client.auth, own, login),
          oidc:
            oidcIssuer === undefined
              ? undefined
              : { name: oidcName, startUrl: `${basePath}/v1/session/oidc/start` },
          log,
        }),
    },
    { provide: OpenRequests, useFactory: () => new OpenRequests() },
    {
      provide: APP_GUARD,
      inject: [Reflector, Identification, RateLimit, OpenRequests, AuditTrail],
      useFactory: (
        reflector: Reflector,
        identification: Identification,
        rateLimit: RateLimit,
        open: OpenRequests,
        trail: AuditTrail,
      ) => new AccessGuard(reflector, identification, rateLimit, open, trail),
    },
  ],
  exports: [Identification, ClusterUsers, Sessions],
})
export class AccessModule implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(
    @Inject(SetUpOffer) private readonly offer: SetUpOffer,
    @Inject(ClusterLogin) private readonly login: ClusterLogin,
    @Inject(OpenRequests) private readonly open: OpenRequests,
    @Inject(PasswordWatch) private readonly passwords: PasswordWatch,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.offer.start();
  }

  async onApplicationShutdown(): Promise<void> {
    this.open.close();
    await this.passwords[Symbol.asyncDispose]();
    await this.offer.close();
    await this.login.close();
  }
}
