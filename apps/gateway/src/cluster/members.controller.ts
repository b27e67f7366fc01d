/** `/v1/cluster/members`: who the cluster is, and the changes of it. */
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Put } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Administrator, SignedIn } from '../access/permission.ts';
import { ApiProblems } from '../http/api-problems.ts';
import { Membership, memberIdOf } from './membership.ts';
import * as schemas from './member-schemas.ts';

type MemberList = z.output<typeof schemas.memberListSchema>;

@ApiTags('cluster')
@ApiProblems(404, 409)
@Administrator()
@Controller('v1/cluster')
export class MembersController {
  constructor(@Inject(Membership) private readonly membership: Membership) {}

  @Get('members')
  @SignedIn()
  @ApiOperation({ summary: 'The members of the cluster' })
  @ApiOkResponse({ standardSchema: schemas.memberListSchema })
  async listMembers(): Promise<MemberList> {
    return { members: await this.membership.list() };
  }

  @Post('members')
  @ApiOperation({ summary: 'Adds a member; it is started with what is answered' })
  @ApiCreatedResponse({ standardSchema: schemas.addedMemberSchema })
  addMember(
    @Body({ schema: schemas.addMemberBody }) body: z.output<typeof schemas.addMemberBody>,
  ): Promise<z.output<typeof schemas.addedMemberSchema>> {
    return this.membership.add(body.peerUrls, body.isLearner);
  }

  @Post('members/:member/promote')
  @HttpCode(200)
  @ApiOperation({ summary: 'Gives a learner that has caught up its vote' })
  @ApiOkResponse({ standardSchema: schemas.memberListSchema })
  async promoteMember(
    @Param('member', { schema: schemas.memberIdPath }) id: string,
  ): Promise<MemberList> {
    return { members: await this.membership.promote(memberIdOf(id)) };
  }

  @Put('members/:member')
  @ApiOperation({ summary: 'Tells the cluster where a member is now' })
  @ApiOkResponse({ standardSchema: schemas.memberListSchema })
  async updateMember(
    @Param('member', { schema: schemas.memberIdPath }) id: string,
    @Body({ schema: schemas.updateMemberBody }) body: z.output<typeof schemas.updateMemberBody>,
  ): Promise<MemberList> {
    return { members: await this.membership.update(memberIdOf(id), body.peerUrls) };
  }

  @Delete('members/:member')
  @ApiOperation({ summary: 'Removes a member for good; its data are not taken back' })
  @ApiOkResponse({ standardSchema: schemas.memberListSchema })
  async removeMember(
    @Param('member', { schema: schemas.memberIdPath }) id: string,
  ): Promise<MemberList> {
    return { members: await this.membership.remove(memberIdOf(id)) };
  }

  @Post('leader')
  @HttpCode(200)
  @ApiOperation({ summary: 'Hands leadership to a member' })
  @ApiOkResponse({ standardSchema: schemas.doneSchema })
  async moveLeader(
    @Body({ schema: schemas.leaderBody }) { member }: z.output<typeof schemas.leaderBody>,
  ): Promise<z.output<typeof schemas.doneSchema>> {
    await this.membership.moveLeader(memberIdOf(member));
    return { done: true };
  }
}
