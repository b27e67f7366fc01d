/** `concord.registry.v1.RegistryService`: the nouns of `/v1/services`, by gRPC. */
import { Controller, Inject } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import type { Metadata } from '@grpc/grpc-js';
import { registryKeys } from '@concord/registry/records';
import type { Observable } from 'rxjs';
import { z } from 'zod';
import { assertMay, type Actor } from '../access/actor.ts';
import { Problem } from '../http/problem.ts';
import { Drains } from '../services/drains.ts';
import { Heartbeats } from '../services/heartbeats.ts';
import { instanceDocument } from '../services/instance-document.ts';
import { Picker } from '../services/picker.ts';
import { Registrar, unknownInstance, type InstanceName } from '../services/registrar.ts';
import { mayReadService } from '../services/service-access.ts';
import { ServiceDirectory } from '../services/service-directory.ts';
import * as schemas from '../services/service-schemas.ts';
import { instancesOf } from '../services/service-subjects.ts';
import { streamFeed } from './feed-stream.ts';
import { checked, RpcDesk, type StreamCall, type UnaryCall } from './rpc-desk.ts';

const SERVICE = 'RegistryService';
const NONE = { kind: 'none' } as const;
const WAIT_MS_MAX = 300_000;

interface InstanceRequest {
  readonly service?: string;
  readonly id?: string;
}
interface RegisterRequest extends InstanceRequest {
  readonly address?: string;
  readonly port?: number;
  readonly weight?: number;
  readonly ttlMs?: number;
  readonly zone?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly metadataJson?: string;
  readonly state?: string;
  readonly replace?: boolean;
}

const instanceName = z.object({ service: schemas.nameSchema, id: schemas.nameSchema });
const waitMs = z.int().min(0).max(WAIT_MS_MAX).default(0);
const revision = z.int().min(0).optional();

@Controller()
export class RegistryRpc {
  constructor(
    @Inject(RpcDesk) private readonly rpc: RpcDesk,
    @Inject(ServiceDirectory) private readonly directory: ServiceDirectory,
    @Inject(Registrar) private readonly registrar: Registrar,
    @Inject(Heartbeats) private readonly heartbeats: Heartbeats,
    @Inject(Drains) private readonly drains: Drains,
    @Inject(Picker) private readonly picker: Picker,
  ) {}

  @GrpcMethod(SERVICE, 'Register')
  register(request: RegisterRequest, _: Metadata, call: UnaryCall) {
    return this.rpc.write(call, 'registerInstance', subjectOf(request), async ({ actor }) => {
      const name = writable(actor, request);
      const body = checked(schemas.registerBody, registration(request));
      await this.directory.ready();
      await this.registrar.register(name, body, {
        precondition: NONE,
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
      await this.directory.ready();
      const listed = this.directory.instances(service);
      return {
        instances: listed.map((one) => instanceMessage(instanceDocument(one))),
        revision: this.directory.revision,
      };
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
      const from = checked(revision, request.afterRevision, 'after_revision');
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

const subjectOf = ({ service, id }: InstanceRequest): string => `instance ${service}/${id}`;

function writable(actor: Actor, request: InstanceRequest): InstanceName {
  const name = checked(instanceName, request);
  assertMay(actor, 'write', registryKeys.instance(name.service, name.id));
  return name;
}

function readable(actor: Actor, request: InstanceRequest): string {
  const service = checked(schemas.nameSchema, request.service, 'service');
  assertMay(actor, 'read', { prefix: registryKeys.instances(service) });
  return service;
}

/** The body that the same request has by HTTP. */
function registration(request: RegisterRequest): object {
  const { address, port, weight, ttlMs, zone, labels, metadataJson, state } = request;
  return {
    address,
    port,
    ...(weight !== undefined && { weight }),
    ...(ttlMs !== undefined && { ttl: `${ttlMs}ms` }),
    ...(zone !== undefined && { zone }),
    ...(labels !== undefined && { labels }),
    ...(metadataJson !== undefined && { metadata: parsed(metadataJson) }),
    ...(state !== undefined && { state }),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const message = 'is no JSON';
    throw new Problem('invalid-request', {
      detail: `metadata_json: ${message}`,
      errors: [{ field: 'metadata_json', message }],
    });
  }
}

const instanceMessage = (instance: schemas.InstanceDocument): object => ({
  ...instance,
  metadataJson: JSON.stringify(instance.metadata ?? null),
});
