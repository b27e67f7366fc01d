/** `/v1/roles`: the cluster's roles, and what each may do with which keys. */
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
import { ApiProblems } from '../http/api-problems.ts';
import { Administrator } from './permission.ts';
import { rangeOf, UserDirectory } from './user-directory.ts';
import * as schemas from './user-schemas.ts';

type Role = z.output<typeof schemas.roleSchema>;

@ApiTags('access')
@ApiProblems(404, 409)
@Administrator()
@Controller('v1/roles')
export class RolesController {
  constructor(@Inject(UserDirectory) private readonly directory: UserDirectory) {}

  @Get()
  @ApiOperation({ summary: 'The roles of the cluster' })
  @ApiOkResponse({ standardSchema: schemas.roleListSchema })
  listRoles(
    @Query({ schema: schemas.listQuery }) query: z.output<typeof schemas.listQuery>,
  ): Promise<z.output<typeof schemas.roleListSchema>> {
    return this.directory.roles(query);
  }

  @Post()
  @ApiOperation({ summary: 'A new role, which may do nothing yet' })
  @ApiCreatedResponse({ standardSchema: schemas.roleSchema })
  async createRole(
    @Body({ schema: schemas.newRoleBody }) { name }: z.output<typeof schemas.newRoleBody>,
  ): Promise<Role> {
    tellAudit({ subject: `role ${name}` });
    await this.directory.addRole(name);
    return this.directory.role(name);
  }

  @Get(':role')
  @ApiOperation({ summary: 'What a role may do' })
  @ApiOkResponse({ standardSchema: schemas.roleSchema })
  getRole(@Param('role', { schema: schemas.namePath }) role: string): Promise<Role> {
    return this.directory.role(role);
  }

  @Delete(':role')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete a role, and take it from all users' })
  @ApiNoContentResponse()
  async deleteRole(@Param('role', { schema: schemas.namePath }) role: string): Promise<void> {
    tellAudit({ subject: `role ${role}`, before: await this.directory.role(role) });
    await this.directory.deleteRole(role);
  }

  @Put(':role/permissions')
  @ApiOperation({ summary: 'Allow a role something; the same range again takes the new access' })
  @ApiOkResponse({ standardSchema: schemas.roleSchema })
  async grantPermission(
    @Param('role', { schema: schemas.namePath }) role: string,
    @Body({ schema: schemas.grantBody }) body: z.output<typeof schemas.grantBody>,
  ): Promise<Role> {
    tellAudit({ subject: `role ${role}`, after: body });
    await this.directory.grantPermission(role, body.access, rangeOf(body));
    return this.directory.role(role);
  }

  @Delete(':role/permissions')
  @ApiOperation({ summary: 'Take a permission back; the range as it was given' })
  @ApiOkResponse({ standardSchema: schemas.roleSchema })
  async revokePermission(
    @Param('role', { schema: schemas.namePath }) role: string,
    @Query({ schema: schemas.revokeQuery }) query: z.output<typeof schemas.revokeQuery>,
  ): Promise<Role> {
    tellAudit({ subject: `role ${role}`, before: query });
    await this.directory.revokePermission(role, rangeOf(query));
    return this.directory.role(role);
  }
}
