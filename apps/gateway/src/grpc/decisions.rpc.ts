/** `concord.registry.v1.RegistryService`: what operators decide about instances: overrides, holds, health checks. */
import { Controller, Inject } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import type { Metadata } from '@grpc/grpc-js';
import { registryKeys } from '@concord/registry/records';
import { z } from 'zod';
import { assertMay, type Actor } from '../access/actor.ts';
import { tellAudit } from '../audit/audit-scope.ts';
import { CheckBook } from '../health-checks/check-book.ts';
import * as checks from '../health-checks/health-check-schemas.ts';
import { Problem } from '../http/problem.ts';
import { spanMs } from '../live/long-poll.ts';
import { Holds } from '../services/holds.ts';
import { overrideDocument } from '../services/instance-document.ts';
import { Overrides } from '../services/overrides.ts';
import { named, type InstanceName } from '../services/registrar.ts';
import { ServiceDirectory } from '../services/service-directory.ts';
import * as schemas from '../services/service-schemas.ts';
import { preconditionOf, type Conditional } from './expected-revision.ts';
import { readableInstance, writable, type InstanceRequest } from './instance-message.ts';
import { checked, given, RpcDesk, type UnaryCall } from './rpc-desk.ts';

const SERVICE = 'RegistryService';
const HOLD_MS_DEFAULT = 300_000;
const KINDS = ['http', 'tcp', 'grpc', 'ttl'] as const;

interface OverrideRequest extends InstanceRequest, Conditional {
  readonly weight?: number;
  readonly state?: string;
  readonly reason?: string;
  readonly until?: string;
  readonly incarnation?: string;
  readonly anyIncarnation?: boolean;
}

/** A message: what was not given is undefined, or null where it is a message itself. */
type CheckMessage = Readonly<
  Partial<Record<(typeof KINDS)[number], Readonly<Record<string, unknown>> | null>>
> & {
  readonly intervalMs?: number;
  readonly timeoutMs?: number;
  readonly up?: number;
  readonly down?: number;
};

interface CheckRequest extends InstanceRequest {
  readonly check?: CheckMessage | null;
}

interface HoldRequest {
  readonly service?: string;
  readonly action?: string;
  readonly forMs?: number;
  readonly reason?: string;
}

@Controller()
export class DecisionsRpc {
  constructor(
    @Inject(RpcDesk) private readonly rpc: RpcDesk,
    @Inject(ServiceDirectory) private readonly directory: ServiceDirectory,
    @Inject(Overrides) private readonly overrides: Overrides,
    @Inject(Holds) private readonly holds: Holds,
    @Inject(CheckBook) private readonly book: CheckBook,
  ) {}

  @GrpcMethod(SERVICE, 'OverrideInstance')
  overrideInstance(request: OverrideRequest, _: Metadata, call: UnaryCall) {
    const subject = overrideSubject(request);
    return this.rpc.write(call, 'overrideInstance', subject, async ({ actor }) => {
      const name = overridable(actor, request);
      const { weight, state, reason, until, anyIncarnation } = request;
      const incarnation = anyIncarnation === true ? null : request.incarnation;
      const told = given({ weight, state, reason, until, incarnation });
      const body = checked(schemas.overrideBody, told);
      await this.directory.ready();
      tellAudit({ before: this.directory.override(name.service, name.id)?.value, after: body });
      const precondition = preconditionOf(request);
      const stored = await this.overrides.put(name, body, actor.name, precondition);
      return { override: overrideDocument(stored) };
    });
  }

  @GrpcMethod(SERVICE, 'GetOverride')
  getOverride(request: InstanceRequest, _: Metadata, call: UnaryCall) {
    return this.rpc.read(call, async ({ actor }) => {
      const name = readableInstance(actor, request);
      await this.directory.ready();
      const stored = this.directory.override(name.service, name.id);
      if (stored === undefined)
        throw new Problem('not-found', { detail: `${named(name)} has no override` });
      return { override: overrideDocument(stored) };
    });
  }

