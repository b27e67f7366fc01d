/** `concord.registry.v1.RegistryService`: the services there are, what an instance says of itself, and why it is picked. */
import { Controller, Inject } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import type { Metadata } from '@grpc/grpc-js';
import type { Observable } from 'rxjs';
import { Problem } from '../http/problem.ts';
import { consumersOf } from '../services/consumers.ts';
import { instanceDocument, serviceDocument } from '../services/instance-document.ts';
import { Picker } from '../services/picker.ts';
import { Registrar, unknownInstance } from '../services/registrar.ts';
import { isVisibleTo } from '../services/service-access.ts';
import { ServiceDirectory } from '../services/service-directory.ts';
import { ServicePages } from '../services/service-pages.ts';
import * as schemas from '../services/service-schemas.ts';
import { servicesFor } from '../services/service-subjects.ts';
import { Timeline } from '../services/timeline.ts';
import { preconditionOf, revisionField, type Conditional } from './expected-revision.ts';
import { streamFeed } from './feed-stream.ts';
import {
  instanceMessage,
  metadataIn,
  readable,
  readableInstance,
  subjectOf,
  writable,
  type InstanceRequest,
} from './instance-message.ts';
import { pageOf, type PageRequest } from './page-request.ts';
import { checked, given, RpcDesk, type StreamCall, type UnaryCall } from './rpc-desk.ts';

const SERVICE = 'RegistryService';

const serviceFilter = schemas.serviceListQuery
  .pick({ search: true, label: true, zone: true, state: true })
  .strip();

interface UpdateRequest extends InstanceRequest, Conditional {
  readonly weight?: number;
  readonly state?: string;
  readonly zone?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly removedLabels?: readonly string[];
  readonly metadataJson?: string;
}

@Controller()
export class ServiceCatalogRpc {
  constructor(
    @Inject(RpcDesk) private readonly rpc: RpcDesk,
    @Inject(ServiceDirectory) private readonly directory: ServiceDirectory,
    @Inject(ServicePages) private readonly pages: ServicePages,
    @Inject(Registrar) private readonly registrar: Registrar,
    @Inject(Picker) private readonly picker: Picker,
    @Inject(Timeline) private readonly timeline: Timeline,
  ) {}

  @GrpcMethod(SERVICE, 'ListServices')
  listServices(request: PageRequest, _: Metadata, call: UnaryCall) {
    return this.rpc.read(call, async ({ actor }) => {
      const query = { ...checked(serviceFilter, request), ...pageOf(request) };
      await this.directory.ready();
      const { items, count, nextCursor } = this.pages.services(query, isVisibleTo(actor));
      const { revision } = this.directory;
      return { services: items, count, nextPageToken: nextCursor ?? '', revision };
    });
  }

  @GrpcMethod(SERVICE, 'WatchServices')
  watchServices(
    request: { readonly afterRevision?: number },
    _: Metadata,
    call: StreamCall<object>,
  ): Observable<never> {
    return this.rpc.stream(call, async ({ actor, signal }) => {
      const from = checked(revisionField, request.afterRevision, 'after_revision');
      await this.directory.ready();
      const feed = this.directory.source.feed(servicesFor(actor));
      // What the actor may see is a part of the subject.
      const mayStay = (): boolean => true;
      await streamFeed(feed, call, signal, { from, mayStay, message: (told) => told });
    });
  }

  @GrpcMethod(SERVICE, 'GetService')
  getService(request: InstanceRequest, _: Metadata, call: UnaryCall) {
    return this.rpc.read(call, async ({ actor }) => {
      const name = readable(actor, request);
      await this.directory.ready();
      const consumers = consumersOf(name, this.directory).length;
      if (this.directory.instances(name).length === 0 && consumers === 0)
        throw new Problem('not-found', { detail: `service "${name}" has no instances` });
      const service = serviceDocument(name, this.directory.source.entries);
      return { service, consumers, revision: this.directory.revision };
    });
  }

  @GrpcMethod(SERVICE, 'GetInstance')
  getInstance(request: InstanceRequest, _: Metadata, call: UnaryCall) {
    return this.rpc.read(call, async ({ actor }) => {
      const { service, id } = readableInstance(actor, request);
      await this.directory.ready();
      return { instance: this.#instance(service, id) };
    });
  }

  @GrpcMethod(SERVICE, 'UpdateInstance')
  updateInstance(request: UpdateRequest, _: Metadata, call: UnaryCall) {
    return this.rpc.write(call, 'updateInstance', subjectOf(request), async ({ actor }) => {
      const name = writable(actor, request);
      const patch = checked(schemas.patchBody, patchOf(request));
      await this.directory.ready();
      await this.registrar.patch(name, patch, preconditionOf(request));
      return { instance: this.#instance(name.service, name.id) };
    });
  }

  @GrpcMethod(SERVICE, 'ExplainPick')
  explainPick(
    request: InstanceRequest & Readonly<Record<string, unknown>>,
    _: Metadata,
    call: UnaryCall,
  ) {
    return this.rpc.read(call, async ({ actor }) => {
      const service = readable(actor, request);
      const { policy, zone, key, label } = request;
      const demand = checked(schemas.explainQuery, given({ policy, zone, key, label }));
      await this.directory.ready();
      const { instances, ...explained } = this.picker.explain(service, demand);
      return {
        ...explained,
        revision: this.directory.revision,
        instances: instances.map(({ instance: { id }, ...why }) => ({ id, ...why })),
      };
    });
  }

  @GrpcMethod(SERVICE, 'ListConsumers')
  listConsumers(request: InstanceRequest, _: Metadata, call: UnaryCall) {
    return this.rpc.read(call, async ({ actor }) => {
      const service = readable(actor, request);
      await this.directory.ready();
      const { revision } = this.directory;
      return { consumers: consumersOf(service, this.directory), revision };
    });
  }

  @GrpcMethod(SERVICE, 'GetTimeline')
  getTimeline(
    request: InstanceRequest & { readonly limit?: number },
    _: Metadata,
    call: UnaryCall,
  ) {
    return this.rpc.read(call, async ({ actor }) => {
      const service = readable(actor, request);
      const query = checked(
        schemas.timelineQuery,
        given({ limit: request.limit, instance: request.id }),
      );
      await this.directory.ready();
      const { items, since } = await this.timeline.of(service, query);
      return { events: items, since };
    });
  }

  #instance(service: string, id: string): object {
    const listed = this.directory.instance(service, id);
    if (listed === undefined) throw unknownInstance({ service, id });
    return instanceMessage(instanceDocument(listed));
  }
}

/** The body that the same request has by HTTP. */
function patchOf({ weight, state, zone, labels, removedLabels, metadataJson }: UpdateRequest) {
  const merged = {
    ...labels,
    ...Object.fromEntries((removedLabels ?? []).map((name) => [name, null])),
  };
  return {
    ...given({ weight, state }),
    ...(zone !== undefined && { zone: zone === '' ? null : zone }),
    ...(Object.keys(merged).length > 0 && { labels: merged }),
    ...(metadataJson !== undefined && { metadata: metadataIn(metadataJson) }),
  };
}
