/** `concord.lock.v1.LockService`: the nouns of `/v1/locks`, `/v1/elections` and `/v1/sessions`, by gRPC. */
import { Controller, Inject } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import type { Metadata } from '@grpc/grpc-js';
import { InjectConcord } from '@concord/nestjs';
import { linePrefix } from '@concord/lock/records';
import type { Concord } from '@concord/sdk';
import type { Observable } from 'rxjs';
import { z } from 'zod';
import { assertMay, type Actor, type Verb } from '../access/actor.ts';
import { claimOf } from '../locks/claim-request.ts';
import { LineDesk } from '../locks/line-desk.ts';
import { LockInspector } from '../locks/lock-inspector.ts';
import * as schemas from '../locks/lock-schemas.ts';
import { LockSessions } from '../locks/lock-sessions.ts';
import type { HeldDocument, SessionDocument } from '../locks/session-schemas.ts';
import { placeMessage } from './lock-messages.ts';
import { checked, RpcDesk, sent, type StreamCall, type UnaryCall } from './rpc-desk.ts';

const SERVICE = 'LockService';
const EXCLUSIVE = { mode: 'exclusive' } as const;

const waitMs = z.int().min(0).max(300_000).default(0);
const name = schemas.lockName;
const sessionRequest = z.object({ session: schemas.leaseId });
const placeRequest = sessionRequest.extend({ name });
const openRequest = z.object({
  ttlMs: z.int().min(1_000).max(3_600_000).default(15_000),
  label: z.string().max(256).optional(),
});
const acquireRequest = placeRequest.extend({
  waitMs,
  mode: z
    .enum(['MODE_UNSPECIFIED', 'MODE_EXCLUSIVE', 'MODE_SHARED', 'MODE_PERMITS'])
    .default('MODE_UNSPECIFIED'),
  permits: z.int().min(1).max(1_000_000).optional(),
  count: z.int().min(1).max(1_000_000).optional(),
});
const value = z
  .string()
  .max(64 * 1024)
  .default('');
const campaignRequest = placeRequest.extend({ waitMs, value });
const proclaimRequest = placeRequest.extend({ value });

const modes = {
  MODE_UNSPECIFIED: 'exclusive',
  MODE_EXCLUSIVE: 'exclusive',
  MODE_SHARED: 'shared',
  MODE_PERMITS: 'permits',
} as const;
@Controller()
export class LockRpc {
  constructor(
    @Inject(RpcDesk) private readonly rpc: RpcDesk,
    @Inject(LockSessions) private readonly sessions: LockSessions,
    @Inject(LineDesk) private readonly desk: LineDesk,
    @Inject(LockInspector) private readonly inspector: LockInspector,
    @InjectConcord() private readonly concord: Concord,
  ) {}

  @GrpcMethod(SERVICE, 'OpenSession')
  openSession(request: object, _: Metadata, call: UnaryCall) {
    return this.rpc.write(call, 'openSession', 'session', async ({ actor }) => ({
      session: sessionMessage(await this.sessions.open(actor, checked(openRequest, request))),
    }));
  }

  @GrpcMethod(SERVICE, 'KeepSessionAlive')
  keepSessionAlive(request: object, _: Metadata, call: UnaryCall) {
    return this.rpc.read(call, async ({ actor }) => {
      const { session } = checked(sessionRequest, request);
      return { session: sessionMessage(await this.sessions.keepAlive(actor, session)) };
    });
  }

  @GrpcMethod(SERVICE, 'CloseSession')
  closeSession(request: { readonly session?: string }, _: Metadata, call: UnaryCall) {
    return this.rpc.write(call, 'closeSession', `session ${request.session}`, async ({ actor }) => {
      await this.sessions.close(actor, checked(sessionRequest, request).session);
      return {};
    });
  }

