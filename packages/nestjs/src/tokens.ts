/** What the providers of the modules are called in Nest's container, and decorators that inject them. */
import { Inject } from '@nestjs/common';
import type { ConfigDefinition, ServiceDefinition } from '@concord/sdk';

/**
 * Token of the {@link Concord} that the application is connected with. `Symbol.for`: two copies of this package in one
 * process mean the same.
 */
export const CONCORD: unique symbol = Symbol.for('concord.nestjs.concord') as never;

/** Token of the locks of the {@link Concord}. */
export const LOCKS: unique symbol = Symbol.for('concord.nestjs.locks') as never;

/** Token of its elections. */
export const ELECTIONS: unique symbol = Symbol.for('concord.nestjs.elections-token') as never;

/** Token of the view of a service. */
export const serviceToken = (service: string | ServiceDefinition): string =>
  `concord.service:${typeof service === 'string' ? service : service.name}`;

/** Token of a live configuration value. */
export const configToken = (item: string | ConfigDefinition): string =>
  `concord.config:${typeof item === 'string' ? item : item.id}`;

/** Injects the `Concord` that `ConcordModule.forRoot` has connected. */
export const InjectConcord = (): ParameterDecorator & PropertyDecorator => Inject(CONCORD);

/** Injects the `Locks`: `acquire`, `run`, `readWrite`, `semaphore` and so on. */
export const InjectLocks = (): ParameterDecorator & PropertyDecorator => Inject(LOCKS);

/** Injects the `Elections`: `campaign`, `observe`, `lead`, `oncePerTick`. */
export const InjectElections = (): ParameterDecorator & PropertyDecorator => Inject(ELECTIONS);

/** Injects the `ServiceView` of a service that is listed in `ConcordModule.discover`. */
export const InjectService = (
  service: string | ServiceDefinition,
): ParameterDecorator & PropertyDecorator => Inject(serviceToken(service));

/** Injects the live value of an item that is listed in `ConcordModule.configuration`: read `.current` where it is used. */
export const InjectConfig = (
  item: string | ConfigDefinition,
): ParameterDecorator & PropertyDecorator => Inject(configToken(item));
