/** `concord.registry.v1.RegistryService`: the nouns of `/v1/services`, by gRPC. */
import { Controller, Inject } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import type { Metadata } from '@grpc/grpc-js';
import type { Observable } from 'rxjs';
import { z } from 'zod';
import { Drains } from '../services/drains.ts';
import { Heartbeats } from '../services/heartbeats.ts';
import { instanceDocument } from '../services/instance-document.ts';
import { Picker } from '../services/picker.ts';
import { Registrar, unknownInstance } from '../services/registrar.ts';
import { mayReadService } from '../services/service-access.ts';
import { ServiceDirectory } from '../services/service-directory.ts';
import { ServicePages } from '../services/service-pages.ts';
import * as schemas from '../services/service-schemas.ts';
import { instancesOf } from '../services/service-subjects.ts';
import { preconditionOf, revisionField, type Conditional } from './expected-revision.ts';
import { streamFeed } from './feed-stream.ts';
import {
  instanceMessage,
  metadataIn,
  readable,
  subjectOf,
  writable,
  type InstanceRequest,
} from './instance-message.ts';
import { checked, given, RpcDesk, type StreamCall, type UnaryCall } from './rpc-desk.ts';

const SERVICE = 'RegistryService';
const NONE = { kind: 'none' } as const;
const WAIT_MS_MAX = 300_000;

interface RegisterRequest extends InstanceRequest, Conditional {
  readonly address?: string;
  readonly port?: number;
  readonly weight?: number;
  readonly ttlMs?: number;
  readonly zone?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly metadataJson?: string;
  readonly state?: string;
  readonly replace?: boolean;
  readonly ports?: Readonly<Record<string, number>>;
  readonly warmupMs?: number;
  readonly incarnation?: string;
  readonly app?: { readonly name: string; readonly version?: string } | null;
}

const instanceFilter = schemas.instanceListQuery
  .pick({ state: true, zone: true, label: true, revision: true })
  .strip();
const waitMs = z.int().min(0).max(WAIT_MS_MAX).default(0);

@Controller()
export class RegistryRpc {
  constructor(
    @Inject(RpcDesk) private readonly rpc: RpcDesk,
    @Inject(ServiceDirectory) private readonly directory: ServiceDirectory,
    @Inject(Registrar) private readonly registrar: Registrar,
    @Inject(Heartbeats) private readonly heartbeats: Heartbeats,
    @Inject(Drains) private readonly drains: Drains,
    @Inject(Picker) private readonly picker: Picker,
    @Inject(ServicePages) private readonly pages: ServicePages,
  ) {}

  @GrpcMethod(SERVICE, 'Register')
  register(request: RegisterRequest, _: Metadata, call: UnaryCall) {
    return this.rpc.write(call, 'registerInstance', subjectOf(request), async ({ actor }) => {
      const name = writable(actor, request);
      const body = checked(schemas.registerBody, registration(request));
      await this.directory.ready();
      await this.registrar.register(name, body, {
        precondition: preconditionOf(request),
        replace: request.replace === true,
      });
      const listed = this.directory.instance(name.service, name.id);
      if (listed === undefined) throw unknownInstance(name);
      return { instance: instanceMessage(instanceDocument(listed)) };
    });
  }

  @GrpcMethod(SERVICE, 'Heartbeat')
  heartbeat(request: InstanceRequest, _: Metadata, call: UnaryCall) {
    return this.rpc.read(call, async ({ actor }) => {
      const { ttlMs } = await this.heartbeats.beat(writable(actor, request));
      return { ttlMs };
    });
  }

  @GrpcMethod(SERVICE, 'Drain')
  drain(request: InstanceRequest & { readonly waitMs?: number }, _: Metadata, call: UnaryCall) {
    return this.rpc.write(call, 'drainInstance', subjectOf(request), async ({ actor, signal }) => {
      const name = writable(actor, request);
      const wait = checked(waitMs, request.waitMs, 'wait_ms');
      await this.directory.ready();
      return this.drains.drain(name, { precondition: NONE, waitMs: wait, signal });
    });
  }

