/** `/v1/cluster/members`: who the cluster is, and how each of them is doing. */
import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { InjectConcord } from '@concord/nestjs';
import type { Concord } from '@concord/sdk';
import { SignedIn } from '../access/permission.ts';
import { memberListSchema, type MemberList } from './member-schemas.ts';

@ApiTags('cluster')
@Controller('v1/cluster')
export class MembersController {
  constructor(@InjectConcord() private readonly concord: Concord) {}

  @Get('members')
  @SignedIn()
  @ApiOperation({ summary: 'The members of the cluster' })
  @ApiOkResponse({ standardSchema: memberListSchema })
  async listMembers(): Promise<MemberList> {
    const members = await this.concord.client.cluster.members();
    return {
      members: members.map((member) => ({
        id: member.id.toString(16),
        name: member.name,
        peerUrls: [...member.peerUrls],
        clientUrls: [...member.clientUrls],
        isLearner: member.isLearner,
      })),
    };
  }
}
