/** `/v1/services`: which services there are, and what one asks of them. */
import {
  Body,
  Controller,
  Get,
  HttpCode,
  Inject,
  Param,
  Post,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { HoldDecision } from '@concord/registry/records';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Actor } from '../access/actor.ts';
import { CurrentActor, SignedIn } from '../access/permission.ts';
import { tellAudit } from '../audit/audit-scope.ts';
import { AnswersFromMemory } from '../cluster-link/answers-from-memory.ts';
import { ApiProblems } from '../http/api-problems.ts';
import { Problem } from '../http/problem.ts';
import type { Feed } from '../live/feed.ts';
import { LiveSources } from '../live/live-sources.ts';
import { spanMs, waitForChange } from '../live/long-poll.ts';
import { consumersOf } from './consumers.ts';
import { instanceDocument, serviceDocument } from './instance-document.ts';
import { Holds } from './holds.ts';
import { Picker } from './picker.ts';
import { isVisibleTo, MayDecideHold, MayReadService, mayReadService } from './service-access.ts';
import { ServiceDirectory } from './service-directory.ts';
import { ServicePages } from './service-pages.ts';
import * as schemas from './service-schemas.ts';
import { instancesOf, servicesFor } from './service-subjects.ts';
import { markStale } from './staleness.ts';
import { Timeline } from './timeline.ts';

@ApiTags('services')
@ApiProblems()
@AnswersFromMemory()
@Controller('v1/services')
export class ServicesController {
  constructor(
    @Inject(ServiceDirectory) private readonly directory: ServiceDirectory,
    @Inject(LiveSources) private readonly live: LiveSources,
    @Inject(ServicePages) private readonly pages: ServicePages,
    @Inject(Picker) private readonly picker: Picker,
    @Inject(Timeline) private readonly timeline: Timeline,
    @Inject(Holds) private readonly holds: Holds,
  ) {}