  @GrpcMethod(SERVICE, 'Acquire')
  acquire(request: { readonly name?: string }, _: Metadata, call: UnaryCall) {
    return this.rpc.write(
      call,
      'acquireLock',
      `lock ${request.name}`,
      async ({ actor, signal }) => {
        const wanted = checked(acquireRequest, request);
        assertMayLine(actor, 'write', wanted.name);
        const claim = claimOf({ ...wanted, mode: modes[wanted.mode] });
        const session = await this.sessions.find(actor, wanted.session);
        const asked = { claim, waitMs: wanted.waitMs };
        return { hold: holdMessage(await this.desk.acquire(session, wanted.name, asked, signal)) };
      },
    );
  }

  @GrpcMethod(SERVICE, 'Release')
  release(request: { readonly name?: string }, _: Metadata, call: UnaryCall) {
    return this.rpc.write(call, 'releaseLock', `lock ${request.name}`, ({ actor }) =>
      this.#leave(actor, request),
    );
  }

  @GrpcMethod(SERVICE, 'GetLock')
  getLock(request: { readonly name?: string }, _: Metadata, call: UnaryCall) {
    return this.rpc.read(call, async ({ actor }) => {
      const of = checked(name, request.name, 'name');
      assertMayLine(actor, 'read', of);
      const { holders, waiters, ...lock } = await this.inspector.lock(of);
      return {
        ...lock,
        holders: holders.map(placeMessage),
        waiters: waiters.map(placeMessage),
      };
    });
  }

  @GrpcMethod(SERVICE, 'Campaign')
  campaign(request: { readonly name?: string }, _: Metadata, call: UnaryCall) {
    const subject = `election ${request.name}`;
    return this.rpc.write(call, 'campaignInElection', subject, async ({ actor, signal }) => {
      const wanted = checked(campaignRequest, request);
      assertMayLine(actor, 'write', wanted.name);
      const session = await this.sessions.find(actor, wanted.session);
      const asked = { claim: EXCLUSIVE, waitMs: wanted.waitMs, value: wanted.value };
      return { hold: holdMessage(await this.desk.acquire(session, wanted.name, asked, signal)) };
    });
  }

  @GrpcMethod(SERVICE, 'Proclaim')
  proclaim(request: { readonly name?: string }, _: Metadata, call: UnaryCall) {
    const subject = `election ${request.name}`;
    return this.rpc.write(call, 'proclaimAsLeader', subject, async ({ actor }) => {
      const wanted = checked(proclaimRequest, request);
      assertMayLine(actor, 'write', wanted.name);
      const session = await this.sessions.find(actor, wanted.session);
      return { hold: holdMessage(await this.desk.proclaim(session, wanted.name, wanted.value)) };
    });
  }

  @GrpcMethod(SERVICE, 'Resign')
  resign(request: { readonly name?: string }, _: Metadata, call: UnaryCall) {
    return this.rpc.write(call, 'resignFromElection', `election ${request.name}`, ({ actor }) =>
      this.#leave(actor, request),
    );
  }

  @GrpcMethod(SERVICE, 'ObserveElection')
  observeElection(
    request: { readonly name?: string },
    _: Metadata,
    call: StreamCall<object>,
  ): Observable<never> {
    return this.rpc.stream(call, async ({ actor, signal }) => {
      const of = checked(name, request.name, 'name');
      assertMayLine(actor, 'read', of);
      // Always the newest: whoever takes them slowly is told fewer.
      for await (const leader of this.concord.election.observe(of, { signal })) {
        const message =
          leader === undefined
            ? { hasLeader: false }
            : { ...leader, hasLeader: true, session: leader.lease.toString(16) };
        await sent(call, message, signal);
      }
    });
  }

  async #leave(actor: Actor, request: object): Promise<{ wasHeld: boolean }> {
    const wanted = checked(placeRequest, request);
    assertMayLine(actor, 'write', wanted.name);
    const session = await this.sessions.find(actor, wanted.session);
    return { wasHeld: (await this.desk.release(session, wanted.name)) === 'released' };
  }
}

const assertMayLine = (actor: Actor, verb: Verb, of: string): void =>
  assertMay(actor, verb, { prefix: linePrefix(of) });

const sessionMessage = ({ id, ttlMs }: SessionDocument): object => ({ id, ttlMs });

const holdMessage = ({ name: of, lease, token, key }: HeldDocument): object => ({
  name: of,
  session: lease,
  token,
  key,
});