  @GrpcMethod(SERVICE, 'RemoveOverride')
  removeOverride(request: InstanceRequest, _: Metadata, call: UnaryCall) {
    const subject = overrideSubject(request);
    return this.rpc.write(call, 'removeOverride', subject, async ({ actor }) => {
      const name = overridable(actor, request);
      await this.directory.ready();
      tellAudit({ before: this.directory.override(name.service, name.id)?.value });
      await this.overrides.remove(name, { kind: 'none' });
      return {};
    });
  }

  @GrpcMethod(SERVICE, 'DecideHold')
  decideHold(request: HoldRequest, _: Metadata, call: UnaryCall) {
    const subject = `service ${request.service}`;
    return this.rpc.write(call, 'decideHold', subject, async ({ actor }) => {
      const service = checked(schemas.nameSchema, request.service, 'service');
      assertMay(actor, 'write', registryKeys.hold(service));
      const { action, reason, forMs = HOLD_MS_DEFAULT } = request;
      const body = checked(schemas.holdBody, { action, reason, for: `${forMs}ms` });
      tellAudit({ after: body });
      const told = { reason: body.reason, by: actor.name };
      const until = Date.now() + spanMs(body.for);
      await this.directory.ready();
      const decision =
        body.action === 'release'
          ? { action: body.action, ...told }
          : { action: body.action, until, ...told };
      return { revision: await this.holds.decide(service, decision) };
    });
  }

  @GrpcMethod(SERVICE, 'PutHealthCheck')
  putHealthCheck(request: CheckRequest, _: Metadata, call: UnaryCall) {
    const subject = checkSubject(request);
    return this.rpc.write(call, 'putHealthCheck', subject, async ({ actor }) => {
      const name = writable(actor, request);
      const body = checked(checks.healthCheckBody, bodyOf(request.check ?? {}), 'check');
      tellAudit({ after: body });
      const { check, revision } = await this.book.put(name, body, actor.name);
      return { check: checkMessage(check), revision };
    });
  }

  @GrpcMethod(SERVICE, 'GetHealthCheck')
  getHealthCheck(request: InstanceRequest, _: Metadata, call: UnaryCall) {
    return this.rpc.read(call, async ({ actor }) => {
      const { check, ...rest } = await this.book.get(readableInstance(actor, request));
      return { check: checkMessage(check), ...rest };
    });
  }

  @GrpcMethod(SERVICE, 'RemoveHealthCheck')
  removeHealthCheck(request: InstanceRequest, _: Metadata, call: UnaryCall) {
    const subject = checkSubject(request);
    return this.rpc.write(call, 'removeHealthCheck', subject, async ({ actor }) => {
      await this.book.remove(writable(actor, request));
      return {};
    });
  }
}

const overrideSubject = ({ service, id }: InstanceRequest): string => `override ${service}/${id}`;
const checkSubject = ({ service, id }: InstanceRequest): string => `health check ${service}/${id}`;

const nameSchema = z.object({ service: schemas.nameSchema, id: schemas.nameSchema });

function overridable(actor: Actor, request: InstanceRequest): InstanceName {
  const name = checked(nameSchema, request);
  assertMay(actor, 'write', registryKeys.override(name.service, name.id));
  return name;
}

/** The body that the same check has by HTTP. */
function bodyOf({ intervalMs, timeoutMs, up, down, ...kinds }: CheckMessage): object {
  const kind = KINDS.find((one) => (kinds[one] ?? undefined) !== undefined);
  const { ttlMs, statuses, ...rest } = kinds[kind ?? 'http'] ?? {};
  return {
    kind,
    ...given({ ...rest, up, down }),
    // An empty list is one that was not sent.
    ...(Array.isArray(statuses) && statuses.length > 0 && { statuses }),
    ...(kind === 'ttl' && { ttl: `${String(ttlMs)}ms` }),
    ...(intervalMs !== undefined && { interval: `${intervalMs}ms` }),
    ...(timeoutMs !== undefined && { timeout: `${timeoutMs}ms` }),
  };
}

function checkMessage(check: checks.HealthCheckBody): object {
  const { kind, interval, timeout, up, down, ...rest } = check;
  const asked = 'ttl' in rest ? { ttlMs: spanMs(rest.ttl) } : rest;
  return {
    [kind]: asked,
    intervalMs: spanMs(interval),
    timeoutMs: spanMs(timeout),
    up,
    down,
  };
}
