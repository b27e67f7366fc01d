/** `/v1/services/{service}/instances`: registering, keeping alive, changing and taking out. */
import {
  Body,
  Controller,
  Delete,
  Get,
  Headers,
  HttpCode,
  Inject,
  Param,
  Patch,
  Post,
  Put,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Actor } from '../access/actor.ts';
import { CurrentActor } from '../access/permission.ts';
import { AnswersFromMemory } from '../cluster-link/answers-from-memory.ts';
import { tellAudit } from '../audit/audit-scope.ts';
import { NotAudited } from '../audit/audited.ts';
import { ApiProblems } from '../http/api-problems.ts';
import { clientGone } from '../http/client-gone.ts';
import { etagOf, isNotModified, preconditionOf } from '../http/etag.ts';
import { Problem } from '../http/problem.ts';
import { spanMs, waitForChange } from '../live/long-poll.ts';
import { Drains } from './drains.ts';
import { Heartbeats, type Heartbeat } from './heartbeats.ts';
import { instanceDocument, overrideDocument } from './instance-document.ts';
import { Overrides } from './overrides.ts';
import { named, Registrar, unknownInstance } from './registrar.ts';
import { MayReadService, MayWriteInstance, MayWriteOverride } from './service-access.ts';
import { ServiceDirectory } from './service-directory.ts';
import { ServicePages } from './service-pages.ts';
import * as schemas from './service-schemas.ts';
import { instancesOf } from './service-subjects.ts';
import { markStale } from './staleness.ts';

type RequestHeaders = Readonly<Record<string, string | undefined>>;
type Override = z.output<typeof schemas.overrideSchema>;

@ApiTags('services')
@ApiProblems(404, 409, 412)
@Controller('v1/services/:service/instances')
export class InstancesController {
  constructor(
    @Inject(ServiceDirectory) private readonly directory: ServiceDirectory,
    @Inject(ServicePages) private readonly pages: ServicePages,
    @Inject(Registrar) private readonly registrar: Registrar,
    @Inject(Heartbeats) private readonly heartbeats: Heartbeats,
    @Inject(Drains) private readonly drains: Drains,
    @Inject(Overrides) private readonly overrides: Overrides,
  ) {}

