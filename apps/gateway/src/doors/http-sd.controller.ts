/** `/http-sd`: instances as targets of Prometheus (`http_sd_configs`). */
import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { targetGroupsOf, type TargetGroup } from '@concord/registry/http-sd';
import { z } from 'zod';
import type { Actor } from '../access/actor.ts';
import { CurrentActor, SignedIn } from '../access/permission.ts';
import { AnswersFromMemory } from '../cluster-link/answers-from-memory.ts';
import { ApiProblems } from '../http/api-problems.ts';
import { assertSelector } from '../services/picker.ts';
import { mayReadService } from '../services/service-access.ts';
import { ServiceDirectory } from '../services/service-directory.ts';
import { nameSchema } from '../services/service-schemas.ts';

const oneOrMore = z.union([z.array(nameSchema).max(1000), nameSchema.transform((name) => [name])]);

const querySchema = z.strictObject({
  service: oneOrMore.optional().describe('only these; all by default'),
  port: nameSchema.optional().describe('the name of the port to scrape; the first by default'),
  label: z.string().max(1024).optional().describe('a selector over labels, such as "version=2"'),
});

const groupsSchema = z.array(
  z.object({ targets: z.array(z.string()), labels: z.record(z.string(), z.string()) }),
);

@ApiTags('doors')
@ApiProblems()
@Controller()
export class HttpSdController {
  constructor(@Inject(ServiceDirectory) private readonly directory: ServiceDirectory) {}

  @Get('http-sd')
  @SignedIn()
  @AnswersFromMemory()
  @ApiOperation({
    summary: 'Targets for Prometheus: every instance that may be read, whatever its state',
    description:
      'Labels are `__meta_concord_service`, `_id`, `_zone`, `_state`, `_weight` and `_label_{name}`. While nothing is known the ' +
      'answer is 503, at which Prometheus keeps the targets that it has; while the cluster is away, what was last known.',
  })
  @ApiOkResponse({ standardSchema: groupsSchema })
  async listScrapeTargets(
    @CurrentActor() actor: Actor,
    @Query({ schema: querySchema }) query: z.output<typeof querySchema>,
  ): Promise<TargetGroup[]> {
    const isMet = assertSelector(query.label ?? '');
    await this.directory.ready();
    const port = query.port === undefined ? {} : { port: query.port };
    // In the order of their names, so that answers differ only where the targets do.
    return (query.service ?? this.directory.names())
      .filter((service) => mayReadService(actor, service))
      .flatMap((service) => this.directory.instances(service))
      .filter(({ instance }) => isMet(instance.labels))
      .flatMap(({ instance }) => targetGroupsOf(instance, port));
  }
}
