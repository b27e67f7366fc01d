/** `/v1/leases`: what lives for a while. */
import { Controller, Delete, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Administrator } from '../access/permission.ts';
import { tellAudit } from '../audit/audit-scope.ts';
import { ApiProblems } from '../http/api-problems.ts';
import { LeaseBrowser, type LeaseDocument } from './lease-browser.ts';
import * as schemas from './lease-schemas.ts';

/** A lease may hold keys of everybody: who sees and ends them is an administrator. */
@ApiTags('leases')
@ApiProblems(404)
@Administrator()
@Controller('v1/leases')
export class LeasesController {
  constructor(@Inject(LeaseBrowser) private readonly browser: LeaseBrowser) {}

  @Get()
  @ApiOperation({ summary: 'Leases, with what goes with each' })
  @ApiOkResponse({ standardSchema: schemas.leaseListSchema })
  async listLeases(
    @Query({ schema: schemas.leaseListQuery }) query: z.output<typeof schemas.leaseListQuery>,
  ): Promise<z.output<typeof schemas.leaseListSchema>> {
    const { leases, count, nextCursor } = await this.browser.list(query.limit, query.cursor);
    return { items: [...leases], count, ...(nextCursor !== undefined && { nextCursor }) };
  }

  @Get(':lease')
  @ApiOperation({ summary: 'One lease' })
  @ApiOkResponse({ standardSchema: schemas.leaseSchema })
  getLease(@Param('lease', { schema: schemas.leaseIdPath }) id: string): Promise<LeaseDocument> {
    return this.browser.get(BigInt(`0x${id}`));
  }

  @Delete(':lease')
  @ApiOperation({ summary: 'Ends a lease, and deletes every key that goes with it' })
  @ApiOkResponse({ standardSchema: schemas.revokedSchema })
  async revokeLease(
    @Param('lease', { schema: schemas.leaseIdPath }) id: string,
  ): Promise<z.output<typeof schemas.revokedSchema>> {
    const lease = await this.browser.get(BigInt(`0x${id}`));
    tellAudit({ subject: `lease ${id}`, before: lease });
    await this.browser.revoke(BigInt(`0x${id}`));
    return { id };
  }
}
