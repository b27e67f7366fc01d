/** `/v1/cluster/snapshot`, `/compact`, `/defragment`: an operator's chores. */
import { Readable } from 'node:stream';
import { Body, Controller, Get, HttpCode, Inject, Post, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Client } from '@concord/client';
import { InjectConcord } from '@concord/nestjs';
import type { Concord } from '@concord/sdk';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { Administrator } from '../access/permission.ts';
import { tellAudit } from '../audit/audit-scope.ts';
import { SensitiveRead } from '../audit/audited.ts';
import { ApiProblems } from '../http/api-problems.ts';
import { memberIdOf } from './membership.ts';
import * as schemas from './member-schemas.ts';
import { StatusBoard } from './status-board.ts';

/** SHA-256 of the pages, which follows them and is not counted in `remainingBytes` (etcd's `Maintenance.Snapshot`). */
const CHECKSUM_BYTES = 32;

type Done = z.output<typeof schemas.doneSchema>;

@ApiTags('cluster')
@ApiProblems(404, 410)
@Administrator()
@Controller('v1/cluster')
export class MaintenanceController {
  constructor(
    @InjectConcord() private readonly concord: Concord,
    @Inject(StatusBoard) private readonly board: StatusBoard,
  ) {}

  @Get('snapshot')
  @SensitiveRead()
  @ApiOperation({ summary: 'A backup of the whole store, as etcdctl snapshot save makes it' })
  @ApiProduces('application/octet-stream')
  @ApiOkResponse({ description: 'The file', schema: { type: 'string', format: 'binary' } })
  async downloadSnapshot(
    @Query({ schema: schemas.snapshotQuery }) { member }: z.output<typeof schemas.snapshotQuery>,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const client = member === undefined ? this.concord.client : await this.#clientOf(member);
    const abort = new AbortController();
    const chunks = client.maintenance.snapshot({ signal: abort.signal });
    // The first chunk says how long the file is, and whether there will be one.
    const first = await chunks.next();
    const name = `concord-${new Date().toISOString().replaceAll(/[:.]/g, '-')}.db`;
    void reply.headers({
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'no-store',
    });
    if (first.done !== true) {
      const { bytes, remainingBytes } = first.value;
      void reply.header('content-length', bytes.length + remainingBytes + CHECKSUM_BYTES);
    }
    const file = Readable.from(bytesOf(first, chunks));
    reply.raw.once('close', () => abort.abort());
    await reply.send(file);
  }

  @Post('compact')
  @HttpCode(200)
  @ApiOperation({ summary: 'Gives up the history before a revision' })
  @ApiOkResponse({ standardSchema: schemas.doneSchema })
  async compactHistory(
    @Body({ schema: schemas.compactBody }) body: z.output<typeof schemas.compactBody>,
  ): Promise<Done> {
    tellAudit({ subject: 'history', after: body });
    await this.concord.client.kv.compact(body.revision, { physical: body.physical });
    return { done: true };
  }

  @Post('defragment')
  @HttpCode(200)
  @ApiOperation({ summary: "Gives a member's free pages back to its disk; it may pause meanwhile" })
  @ApiOkResponse({ standardSchema: schemas.doneSchema })
  async defragmentMember(
    @Body({ schema: schemas.defragmentBody }) { member }: z.output<typeof schemas.defragmentBody>,
  ): Promise<Done> {
    tellAudit({ subject: `member ${member}` });
    await (await this.#clientOf(member)).maintenance.defragment();
    return { done: true };
  }

  #clientOf(member: string): Promise<Client> {
    return this.board.memberClient(memberIdOf(member));
  }
}

type Chunks = ReturnType<Concord['client']['maintenance']['snapshot']>;

async function* bytesOf(
  first: Awaited<ReturnType<Chunks['next']>>,
  rest: Chunks,
): AsyncGenerator<Uint8Array> {
  if (first.done === true) return;
  yield first.value.bytes;
  for await (const { bytes } of rest) yield bytes;
}
