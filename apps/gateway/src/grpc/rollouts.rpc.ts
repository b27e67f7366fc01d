/** `concord.config.v1.ConfigService`: releases in steps, to a few clients first. */
import { Controller, Inject } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import type { Metadata } from '@grpc/grpc-js';
import { z } from 'zod';
import { RolloutDesk } from '../configs/rollout-desk.ts';
import * as schemas from '../configs/rollout-schemas.ts';
import {
  addressOf,
  audienceMessage,
  audienceOf,
  subjectOf,
  type AudienceMessage,
  type ItemRequest,
} from './config-messages.ts';
import { checked, given, RpcDesk, type UnaryCall } from './rpc-desk.ts';

const SERVICE = 'ConfigService';

const ACTIONS = {
  ROLLOUT_ACTION_PAUSE: 'pause',
  ROLLOUT_ACTION_RESUME: 'resume',
  ROLLOUT_ACTION_NEXT: 'next',
  ROLLOUT_ACTION_PROMOTE: 'promote',
} as const;
const changeRequest = z.object({
  action: z.enum(Object.keys(ACTIONS) as (keyof typeof ACTIONS)[]),
  comment: schemas.changeRolloutBody.shape.comment,
});

interface StartRequest extends ItemRequest {
  readonly content?: string;
  readonly format?: string;
  readonly secret?: boolean;
  readonly name?: string;
  readonly steps?: readonly AudienceMessage[];
  readonly advance?: string;
  readonly holdMs?: number;
  readonly rejectedOver?: number;
  readonly unackedAfterMs?: number;
  readonly onHalt?: string;
  readonly comment?: string;
}

@Controller()
export class RolloutsRpc {
  constructor(
    @Inject(RpcDesk) private readonly rpc: RpcDesk,
    @Inject(RolloutDesk) private readonly desk: RolloutDesk,
  ) {}

  @GrpcMethod(SERVICE, 'StartRollout')
  startRollout(request: StartRequest, _: Metadata, call: UnaryCall) {
    return this.rpc.write(call, 'startConfigRollout', subjectOf(request), async ({ actor }) => {
      const plan = checked(schemas.startRolloutBody, planOf(request));
      return { rollout: rolloutMessage(await this.desk.start(actor, addressOf(request), plan)) };
    });
  }

  @GrpcMethod(SERVICE, 'GetRollout')
  getRollout(request: ItemRequest, _: Metadata, call: UnaryCall) {
    return this.rpc.read(call, async ({ actor }) => ({
      rollout: rolloutMessage(await this.desk.get(actor, addressOf(request))),
    }));
  }

  @GrpcMethod(SERVICE, 'ChangeRollout')
  changeRollout(request: ItemRequest, _: Metadata, call: UnaryCall) {
    return this.rpc.write(call, 'changeConfigRollout', subjectOf(request), async ({ actor }) => {
      const { action, comment } = checked(changeRequest, request);
      const address = addressOf(request);
      const changed = await this.desk.change(actor, address, ACTIONS[action], comment);
      return { rollout: rolloutMessage(changed) };
    });
  }

  @GrpcMethod(SERVICE, 'AbortRollout')
  abortRollout(request: ItemRequest, _: Metadata, call: UnaryCall) {
    return this.rpc.write(call, 'abortConfigRollout', subjectOf(request), async ({ actor }) => {
      const { track, comment } = checked(schemas.abortQuery, request);
      await this.desk.abort(actor, addressOf(request), track, comment);
      return {};
    });
  }
}

/** The body that the same request has by HTTP. */
function planOf(request: StartRequest): object {
  const { content, format, secret, name, advance, rejectedOver, onHalt, comment } = request;
  const { steps = [], holdMs, unackedAfterMs } = request;
  return {
    ...given({ content, format, secret, name, advance, rejectedOver, onHalt, comment }),
    steps: steps.map(audienceOf),
    ...(holdMs !== undefined && { hold: `${holdMs}ms` }),
    ...(unackedAfterMs !== undefined && { unackedAfter: `${unackedAfterMs}ms` }),
  };
}

const rolloutMessage = ({ steps, ...rollout }: schemas.RolloutDocument): object => ({
  ...rollout,
  steps: steps.map(audienceMessage),
});
