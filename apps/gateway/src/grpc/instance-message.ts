/** Instances as messages, and how requests name them. */
import { registryKeys } from '@concord/registry/records';
import { z } from 'zod';
import { assertMay, type Actor } from '../access/actor.ts';
import { Problem } from '../http/problem.ts';
import type { InstanceName } from '../services/registrar.ts';
import { nameSchema, type InstanceDocument } from '../services/service-schemas.ts';
import { checked } from './rpc-desk.ts';

export interface InstanceRequest {
  readonly service?: string;
  readonly id?: string;
}

const instanceName = z.object({ service: nameSchema, id: nameSchema });

export const subjectOf = ({ service, id }: InstanceRequest): string => `instance ${service}/${id}`;

/** The instance of a request, to be written. @throws Problem `invalid-request`, `forbidden` */
export function writable(actor: Actor, request: InstanceRequest): InstanceName {
  const name = checked(instanceName, request);
  assertMay(actor, 'write', registryKeys.instance(name.service, name.id));
  return name;
}

/** The service of a request, to be read. @throws Problem `invalid-request`, `forbidden` */
export function readable(actor: Actor, request: InstanceRequest): string {
  const service = checked(nameSchema, request.service, 'service');
  assertMay(actor, 'read', { prefix: registryKeys.instances(service) });
  return service;
}

/** One instance of a service that may be read. */
export const readableInstance = (actor: Actor, request: InstanceRequest): InstanceName => ({
  service: readable(actor, request),
  id: checked(nameSchema, request.id, 'id'),
});

export const instanceMessage = (instance: InstanceDocument): object => ({
  ...instance,
  metadataJson: JSON.stringify(instance.metadata ?? null),
});

/** @throws Problem `invalid-request` */
export function metadataIn(text: string): unknown {
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