  @Get()
  @SignedIn()
  @ApiOperation({ summary: 'The services that have instances, and how many in which state' })
  @ApiOkResponse({ standardSchema: schemas.serviceListSchema })
  async listServices(
    @CurrentActor() actor: Actor,
    @Query({ schema: schemas.serviceListQuery }) query: z.output<typeof schemas.serviceListQuery>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.output<typeof schemas.serviceListSchema>> {
    await this.directory.ready();
    if (query.index !== undefined) {
      await waitForChange(this.#summaries(actor), query, request, reply);
    }
    const page = this.pages.services(query, isVisibleTo(actor));
    return { ...page, revision: this.directory.revision, ...markStale(this.directory, reply) };
  }

  @Get('watch')
  @SignedIn()
  @ApiOperation({
    summary: 'Follows the services: server-sent events, or a WebSocket',
    description:
      'First `snapshot` with all items, then `change` with `put` (items) and `deleted` (names); `resync` is a snapshot again.',
  })
  @ApiProduces('text/event-stream')
  async watchServices(
    @CurrentActor() actor: Actor,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.directory.ready();
    await this.live.stream(this.#summaries(actor), request, reply);
  }

  @Get(':service')
  @MayReadService()
  @ApiProblems(404)
  @ApiOperation({ summary: 'A service in numbers' })
  @ApiOkResponse({ standardSchema: schemas.serviceDetailSchema })
  async getService(
    @Param('service', { schema: schemas.nameSchema }) service: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.output<typeof schemas.serviceDetailSchema>> {
    await this.directory.ready();
    const listed = this.directory.instances(service);
    const consumers = [...this.directory.observers(service)].length;
    if (listed.length === 0 && consumers === 0 && !(await this.timeline.has(service))) {
      throw new Problem('not-found', {
        detail: `service "${service}" has no instances: register one with PUT /v1/services/${service}/instances/{instance}`,
      });
    }
    const labels: Record<string, Set<string>> = {};
    for (const { instance } of listed) {
      for (const [name, text] of Object.entries(instance.labels)) {
        (labels[name] ??= new Set()).add(text);
      }
    }
    return {
      ...serviceDocument(service, this.directory.source.entries),
      consumers,
      labels: Object.fromEntries(
        Object.entries(labels).map(([name, texts]) => [name, [...texts].sort()]),
      ),
      revision: this.directory.revision,
      ...markStale(this.directory, reply),
    };
  }

  @Get(':service/watch')
  @MayReadService()
  @ApiOperation({
    summary: 'Follows the instances of a service: server-sent events, or a WebSocket',
    description:
      'First `snapshot` with all items, then `change` with `put` (items) and `deleted` (ids); `resync` is a snapshot again. ' +
      'The id of an event is the revision of the cluster: `Last-Event-ID` (or `?lastEventId=`) goes on from there, at any gateway.',
  })
  @ApiProduces('text/event-stream')
  async watchService(
    @CurrentActor() actor: Actor,
    @Param('service', { schema: schemas.nameSchema }) service: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.directory.ready();
    const feed = this.directory.source.feed(instancesOf(service));
    await this.live.stream(feed, request, reply, {
      mayStay: () => mayReadService(actor, service),
    });
  }

  @Get(':service/pick')
  @MayReadService()
  @ApiProblems(404)
  @ApiOperation({ summary: 'Picks an instance as the SDK would, or simulates many picks' })
  @ApiOkResponse({ standardSchema: schemas.pickSchema })
  async pickInstance(
    @Param('service', { schema: schemas.nameSchema }) service: string,
    @Query({ schema: schemas.pickQuery }) query: schemas.PickQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.output<typeof schemas.pickSchema>> {
    await this.directory.ready();
    const { count, ...demand } = query;
    const picked = this.picker.pick(service, demand, count);
    const counts = new Map<string, number>();
    for (const { id } of picked) counts.set(id, (counts.get(id) ?? 0) + 1);
    const first = this.directory.instance(service, picked[0]!.id);
    return {
      instance: instanceDocument(first!),
      policy: query.policy,
      revision: this.directory.revision,
      ...(count > 1 && { picks: Array.from(counts, ([id, count]) => ({ id, count })) }),
      ...markStale(this.directory, reply),
    };
  }

  @Get(':service/explain')
  @MayReadService()
  @ApiOperation({ summary: 'For every instance, why it can or cannot be picked, and its share' })
  @ApiOkResponse({ standardSchema: schemas.explainSchema })
  async explainPick(
    @Param('service', { schema: schemas.nameSchema }) service: string,
    @Query({ schema: schemas.explainQuery }) query: z.output<typeof schemas.explainQuery>,
  ): Promise<z.output<typeof schemas.explainSchema>> {
    await this.directory.ready();
    const { policy, localShare, instances } = this.picker.explain(service, query);
    return {
      policy,
      ...(localShare !== undefined && { localShare }),
      revision: this.directory.revision,
      instances: instances.map(
        ({ instance: { id }, isPickable, reason, detail, effectiveWeight, share }) => ({
          ...{ id, isPickable, reason, detail, effectiveWeight, share },
        }),
      ),
    };
  }

  @Get(':service/consumers')
  @MayReadService()
  @ApiOperation({ summary: 'Who discovers the service, and up to which revision each has seen it' })
  @ApiOkResponse({ standardSchema: schemas.consumerListSchema })
  async listConsumers(
    @Param('service', { schema: schemas.nameSchema }) service: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.output<typeof schemas.consumerListSchema>> {
    await this.directory.ready();
    const items = consumersOf(service, this.directory);
    return { items, revision: this.directory.revision, ...markStale(this.directory, reply) };
  }

  @Post(':service/hold')
  @HttpCode(200)
  @MayDecideHold()
  @ApiOperation({
    summary: 'Ends a protection hold of consumers, or makes it longer',
    description:
      'Consumers by the SDK hold on to instances that expired together. `release` tells them to let go of those; `extend` to go on.',
  })
  @ApiOkResponse({ standardSchema: schemas.holdSchema })
  async decideHold(
    @CurrentActor() actor: Actor,
    @Param('service', { schema: schemas.nameSchema }) service: string,
    @Body({ schema: schemas.holdBody }) body: z.output<typeof schemas.holdBody>,
  ): Promise<z.output<typeof schemas.holdSchema>> {
    const { action, reason } = body;
    tellAudit({ subject: `service ${service}`, after: body });
    const told = { reason, by: actor.name };
    const decision: HoldDecision =
      action === 'release'
        ? { action, ...told }
        : { action, until: Date.now() + spanMs(body.for), ...told };
    return { revision: await this.holds.decide(service, decision) };
  }

  @Get(':service/timeline')
  @MayReadService()
  @ApiOperation({ summary: 'What happened to the instances lately, the newest first' })
  @ApiOkResponse({ standardSchema: schemas.timelineSchema })
  async getServiceTimeline(
    @Param('service', { schema: schemas.nameSchema }) service: string,
    @Query({ schema: schemas.timelineQuery }) query: z.output<typeof schemas.timelineQuery>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.output<typeof schemas.timelineSchema>> {
    await this.directory.ready();
    return { ...(await this.timeline.of(service, query)), ...markStale(this.directory, reply) };
  }

  #summaries(actor: Actor): Feed {
    return this.directory.source.feed(servicesFor(actor));
  }
}
