/** `/v1/audit`: who did what. */
import { Controller, Get, Headers, Inject, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Administrator } from '../access/permission.ts';
import { ApiProblems } from '../http/api-problems.ts';
import { decodeCursor, encodeCursor } from '../http/page.ts';
import { Problem } from '../http/problem.ts';
import { AuditArchive } from './audit-archive.ts';
import { contentTypes, exported } from './audit-export.ts';
import { AUDIT_PREFIX } from './audit-record.ts';
import { tellAudit } from './audit-scope.ts';
import { AuditStream } from './audit-stream.ts';
import * as schemas from './audit-schemas.ts';
import { SensitiveRead } from './audited.ts';

const cursorSchema = z.string().startsWith(AUDIT_PREFIX).max(256);

@ApiTags('audit')
@ApiProblems()
@Administrator()
@Controller('v1/audit')
export class AuditController {
  constructor(
    @Inject(AuditArchive) private readonly archive: AuditArchive,
    @Inject(AuditStream) private readonly stream: AuditStream,
  ) {}

  @Get()
  @ApiOperation({ summary: 'What was done, newest first' })
  @ApiOkResponse({ standardSchema: schemas.auditListSchema })
  async listAudit(
    @Query({ schema: schemas.auditQuery }) query: z.output<typeof schemas.auditQuery>,
  ): Promise<z.output<typeof schemas.auditListSchema>> {
    const { limit, cursor, ...filter } = query;
    const place = cursor === undefined ? undefined : decodeCursor(cursor, cursorSchema);
    const { records, before } = await this.archive.newest(filter, limit, place);
    return {
      items: records.map((record) => ({ ...record })),
      ...(before !== undefined && { nextCursor: encodeCursor(before) }),
    };
  }

  @Get('export')
  @SensitiveRead()
  @ApiOperation({ summary: 'What was done, oldest first, as a file' })
  @ApiProduces('application/x-ndjson', 'text/csv')
  @ApiOkResponse({ schema: { type: 'string' } })
  exportAudit(
    @Query({ schema: schemas.exportQuery }) query: z.output<typeof schemas.exportQuery>,
    @Res() reply: FastifyReply,
  ): void {
    const { format, ...filter } = query;
    tellAudit({ subject: `audit as ${format}` });
    const name = `concord-audit-${new Date().toISOString().slice(0, 10)}.${format}`;
    void reply
      .header('content-disposition', `attachment; filename="${name}"`)
      .type(contentTypes[format])
      .send(exported(this.archive.all(filter), format));
  }

  @Get('watch')
  @ApiOperation({ summary: 'What is done, as it happens: server-sent events' })
  @ApiProduces('text/event-stream')
  @ApiOkResponse({ schema: { type: 'string' } })
  watchAudit(
    @Query({ schema: schemas.watchQuery }) query: z.output<typeof schemas.watchQuery>,
    @Headers('last-event-id') header: string | undefined,
    @Res() reply: FastifyReply,
  ): void {
    void reply
      .header('cache-control', 'no-store, no-transform')
      .header('x-accel-buffering', 'no')
      .type('text/event-stream; charset=utf-8')
      .send(this.stream.open(placeOf(header) ?? query.lastEventId));
  }
}

/** @throws Problem `invalid-request` */
function placeOf(header: string | undefined): number | undefined {
  if (header === undefined || header === '') return undefined;
  if (/^\d{1,15}$/.test(header)) return Number(header);
  const [field, message] = ['header.last-event-id', 'must be the id of an event, a revision'];
  throw new Problem('invalid-request', {
    detail: `${field}: ${message}`,
    errors: [{ field, message }],
  });
}
