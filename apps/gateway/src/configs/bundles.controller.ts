/** `/v1/configs/{namespace}/export`, `/import`, `/search`: a namespace as a whole. */
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import type { Actor } from '../access/actor.ts';
import { CurrentActor, SignedIn } from '../access/permission.ts';
import { SensitiveRead } from '../audit/audited.ts';
import { ApiProblems } from '../http/api-problems.ts';
import { BundleDesk, bundleOfYaml, bundleYaml } from './bundle-desk.ts';
import { BundleImport } from './bundle-import.ts';
import * as schemas from './bundle-schemas.ts';
import { checkedAddress } from './item-path.ts';
import { namespacePath } from './item-schemas.ts';

const assertNamespace = (namespace: string): void =>
  void checkedAddress(namespace, 'any', (part) => `path.${part}`);

@ApiTags('configuration')
@SignedIn()
@Controller('v1/configs/:namespace')
export class BundlesController {
  constructor(
    @Inject(BundleDesk) private readonly desk: BundleDesk,
    @Inject(BundleImport) private readonly importing: BundleImport,
  ) {}

  @Get('export')
  @SensitiveRead()
  @ApiOperation({
    summary: 'The live contents of a namespace as one document, JSON or YAML; secrets stay sealed',
  })
  @ApiOkResponse({ standardSchema: schemas.bundleSchema })
  @ApiProblems(413)
  async exportConfigs(
    @CurrentActor() actor: Actor,
    @Param('namespace', { schema: namespacePath }) namespace: string,
    @Query({ schema: schemas.exportQuery }) query: z.output<typeof schemas.exportQuery>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<schemas.Bundle | string> {
    assertNamespace(namespace);
    const bundle = await this.desk.export(actor, namespace, query.prefix);
    const name = `${namespace}.${query.format}`;
    void reply.header('content-disposition', `attachment; filename="${name}"`);
    if (query.format === 'json') return bundle;
    void reply.type('application/yaml; charset=utf-8');
    return bundleYaml(bundle);
  }

  @Post('import')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Releases what differs of a bundle',
    description:
      'Up to 32 items that differ are released at one revision, or not at all. More take several such transactions, one after the other; ' +
      'where one fails, the problem says `partly-applied` and what became of each item. Repeating it goes on with what is left: what is there already is unchanged.',
  })
  @ApiOkResponse({ standardSchema: schemas.importedSchema })
  @ApiProblems(409, 413, 422)
  async importConfigs(
    @CurrentActor() actor: Actor,
    @Param('namespace', { schema: namespacePath }) namespace: string,
    @Query({ schema: schemas.importQuery }) { dryRun }: z.output<typeof schemas.importQuery>,
    @Body({ schema: schemas.importBody }) body: z.output<typeof schemas.importBody>,
  ): Promise<schemas.Imported> {
    assertNamespace(namespace);
    const bundle = 'yaml' in body ? bundleOfYaml(body.yaml) : body;
    const { reason } = body;
    return this.importing.run(actor, namespace, bundle, { dryRun, reason });
  }

  @Get('search')
  @ApiOperation({ summary: 'Items whose content holds a text; secrets are not looked into' })
  @ApiOkResponse({ standardSchema: schemas.foundSchema })
  @ApiProblems()
  searchConfigs(
    @CurrentActor() actor: Actor,
    @Param('namespace', { schema: namespacePath }) namespace: string,
    @Query({ schema: schemas.searchQuery }) query: z.output<typeof schemas.searchQuery>,
  ): Promise<schemas.Found> {
    assertNamespace(namespace);
    return this.desk.search(actor, namespace, query);
  }
}
