/** `/v1/users`: the cluster's users. */
import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Param,
  Post,
  Put,
  Query,
  Req,
} from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { z } from 'zod';
import { tellAudit } from '../audit/audit-scope.ts';
import { SensitiveRead } from '../audit/audited.ts';
import { ApiProblems } from '../http/api-problems.ts';
import { Problem } from '../http/problem.ts';
import type { Actor } from './actor.ts';
import { PasswordLogin } from './password-login.ts';
import { Administrator, CurrentActor, SignedIn, type KnownRequest } from './permission.ts';
import { UserDirectory } from './user-directory.ts';
import * as schemas from './user-schemas.ts';

type User = z.output<typeof schemas.userSchema>;

@ApiTags('access')
@ApiProblems(404, 409)
@Administrator()
@Controller('v1/users')
export class UsersController {
  constructor(
    @Inject(UserDirectory) private readonly directory: UserDirectory,
    @Inject(PasswordLogin) private readonly passwords: PasswordLogin,
  ) {}

  @Get()
  @SensitiveRead()
  @ApiOperation({ summary: 'The users of the cluster' })
  @ApiOkResponse({ standardSchema: schemas.userListSchema })
  listUsers(
    @Query({ schema: schemas.listQuery }) query: z.output<typeof schemas.listQuery>,
  ): Promise<z.output<typeof schemas.userListSchema>> {
    tellAudit({ subject: 'users' });
    return this.directory.users(query);
  }

  @Post()
  @ApiOperation({ summary: 'A new user' })
  @ApiCreatedResponse({ standardSchema: schemas.userSchema })
  async createUser(
    @Body({ schema: schemas.newUserBody }) body: z.output<typeof schemas.newUserBody>,
  ): Promise<User> {
    const { name, password, roles } = body;
    tellAudit({ subject: `user ${name}`, after: { roles } });
    await this.directory.addUser(name, password, roles);
    return this.directory.user(name);
  }

  @Get(':user')
  @SignedIn()
  @ApiOperation({
    summary: 'A user, and the roles of theirs: oneself, or for administrators anybody',
  })
  @ApiOkResponse({ standardSchema: schemas.userSchema })
  getUser(
    @CurrentActor() actor: Actor,
    @Param('user', { schema: schemas.namePath }) user: string,
  ): Promise<User> {
    assertOwnOrAdministrator(actor, user);
    return this.directory.user(user);
  }

  @Delete(':user')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete a user; sessions and tokens of theirs end' })
  @ApiNoContentResponse()
  async deleteUser(
    @CurrentActor() actor: Actor,
    @Param('user', { schema: schemas.namePath }) user: string,
  ): Promise<void> {
    if (actor.name === user)
      throw new Problem('conflict', { detail: 'another administrator has to delete you' });
    tellAudit({ subject: `user ${user}`, before: await this.directory.user(user) });
    await this.directory.deleteUser(user);
  }

  @Put(':user/password')
  @HttpCode(204)
  @SignedIn()
  @ApiOperation({ summary: 'Another password; sessions that the user has end' })
  @ApiNoContentResponse()
  async changePassword(
    @CurrentActor() actor: Actor,
    @Param('user', { schema: schemas.namePath }) user: string,
    @Body({ schema: schemas.passwordBody }) body: z.output<typeof schemas.passwordBody>,
    @Req() request: KnownRequest,
  ): Promise<void> {
    assertOwnOrAdministrator(actor, user);
    tellAudit({ subject: `user ${user}` });
    if (!actor.isAdministrator) {
      if (actor.via === 'token' || body.current === undefined)
        throw new Problem('forbidden', {
          detail: 'who changes their own password gives the one that is valid now as body.current',
        });
      await this.passwords.check(user, body.current, request.ip);
    }
    await this.directory.changePassword(user, body.password);
  }

  @Put(':user/roles/:role')
  @HttpCode(204)
  @ApiOperation({ summary: 'Give a user a role' })
  @ApiNoContentResponse()
  async grantRole(
    @Param('user', { schema: schemas.namePath }) user: string,
    @Param('role', { schema: schemas.namePath }) role: string,
  ): Promise<void> {
    tellAudit({ subject: `user ${user}`, after: { granted: role } });
    await this.directory.grantRole(user, role);
  }

  @Delete(':user/roles/:role')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Take a role from a user; it counts within seconds, for open streams too',
  })
  @ApiNoContentResponse()
  async revokeRole(
    @Param('user', { schema: schemas.namePath }) user: string,
    @Param('role', { schema: schemas.namePath }) role: string,
  ): Promise<void> {
    tellAudit({ subject: `user ${user}`, before: { granted: role } });
    await this.directory.revokeRole(user, role);
  }
}

function assertOwnOrAdministrator(actor: Actor, user: string): void {
  if (actor.isAdministrator || actor.name === user) return;
  throw new Problem('forbidden', { detail: `${actor.name} does not have the role "root"` });
}
