/** `@OnConfig`: methods that are told of new values of configuration. */
import {
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import type { DiscoveryService, MetadataScanner } from '@nestjs/core';
import type { Concord, ConfigDefinition, LiveValue } from '@concord/sdk';
import type { Method } from './with-lock.ts';

const LISTENS_TO = 'concord:on-config';

interface Wish {
  readonly item: string | ConfigDefinition;
  readonly select: ((value: never) => unknown) | undefined;
}

/**
 * Calls the method with each new value of the item, or of the part of it that `select` takes out, also with the first
 * one, before the application listens. Calls are awaited, in order; one that throws is logged and stops nobody.
 */
export function OnConfig<T>(
  item: string | ConfigDefinition<T>,
  select?: (value: T) => unknown,
): MethodDecorator {
  return (_target, _method, descriptor) => {
    const wish: Wish = { item: item, select: select };
    const method = descriptor.value as Method;
    const wishes = (Reflect.getMetadata(LISTENS_TO, method) as Wish[] | undefined) ?? [];
    Reflect.defineMetadata(LISTENS_TO, [...wishes, wish], method);
  };
}

/** Finds the decorated methods of all providers and controllers, and serves them. */
export class ConfigListeners implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #concord: Concord;
  readonly #discovery: DiscoveryService;
  readonly #scanner: MetadataScanner;
  readonly #logger = new Logger('Concord');
  readonly #values: LiveValue<unknown>[] = [];

  constructor(concord: Concord, discovery: DiscoveryService, scanner: MetadataScanner) {
    this.#concord = concord;
    this.#discovery = discovery;
    this.#scanner = scanner;
  }

  async onApplicationBootstrap(): Promise<void> {
    for (const { instance } of [
      ...this.#discovery.getProviders(),
      ...this.#discovery.getControllers(),
    ] as { instance?: unknown }[]) {
      if (typeof instance !== 'object' || instance === null) continue;
      for (const name of this.#scanner.getAllMethodNames(Object.getPrototypeOf(instance) as object))
        await this.#serve(instance as Record<string, Method>, name);
    }
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.#values.map((value) => value[Symbol.asyncDispose]()));
  }

  async #serve(instance: Record<string, Method>, name: string): Promise<void> {
    const method = instance[name];
    if (typeof method !== 'function') return;
    const wishes = (Reflect.getMetadata(LISTENS_TO, method) as Wish[] | undefined) ?? [];
    for (const { item, select } of wishes) {
      const value = await this.#concord.config.watch(item as ConfigDefinition);
      this.#values.push(value);
      const call = (current: unknown): Promise<void> => this.#call(instance, name, current);
      if (select === undefined) {
        await call(value.current);
        value.onChange(({ value: next }) => call(next));
      } else {
        const selection = value.select(select as (value: unknown) => unknown);
        await call(selection.current);
        selection.onChange(({ value: next }) => call(next));
      }
    }
  }

  async #call(instance: Record<string, Method>, name: string, value: unknown): Promise<void> {
    try {
      await instance[name]?.(value);
    } catch (error) {
      this.#logger.error(`@OnConfig ${instance.constructor.name}.${name}: ${String(error)}`);
    }
  }
}