  @GrpcMethod(SERVICE, 'Deregister')
  deregister(
    request: InstanceRequest & { readonly waitMs?: number },
    _: Metadata,
    call: UnaryCall,
  ) {
    const subject = subjectOf(request);
    return this.rpc.write(call, 'deregisterInstance', subject, async ({ actor, signal }) => {
      const name = writable(actor, request);
      const wait = checked(waitMs, request.waitMs, 'wait_ms');
      await this.directory.ready();
      return this.drains.deregister(name, { precondition: NONE, waitMs: wait, signal });
    });
  }

  @GrpcMethod(SERVICE, 'ListInstances')
  listInstances(request: InstanceRequest, _: Metadata, call: UnaryCall) {
    return this.rpc.read(call, async ({ actor }) => {
      const service = readable(actor, request);
      const query = checked(instanceFilter, request);
      await this.directory.ready();
      const { revision = this.directory.revision } = query;
      const filter = { ...query, limit: Infinity };
      const { items } =
        query.revision === undefined
          ? this.pages.instances(service, filter)
          : await this.pages.pastInstances(service, query.revision, filter);
      return { instances: items.map(instanceMessage), revision };
    });
  }

  @GrpcMethod(SERVICE, 'Pick')
  pick(request: InstanceRequest & Record<string, unknown>, _: Metadata, call: UnaryCall) {
    return this.rpc.read(call, async ({ actor }) => {
      const service = readable(actor, request);
      const asked = {
        policy: request['policy'],
        zone: request['zone'],
        key: request['key'],
        label: request['label'],
        count: request['count'],
      };
      const given = Object.entries(asked).filter(([, value]) => value !== undefined);
      // The schema is that of a query, where everything is text.
      const query = checked(
        schemas.pickQuery,
        Object.fromEntries(given.map(([field, value]) => [field, String(value)])),
      );
      await this.directory.ready();
      const { count, ...demand } = query;
      const picked = this.picker.pick(service, demand, count);
      const instances = picked.map(({ id }) => {
        const listed = this.directory.instance(service, id);
        if (listed === undefined) throw unknownInstance({ service, id });
        return instanceMessage(instanceDocument(listed));
      });
      return { instances };
    });
  }

  @GrpcMethod(SERVICE, 'WatchInstances')
  watchInstances(
    request: InstanceRequest & { readonly afterRevision?: number },
    _: Metadata,
    call: StreamCall<object>,
  ): Observable<never> {
    return this.rpc.stream(call, async ({ actor, signal }) => {
      const service = readable(actor, request);
      const from = checked(revisionField, request.afterRevision, 'after_revision');
      await this.directory.ready();
      const feed = this.directory.source.feed(instancesOf(service));
      await streamFeed<schemas.InstanceDocument, object>(feed, call, signal, {
        from,
        mayStay: () => mayReadService(actor, service),
        message: ({ put, ...told }) => ({ ...told, put: put.map(instanceMessage) }),
      });
    });
  }
}

/** The body that the same request has by HTTP. */
function registration(request: RegisterRequest): object {
  const { address, port, weight, ttlMs, zone, labels, metadataJson, state } = request;
  const { ports, warmupMs, incarnation, app } = request;
  const isNamed = ports !== undefined && Object.keys(ports).length > 0;
  return {
    address,
    // A field that was not sent is 0.
    ...(!(isNamed && port === 0) && { port }),
    ...(isNamed && { ports }),
    ...given({ weight, zone, labels, state, incarnation }),
    ...(ttlMs !== undefined && { ttl: `${ttlMs}ms` }),
    ...(warmupMs !== undefined && { warmup: `${warmupMs}ms` }),
    ...(metadataJson !== undefined && { metadata: metadataIn(metadataJson) }),
    ...given({ app: app ?? undefined }),
  };
}
