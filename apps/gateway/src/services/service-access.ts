/** Who may see and change services: whoever may read and write their keys. */
import { registryKeys } from '@concord/registry/records';
import type { Actor } from '../access/actor.ts';
import { MayRead, MayWrite } from '../access/permission.ts';

export const MayReadService = () =>
  MayRead(({ service = '' }) => ({ prefix: registryKeys.instances(service) }));

export const MayWriteInstance = () =>
  MayWrite(({ service = '', instance = '' }) => registryKeys.instance(service, instance));

export const MayWriteOverride = () =>
  MayWrite(({ service = '', instance = '' }) => registryKeys.override(service, instance));

export const MayDecideHold = () => MayWrite(({ service = '' }) => registryKeys.hold(service));

export const mayReadService = (actor: Actor, service: string): boolean =>
  actor.may('read', { prefix: registryKeys.instances(service) });

export const mayReadAllServices = (actor: Actor): boolean =>
  actor.may('read', { prefix: registryKeys.allInstances });

export const isVisibleTo = (actor: Actor): ((service: string) => boolean) =>
  mayReadAllServices(actor) ? () => true : (service) => mayReadService(actor, service);