  @Get()
  @AnswersFromMemory()
  @MayReadService()
  @ApiProblems(404, 410)
  @ApiOperation({
    summary:
      'The instances of a service; with `index`, when they have changed; with `revision`, as they were',
    description: 'A service that has none is an empty list: it may have some later.',
  })
  @ApiOkResponse({ standardSchema: schemas.instanceListSchema })
  async listInstances(
    @Param('service', { schema: schemas.nameSchema }) service: string,
    @Query({ schema: schemas.instanceListQuery }) query: z.output<typeof schemas.instanceListQuery>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.output<typeof schemas.instanceListSchema>> {
    await this.directory.ready();
    if (query.revision !== undefined) {
      const page = await this.pages.pastInstances(service, query.revision, query);
      return { ...page, revision: query.revision };
    }
    const feed = this.directory.source.feed(instancesOf(service));
    await waitForChange(feed, query, request, reply);
    const page = this.pages.instances(service, query);
    return { ...page, revision: this.directory.revision, ...markStale(this.directory, reply) };
  }

  @Get(':instance')
  @AnswersFromMemory()
  @MayReadService()
  @ApiOperation({ summary: 'One instance' })
  @ApiOkResponse({ standardSchema: schemas.instanceSchema })
  async getInstance(
    @Param('service', { schema: schemas.nameSchema }) service: string,
    @Param('instance', { schema: schemas.nameSchema }) id: string,
    @Headers() headers: RequestHeaders,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<schemas.InstanceDocument | undefined> {
    await this.directory.ready();
    markStale(this.directory, reply);
    const document = this.#document(service, id, reply);
    const isKnown = document.override === undefined && isNotModified(headers, document.revision);
    if (isKnown) return void reply.status(304);
    return document;
  }

  @Put(':instance')
  @MayWriteInstance()
  @ApiOperation({
    summary: 'Registers an instance, or writes it anew',
    description:
      'It lives as long as it sends heartbeats within its `ttl`. Repeating the request at the same address does no harm: ' +
      'it is a heartbeat as well. An id that is taken at another address is 409, unless `replace` or its ETag says that it is meant.',
  })
  @ApiOkResponse({ standardSchema: schemas.instanceSchema, description: 'Written anew' })
  @ApiCreatedResponse({ standardSchema: schemas.instanceSchema, description: 'Registered' })
  async registerInstance(
    @Param('service', { schema: schemas.nameSchema }) service: string,
    @Param('instance', { schema: schemas.nameSchema }) id: string,
    @Query({ schema: schemas.registerQuery }) query: z.output<typeof schemas.registerQuery>,
    @Body({ schema: schemas.registerBody }) body: schemas.RegisterBody,
    @Headers() headers: RequestHeaders,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<schemas.InstanceDocument> {
    await this.directory.ready();
    this.#tell(service, id, body);
    const options = { precondition: preconditionOf(headers), replace: query.replace };
    const { isNew } = await this.registrar.register({ service, id }, body, options);
    void reply.status(isNew ? 201 : 200);
    return this.#document(service, id, reply);
  }

  @Patch(':instance')
  @MayWriteInstance()
  @ApiOperation({
    summary: 'Changes the weight, labels, state, zone or metadata of an instance',
    description:
      'What it says of itself: its owner may say otherwise later. A decision that is to last is an override.',
  })
  @ApiOkResponse({ standardSchema: schemas.instanceSchema })
  async updateInstance(
    @Param('service', { schema: schemas.nameSchema }) service: string,
    @Param('instance', { schema: schemas.nameSchema }) id: string,
    @Body({ schema: schemas.patchBody }) body: schemas.PatchBody,
    @Headers() headers: RequestHeaders,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<schemas.InstanceDocument> {
    await this.directory.ready();
    this.#tell(service, id, body);
    await this.registrar.patch({ service, id }, body, preconditionOf(headers));
    return this.#document(service, id, reply);
  }

  @Delete(':instance')
  @MayWriteInstance()
  @ApiOperation({
    summary: 'Deregisters an instance: it is marked as draining, then deleted',
    description: '`drain=wait` waits in between until no consumer picks it any more.',
  })
  @ApiOkResponse({ standardSchema: schemas.drainSchema })
  async deregisterInstance(
    @Param('service', { schema: schemas.nameSchema }) service: string,
    @Param('instance', { schema: schemas.nameSchema }) id: string,
    @Query({ schema: schemas.deregisterQuery }) query: z.output<typeof schemas.deregisterQuery>,
    @Headers() headers: RequestHeaders,
    @Req() request: FastifyRequest,
  ): Promise<schemas.DrainDocument> {
    await this.directory.ready();
    this.#tell(service, id, undefined);
    const waitMs = query.drain === 'wait' ? spanMs(query.wait) : 0;
    const precondition = preconditionOf(headers);
    using gone = clientGone(request);
    return await this.drains.deregister(
      { service, id },
      { precondition, waitMs, signal: gone.signal },
    );
  }

  @Post(':instance/heartbeat')
  @HttpCode(200)
  @NotAudited()
  @MayWriteInstance()
  @NotAudited()
  @ApiOperation({
    summary: 'Keeps an instance registered for another `ttl`',
    description: '404 says that it is not registered any more: it has to register anew.',
  })
  @ApiOkResponse({ standardSchema: schemas.heartbeatSchema })
  async sendHeartbeat(
    @Param('service', { schema: schemas.nameSchema }) service: string,
    @Param('instance', { schema: schemas.nameSchema }) id: string,
  ): Promise<Heartbeat> {
    return await this.heartbeats.beat({ service, id });
  }

  @Post(':instance/drain')
  @HttpCode(200)
  @MayWriteInstance()
  @ApiOperation({
    summary: 'Marks an instance as draining, and waits until no consumer picks it any more',
    description: 'It stays listed until it is deregistered or its lease runs out.',
  })
  @ApiOkResponse({ standardSchema: schemas.drainSchema })
  async drainInstance(
    @Param('service', { schema: schemas.nameSchema }) service: string,
    @Param('instance', { schema: schemas.nameSchema }) id: string,
    @Query({ schema: schemas.drainQuery }) query: z.output<typeof schemas.drainQuery>,
    @Headers() headers: RequestHeaders,
    @Req() request: FastifyRequest,
  ): Promise<schemas.DrainDocument> {
    await this.directory.ready();
    this.#tell(service, id, { state: 'draining' });
    const precondition = preconditionOf(headers);
    const waitMs = spanMs(query.wait);
    using gone = clientGone(request);
    const { signal } = gone;
    return await this.drains.drain({ service, id }, { precondition, waitMs, signal });
  }

  @Get(':instance/override')
  @AnswersFromMemory()
  @MayReadService()
  @ApiOperation({ summary: 'What an operator has decided about an instance, in force or not' })
  @ApiOkResponse({ standardSchema: schemas.overrideSchema })
  async getOverride(
    @Param('service', { schema: schemas.nameSchema }) service: string,
    @Param('instance', { schema: schemas.nameSchema }) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Override> {
    await this.directory.ready();
    const override = this.directory.override(service, id);
    if (override === undefined) {
      throw new Problem('not-found', { detail: `${named({ service, id })} has no override` });
    }
    void reply.header('etag', etagOf(override.modRevision));
    return overrideDocument(override);
  }

  @Put(':instance/override')
  @MayWriteOverride()
  @ApiOperation({
    summary: 'Decides on the weight or state of an instance, over what it says of itself',
    description:
      'With who and why, until a moment if given, for the present life of the instance unless told otherwise.',
  })
  @ApiOkResponse({ standardSchema: schemas.overrideSchema })
  async overrideInstance(
    @CurrentActor() actor: Actor,
    @Param('service', { schema: schemas.nameSchema }) service: string,
    @Param('instance', { schema: schemas.nameSchema }) id: string,
    @Body({ schema: schemas.overrideBody }) body: schemas.OverrideBody,
    @Headers() headers: RequestHeaders,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Override> {
    await this.directory.ready();
    const name = { service, id };
    tellAudit({
      subject: `override ${service}/${id}`,
      before: this.directory.override(service, id)?.value,
      after: body,
    });
    const stored = await this.overrides.put(name, body, actor.name, preconditionOf(headers));
    void reply.header('etag', etagOf(stored.modRevision));
    return overrideDocument(stored);
  }

  @Delete(':instance/override')
  @HttpCode(204)
  @MayWriteOverride()
  @ApiOperation({ summary: 'Ends an override: what the instance says of itself counts again' })
  async removeOverride(
    @Param('service', { schema: schemas.nameSchema }) service: string,
    @Param('instance', { schema: schemas.nameSchema }) id: string,
    @Headers() headers: RequestHeaders,
  ): Promise<void> {
    await this.directory.ready();
    const before = this.directory.override(service, id)?.value;
    tellAudit({ subject: `override ${service}/${id}`, before });
    await this.overrides.remove({ service, id }, preconditionOf(headers));
  }

  #tell(service: string, id: string, after: unknown): void {
    const listed = this.directory.instance(service, id);
    const before = listed === undefined ? undefined : instanceDocument(listed);
    tellAudit({ subject: `instance ${service}/${id}`, before, after });
  }

  #document(service: string, id: string, reply: FastifyReply): schemas.InstanceDocument {
    const listed = this.directory.instance(service, id);
    if (listed === undefined) throw unknownInstance({ service, id });
    void reply.header('etag', etagOf(listed.entry.modRevision));
    return instanceDocument(listed);
  }
}
